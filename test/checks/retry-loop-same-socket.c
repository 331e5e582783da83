// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Loops that connect one socket again: a refused connect() gives its source
// port back, so each try draws a new one.
//
// RUN: %check_clang_tidy -std=c11,c++17 %s selfconnect-retry-loop %t -- -- %mock -O0
// RUN: %check_clang_tidy -std=c11,c++17 %s selfconnect-retry-loop %t -- -- %mock -O2

#include <arpa/inet.h>
#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int in_the_condition(int fd) {
  struct sockaddr_in addr;
  addr.sin_port = htons(33334);
  addr.sin_addr.s_addr = inet_addr("127.0.0.1");
  while (connect(fd, (struct sockaddr *)&addr, sizeof(addr)) < 0)
    // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: retried connect() can connect to itself when no server is listening [selfconnect-retry-loop]
    sleep(1);
  return fd;
}

void with_an_empty_body(int fd, const struct sockaddr *addr, socklen_t size) {
  while (connect(fd, addr, size))
    // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: retried connect() can connect to itself
    ;
}

void negated(int fd, const struct sockaddr *addr, socklen_t size) {
  while (!(connect(fd, addr, size) == 0)) {
    // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: retried connect() can connect to itself
  }
}

void assigned_in_the_condition(int fd, const struct sockaddr *addr,
                               socklen_t size) {
  int rc;
  while ((rc = connect(fd, addr, size)) != 0) {
    // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: retried connect() can connect to itself
    fprintf(stderr, "%d\n", rc);
  }
}

void until_not_negative(int fd, const struct sockaddr *addr, socklen_t size) {
  int connected = -1, seconds = 1, count = 0;
  while (connected < 0) {
    if ((connected = connect(fd, addr, size)) < 0) {
      // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: retried connect() can connect to itself
      if (errno != ECONNREFUSED)
        exit(1);
      sleep(seconds);
      if (++count > 10) {
        count = 0;
        if (seconds < 64)
          seconds *= 2;
      }
    }
  }
}

int bounded_by_a_counter_in_the_body(int fd, const struct sockaddr *addr,
                                     socklen_t size) {
  int retries = 0;
  while (1) {
    if (connect(fd, addr, size) == 0)
      // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: retried connect() can connect to itself
      break;
    if (retries++ == 50)
      return -1;
    usleep(100000);
  }
  return fd;
}

int do_while_refused(int fd, const struct sockaddr *addr, socklen_t size) {
  int rc;
  do {
    rc = connect(fd, addr, size);
    // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: retried connect() can connect to itself
  } while (rc == -1 && errno == ECONNREFUSED);
  return rc;
}

int refused_or_interrupted(int fd, const struct sockaddr *addr,
                           socklen_t size) {
  int rc;
  do {
    rc = connect(fd, addr, size);
    // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: retried connect() can connect to itself
  } while (rc == -1 && (errno == EINTR || errno == ECONNREFUSED));
  return rc;
}

int goto_with_the_same_socket(int fd, const struct sockaddr *addr,
                              socklen_t size) {
retry:
  if (connect(fd, addr, size) != 0) {
    // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: retried connect() can connect to itself
    sleep(1);
    goto retry;
  }
  return fd;
}

int inside_an_assertion(const struct sockaddr *addr, socklen_t size) {
  int fd;
  assert((fd = socket(AF_INET, SOCK_STREAM, 0)) > 0);
  while (1) {
    if (connect(fd, addr, size) < 0)
      // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: retried connect() can connect to itself
      continue;
    break;
  }
  return fd;
}

// The comment claims to wait only for a connect in progress, but the loop goes
// on whatever the error was.
int sleeps_for_some_errors_and_spins_for_the_rest(int fd, int loops,
                                                  const struct sockaddr *addr,
                                                  socklen_t size) {
  int rc;
  do {
    rc = connect(fd, addr, size);
    // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: retried connect() can connect to itself
    if (rc < 0) {
      if (errno == EINPROGRESS || errno == EALREADY)
        usleep(50000);
    } else {
      break;
    }
  } while (loops--);
  return rc;
}

int under_the_comma_operator(int fd, const struct sockaddr *addr,
                             socklen_t size) {
  int rc;
  while (rc = connect(fd, addr, size), rc < 0)
    // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: retried connect() can connect to itself
    sleep(1);
  return rc;
}

int under_the_conditional_operator(int fd, const struct sockaddr *addr,
                                   socklen_t size) {
  while (connect(fd, addr, size) ? (sleep(1), 1) : 0)
    // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: retried connect() can connect to itself
    ;
  return fd;
}

int result_ignored(int fd, const struct sockaddr *addr, socklen_t size) {
  struct sockaddr_in peer;
  socklen_t length = sizeof(peer);
  do {
    connect(fd, addr, size);
    // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: retried connect() can connect to itself
  } while (getpeername(fd, (struct sockaddr *)&peer, &length) < 0);
  return fd;
}
