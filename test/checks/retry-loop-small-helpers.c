// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A function of the file that does nothing but return an expression is that
// expression: whether a link is up, what errno says.
//
// RUN: %check_clang_tidy -std=c11,c++17 %s selfconnect-retry-loop %t -- -- %mock -O0
// RUN: %check_clang_tidy -std=c11,c++17 %s selfconnect-retry-loop %t -- -- %mock -O2
// RUN: %check_clang_tidy -std=c11 -check-suffixes=,WHY %s selfconnect-retry-loop %t -- \
// RUN:   -config='{CheckOptions: [{key: ExplainSilence, value: true}]}' -- %mock -O0

#include <arpa/inet.h>
#include <errno.h>
#include <unistd.h>

struct link {
  int fd;
};

static int is_connected(const struct link *link) { return link->fd >= 0; }
static int is_down(const struct link *link) { return !is_connected(link); }
static int failed(int result) { return result < 0; }
static int sock_errno(void) { return errno; }
static int is_transient(int error) { return error == EINTR || error == EAGAIN; }

static void link_open(struct link *link, const struct sockaddr_in *addr) {
  link->fd = socket(AF_INET, SOCK_STREAM, 0);
  if (connect(link->fd, (const struct sockaddr *)addr, sizeof(*addr)) < 0) {
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: retried connect() can connect to itself when no server is listening
    close(link->fd);
    link->fd = -1;
  }
}

int counted_until_connected(struct link *link, const struct sockaddr_in *addr) {
  for (int i = 0; i < 20; i++) {
    link_open(link, addr);
    if (is_connected(link))
      return 0;
    sleep(1);
  }
  return -1;
}

static void open_second(struct link *link, const struct sockaddr_in *addr) {
  link->fd = socket(AF_INET, SOCK_STREAM, 0);
  if (connect(link->fd, (const struct sockaddr *)addr, sizeof(*addr)) < 0) {
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: retried connect()
    close(link->fd);
    link->fd = -1;
  }
}

int counted_while_down(struct link *link, const struct sockaddr_in *addr) {
  int i = 0;
  link->fd = -1;
  while (is_down(link) && i++ < 20) {
    open_second(link, addr);
    sleep(1);
  }
  return i;
}

int counted_by_a_negative_name(const struct sockaddr_in *addr) {
  for (int i = 0; i < 20; i++) {
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    int rc = connect(fd, (const struct sockaddr *)addr, sizeof(*addr));
    // CHECK-MESSAGES: :[[@LINE-1]]:14: warning: retried connect()
    if (!failed(rc))
      return fd;
    close(fd);
    sleep(1);
  }
  return -1;
}

// Failure leaves, and success goes on to the next: many connections.
static void open_one(struct link *link, const struct sockaddr_in *addr) {
  link->fd = socket(AF_INET, SOCK_STREAM, 0);
  if (connect(link->fd, (const struct sockaddr *)addr, sizeof(*addr)) < 0) {
  // CHECK-MESSAGES-WHY: :[[@LINE-1]]:7: warning: not reported
  // CHECK-MESSAGES-WHY: :[[@LINE+10]]:7: note: failure leaves the loop here
    close(link->fd);
    link->fd = -1;
  }
}

int opens_many(struct link *links, const struct sockaddr_in *addr) {
  for (int i = 0; i < 20; i++) {
    open_one(&links[i], addr);
    if (!is_connected(&links[i]))
      return -1;
  }
  return 0;
}

// --- errno by a function -----------------------------------------------------

int only_when_interrupted(int fd, const struct sockaddr_in *addr) {
  int rc;
  do
    rc = connect(fd, (const struct sockaddr *)addr, sizeof(*addr));
    // CHECK-MESSAGES-WHY: :[[@LINE-1]]:10: warning: not reported
    // CHECK-MESSAGES-WHY: :[[@LINE+1]]:20: note: failure leaves the loop here
  while (rc < 0 && sock_errno() == EINTR);
  return rc;
}

int only_when_transient(int fd, const struct sockaddr_in *addr) {
  int rc;
  do
    rc = connect(fd, (const struct sockaddr *)addr, sizeof(*addr));
    // CHECK-MESSAGES-WHY: :[[@LINE-1]]:10: warning: not reported
    // CHECK-MESSAGES-WHY: :[[@LINE+1]]:20: note: failure leaves the loop here
  while (rc < 0 && is_transient(errno));
  return rc;
}

int when_refused(int fd, const struct sockaddr_in *addr) {
  int rc;
  do
    rc = connect(fd, (const struct sockaddr *)addr, sizeof(*addr));
    // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: retried connect()
  while (rc < 0 && sock_errno() == ECONNREFUSED);
  return rc;
}
