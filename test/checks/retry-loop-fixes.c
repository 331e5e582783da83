// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Where the result of connect() is tested, the guard can be put there without
// changing anything else: the fixed file compiles with the real guard.h and is
// silent. Elsewhere nothing is edited, and a note shows the line to add.
//
// RUN: %check_clang_tidy -std=c11,c++17 %s selfconnect-retry-loop %t -- -- -I %guard_include
// RUN: %apply_fixes %s %t-fixed.c cc -std=gnu11 -I %guard_include | FileCheck %s --check-prefix=COUNT
// RUN: cp %s %t.cpp
// RUN: %apply_fixes %t.cpp %t-fixed.cpp c++ -std=c++17 -I %guard_include | FileCheck %s --check-prefix=COUNT
// COUNT: 11 warnings, 5 fixed, 6 left

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
// CHECK-FIXES: {{^}}#include <sys/ioctl.h>{{$}}
// CHECK-FIXES-NEXT: {{^}}#include <sys/socket.h>{{$}}
// CHECK-FIXES-NEXT: {{^}}#include <unistd.h>{{$}}
// CHECK-FIXES-NEXT: {{^}}#include <selfconnect/guard.h>{{$}}
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

int tested_in_the_condition(const struct sockaddr *addr, socklen_t size) {
  for (;;) {
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(fd, addr, size) == 0)
      // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: retried connect()
      // CHECK-FIXES: {{^}}    if (selfconnect_connect(fd, addr, size) == 0)
      return fd;
    close(fd);
  }
}

int tested_through_a_variable(int fd, const struct sockaddr *addr,
                              socklen_t size) {
  int rc;
  do {
    rc = connect(fd, addr, size);
    // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: retried connect()
    // CHECK-FIXES: {{^}}    rc = selfconnect_connect(fd, addr, size);
    if (rc != 0)
      sleep(1);
  } while (rc != 0);
  return rc;
}

int tested_with_errno(int fd, const struct sockaddr *addr, socklen_t size) {
  while (connect(fd, addr, size) < 0 && errno == ECONNREFUSED)
    // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: retried connect()
    // CHECK-FIXES: {{^}}  while (selfconnect_connect(fd, addr, size) < 0 &&
    sleep(1);
  return fd;
}

static int told_to_the_caller(int fd, const struct sockaddr *addr,
                              socklen_t size) {
  return connect(fd, addr, size);
  // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: retried connect()
  // CHECK-FIXES: {{^}}  return selfconnect_connect(fd, addr, size);
}
void caller(int fd, const struct sockaddr *addr, socklen_t size) {
  while (told_to_the_caller(fd, addr, size) != 0)
    sleep(1);
}

int in_parentheses(int fd, const struct sockaddr *addr, socklen_t size) {
  while ((connect)(fd, addr, size))
    // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: retried connect()
    // CHECK-FIXES: {{^}}  while ((selfconnect_connect)(fd, addr, size))
    sleep(1);
  return fd;
}

// --- A note, and no fix -----------------------------------------------------

int not_tested(int fd, const struct sockaddr *addr, socklen_t size,
               const char *data) {
  do {
    connect(fd, addr, size);
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: retried connect()
    // CHECK-MESSAGES: note: with #include <selfconnect/guard.h>, add once it is connected: if (selfconnect_is_self_connected(fd)) { selfconnect_close(fd); /* as after a refusal */ }
    // CHECK-MESSAGES: note: reproduce with: selfconnect reproduce HOST:PORT --socket=same
    // CHECK-FIXES: {{^}}    connect(fd, addr, size);
  } while (write(fd, data, 1) != 1);
  return fd;
}

#define TRY(fd, addr, size) connect(fd, addr, size)
int in_a_macro(int fd, const struct sockaddr *addr, socklen_t size) {
  while (TRY(fd, addr, size) != 0)
    // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: retried connect()
    // CHECK-MESSAGES: note: with #include <selfconnect/guard.h>
    // CHECK-FIXES: {{^}}  while (TRY(fd, addr, size) != 0)
    sleep(1);
  return fd;
}

int finished_later(int fd, const struct sockaddr *addr,
                                     socklen_t size) {
  fcntl(fd, F_SETFL, O_NONBLOCK);
  while (connect(fd, addr, size) != 0)
    // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: retried connect()
    // CHECK-MESSAGES: note: with #include <selfconnect/guard.h>
    // CHECK-FIXES: {{^}}  while (connect(fd, addr, size) != 0)
    sleep(1);
  return fd;
}

int finished_later_by_ioctl(const struct sockaddr *addr, socklen_t size) {
  int on = 1;
  for (;;) {
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    ioctl(fd, FIONBIO, &on);
    if (connect(fd, addr, size) == 0)
      // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: retried connect()
      // CHECK-MESSAGES: note: with #include <selfconnect/guard.h>
      // CHECK-FIXES: {{^}}    if (connect(fd, addr, size) == 0)
      return fd;
    close(fd);
  }
}

int set_nonblocking(int fd);
int finished_later_by_a_helper(const struct sockaddr *addr, socklen_t size) {
  for (;;) {
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    set_nonblocking(fd);
    if (connect(fd, addr, size) == 0)
      // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: retried connect()
      // CHECK-MESSAGES: note: with #include <selfconnect/guard.h>
      // CHECK-FIXES: {{^}}    if (connect(fd, addr, size) == 0)
      return fd;
    close(fd);
  }
}

// Whoever made the socket has made it non-blocking.
int expects_to_be_finished_later(int fd, const struct sockaddr *addr,
                                 socklen_t size) {
  while (connect(fd, addr, size) != 0) {
    // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: retried connect()
    // CHECK-MESSAGES: note: with #include <selfconnect/guard.h>
    // CHECK-FIXES: {{^}}  while (connect(fd, addr, size) != 0) {
    if (errno == EINPROGRESS)
      return 0;
    sleep(1);
  }
  return fd;
}
