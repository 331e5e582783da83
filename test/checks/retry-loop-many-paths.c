// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Loops in which more than one path leads back to connect(); shapes met in real
// clients.
//
// RUN: %check_clang_tidy -std=c11,c++17 %s selfconnect-retry-loop %t -- -- %mock -O0
// RUN: %check_clang_tidy -std=c11,c++17 %s selfconnect-retry-loop %t -- -- %mock -O2
// RUN: %check_clang_tidy -std=c11 -check-suffixes=,WHY %s selfconnect-retry-loop %t -- \
// RUN:   -config='{CheckOptions: [{key: ExplainSilence, value: true}]}' -- %mock -O0

#include <arpa/inet.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

// EINTR tries again at once, a refusal after a pause.
int two_ways_back(const struct sockaddr *addr, socklen_t size) {
  for (;;) {
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(fd, addr, size) == 0)
      // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: retried connect() can connect to itself when no server is listening [selfconnect-retry-loop]
      return fd;
    close(fd);
    if (errno == EINTR)
      continue;
    if (errno == ECONNREFUSED) {
      sleep(1);
      continue;
    }
    return -1;
  }
}

// Only a local shortage is retried; a refusal leaves.
int when_no_source_port_is_free(const struct sockaddr *addr, socklen_t size) {
  int reuses = 0;
  int fd;
retry:
  fd = socket(AF_INET, SOCK_STREAM, 0);
  if (connect(fd, addr, size) == -1) {
  // CHECK-MESSAGES-WHY: :[[@LINE-1]]:7: warning: not reported
  // CHECK-MESSAGES-WHY: :[[@LINE+4]]:5: note: failure leaves the loop here
    close(fd);
    if (errno == EADDRNOTAVAIL && ++reuses < 10)
      goto retry;
    return -1;
  }
  return fd;
}

// A failure of the handshake, not of connect(), leads back.
int retries_the_handshake(const struct sockaddr *addr, socklen_t size) {
  for (;;) {
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(fd, addr, size) < 0) {
    // CHECK-MESSAGES-WHY: :[[@LINE-1]]:9: warning: not reported
    // CHECK-MESSAGES-WHY: :[[@LINE+2]]:7: note: failure leaves the loop here
      close(fd);
      return -1;
    }
    if (write(fd, "hello", 5) == 5)
      return fd;
    close(fd);
  }
}

int gives_up_by_flag(const struct sockaddr *addr, socklen_t size, int wait) {
  int fd = -1;
  while (fd < 0) {
    fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(fd, addr, size) < 0) {
      // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: retried connect() can connect to itself
      close(fd);
      fd = -1;
      if (!wait)
        return -1;
      sleep(1);
    }
  }
  return fd;
}

int error_kept_in_a_variable(const struct sockaddr *addr, socklen_t size) {
  int error;
  do {
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    error = connect(fd, addr, size) < 0 ? errno : 0;
    // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: retried connect() can connect to itself
    if (error == 0)
      return fd;
    close(fd);
  } while (error == ECONNREFUSED);
  return -1;
}

int error_kept_in_a_variable_interrupted_only(const struct sockaddr *addr,
                                              socklen_t size) {
  int error;
  do {
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    error = connect(fd, addr, size) < 0 ? errno : 0;
    // CHECK-MESSAGES-WHY: :[[@LINE-1]]:13: warning: not reported
    // CHECK-MESSAGES-WHY: :[[@LINE+4]]:12: note: failure leaves the loop here
    if (error == 0)
      return fd;
    close(fd);
  } while (error == EINTR);
  return -1;
}

int by_two_nested_loops(const struct sockaddr *addr, socklen_t size) {
  int round, i;
  for (round = 0; round < 3; round++) {
    for (i = 0; i < 5; i++) {
      int fd = socket(AF_INET, SOCK_STREAM, 0);
      if (connect(fd, addr, size) == 0)
        // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: retried connect() can connect to itself
        return fd;
      close(fd);
    }
    sleep(10);
  }
  return -1;
}

// A wrong address family once, then the other: two tries, two destinations.
int one_family_after_the_other(const struct sockaddr_in *v4,
                               const struct sockaddr_in6 *v6) {
  for (int family = 0; family < 2; family++) {
    const struct sockaddr *addr = family == 0 ? (const struct sockaddr *)v4
                                              : (const struct sockaddr *)v6;
    int fd = socket(family == 0 ? AF_INET : AF_INET6, SOCK_STREAM, 0);
    if (connect(fd, addr, sizeof(*v4)) == 0)
    // CHECK-MESSAGES-WHY: :[[@LINE-1]]:9: warning: not reported
    // CHECK-MESSAGES-WHY: :[[@LINE-6]]:36: note: the destination advances here
      return fd;
    close(fd);
  }
  return -1;
}
