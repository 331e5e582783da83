// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Non-blocking sockets: the outcome of connect() is learnt later.
//
// RUN: %check_clang_tidy -std=c11,c++17 %s selfconnect-retry-loop %t -- -- %mock -O0
// RUN: %check_clang_tidy -std=c11,c++17 %s selfconnect-retry-loop %t -- -- %mock -O2
// RUN: %check_clang_tidy -std=c11 -check-suffixes=,WHY %s selfconnect-retry-loop %t -- \
// RUN:   -config='{CheckOptions: [{key: ExplainSilence, value: true}]}' -- %mock -O0

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <unistd.h>

int new_socket_until_the_error_is_gone(const struct sockaddr *addr,
                                       socklen_t size) {
  for (;;) {
    struct pollfd p;
    int error = 0;
    socklen_t length = sizeof(error);
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    if (connect(fd, addr, size) == 0)
      // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: retried connect() can connect to itself when no server is listening [selfconnect-retry-loop]
      return fd;
    if (errno != EINPROGRESS) {
      close(fd);
      return -1;
    }
    p.fd = fd;
    p.events = POLLOUT;
    poll(&p, 1, 1000);
    if (getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &length) == 0 &&
        error == 0)
      return fd;
    close(fd);
  }
}

int same_socket_until_connected(int fd, const struct sockaddr *addr,
                                socklen_t size) {
  fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_NONBLOCK);
  while (connect(fd, addr, size) < 0 && errno != EISCONN)
    // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: retried connect() can connect to itself
    usleep(1000);
  return fd;
}

int leaves_on_the_late_error(const struct sockaddr *addr, socklen_t size) {
  for (;;) {
    struct pollfd p;
    int error = 0;
    socklen_t length = sizeof(error);
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    if (connect(fd, addr, size) < 0 && errno != EINPROGRESS)
    // CHECK-MESSAGES-WHY: :[[@LINE-1]]:9: warning: not reported
    // CHECK-MESSAGES-WHY: :[[@LINE+1]]:7: note: failure leaves the loop here
      return -1;
    p.fd = fd;
    p.events = POLLOUT;
    if (poll(&p, 1, 1000) != 1)
      return -1;
    getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &length);
    if (error != 0)
      return -1;
    write(fd, "x", 1);
    close(fd);
  }
}

// It asserts that connect() is still in progress, and does so for every run.
static int begin_to_connect(const struct sockaddr *addr, socklen_t size) {
  int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
  int rc = connect(fd, addr, size);
  // CHECK-MESSAGES-WHY: :[[@LINE-1]]:12: warning: not reported
  // CHECK-MESSAGES-WHY: :[[@LINE+1]]:3: note: the attempt is expected to fail here
  assert(rc == -1);
  return fd;
}

void begins_in_every_run(const struct sockaddr *addr, socklen_t size) {
  for (int run = 0; run < 100; ++run)
    close(begin_to_connect(addr, size));
}

// An assertion of something else behind the attempt leaves it a retry.
int asserts_something_else(const struct sockaddr *addr, socklen_t size) {
  for (;;) {
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    assert(fd >= 0);
    if (connect(fd, addr, size) == 0) {
      // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: retried connect() can connect to itself
      assert(size != 0);
      return fd;
    }
    close(fd);
    sleep(1);
  }
}
