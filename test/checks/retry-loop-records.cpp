// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Results that are records, and sockets that are parts of objects: a loop that
// counts is told from a load of connections by what the record says, and the
// socket is a new one where its object, or a function that is called, makes it.
//
// RUN: %check_clang_tidy -std=c++17 %s selfconnect-retry-loop %t -- -- %mock -O0
// RUN: %check_clang_tidy -std=c++17 %s selfconnect-retry-loop %t -- -- %mock -O2
// RUN: %check_clang_tidy -std=c++17 -check-suffixes=,WHY %s selfconnect-retry-loop %t -- \
// RUN:   -config='{CheckOptions: [{key: ExplainSilence, value: true}]}' -- %mock -O0

#include <arpa/inet.h>
#include <unistd.h>

// --- results -----------------------------------------------------------------

struct result {
  bool ok;
  int fd;
};

static result dial_result(const sockaddr_in &addr) {
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  if (connect(fd, (const sockaddr *)&addr, sizeof(addr)) < 0) {
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: retried connect()
    close(fd);
    return {false, -1};
  }
  return {true, fd};
}

int by_a_field(const sockaddr_in &addr) {
  for (int i = 0; i < 20; i++) {
    result r = dial_result(addr);
    if (r.ok)
      return r.fd;
    sleep(1);
  }
  return -1;
}

class Status {
public:
  explicit Status(bool ok) : ok_(ok) {}
  bool ok() const { return ok_; }

private:
  bool ok_;
};

static Status dial_status(int fd, const sockaddr_in &addr) {
  if (connect(fd, (const sockaddr *)&addr, sizeof(addr)) < 0)
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: retried connect()
    return Status(false);
  return Status(true);
}

int by_a_method(const sockaddr_in &addr) {
  for (int i = 0; i < 20; i++) {
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    Status status = dial_status(fd, addr);
    if (status.ok())
      return fd;
    close(fd);
    sleep(1);
  }
  return -1;
}

static Status dial_one(int fd, const sockaddr_in &addr) {
  if (connect(fd, (const sockaddr *)&addr, sizeof(addr)) < 0)
  // CHECK-MESSAGES-WHY: :[[@LINE-1]]:7: warning: not reported
  // CHECK-MESSAGES-WHY: :[[@LINE+11]]:7: note: failure leaves the loop here
    return Status(false);
  return Status(true);
}

// Failure leaves.
int dials_many(int *fds, const sockaddr_in &addr) {
  for (int i = 0; i < 20; i++) {
    fds[i] = socket(AF_INET, SOCK_STREAM, 0);
    Status status = dial_one(fds[i], addr);
    if (!status.ok())
      return -1;
  }
  return 0;
}

// --- sockets -----------------------------------------------------------------

class Link {
public:
  Link() : fd_(socket(AF_INET, SOCK_STREAM, 0)) {}
  ~Link() { close(fd_); }
  bool connectTo(const sockaddr_in &addr) {
    return connect(fd_, (const sockaddr *)&addr, sizeof(addr)) == 0;
    // CHECK-MESSAGES: :[[@LINE-1]]:12: warning: retried connect()
    // CHECK-MESSAGES: :[[@LINE+7]]:5: note: a new socket is created on each iteration
  }
  int fd_;
};

void in_a_new_object(const sockaddr_in &addr) {
  for (;;) {
    Link link;
    if (link.connectTo(addr))
      return;
    sleep(1);
  }
}

struct conn {
  int fd;
};

static void reopen(conn *c) {
  close(c->fd);
  c->fd = socket(AF_INET, SOCK_STREAM, 0);
}

int by_a_helper(conn *c, const sockaddr_in &addr) {
  reopen(c);
  while (connect(c->fd, (const sockaddr *)&addr, sizeof(addr)) < 0) {
    // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: retried connect()
    // CHECK-MESSAGES: :[[@LINE-7]]:11: note: a new socket is created on each iteration
    sleep(1);
    reopen(c);
  }
  return c->fd;
}
