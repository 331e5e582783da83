// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Loops that make a new socket for each try.
//
// RUN: %check_clang_tidy -std=c11,c++17 %s selfconnect-retry-loop %t -- -- %mock -O0
// RUN: %check_clang_tidy -std=c11,c++17 %s selfconnect-retry-loop %t -- -- %mock -O2

#include <arpa/inet.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int do_while(void) {
  struct sockaddr_in addr;
  int fd, rc;
  memset(&addr, 0, sizeof(addr));
  addr.sin_family = AF_INET;
  addr.sin_port = htons(33333);
  addr.sin_addr.s_addr = inet_addr("127.0.0.1");
  do {
    fd = socket(AF_INET, SOCK_STREAM, 0);
    rc = connect(fd, (struct sockaddr *)&addr, sizeof(addr));
    // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: retried connect() can connect to itself when no server is listening [selfconnect-retry-loop]
  } while (rc != 0);
  return fd;
}

int while_true(void) {
  struct sockaddr_in addr;
  addr.sin_port = htons(33334);
  addr.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  while (1) {
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(fd, (struct sockaddr *)&addr, sizeof(addr)) == 0)
      // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: retried connect() can connect to itself
      return fd;
    close(fd);
    sleep(1);
  }
}

int for_ever(void) {
  struct sockaddr_in addr;
  addr.sin_port = htons(33334);
  inet_pton(AF_INET, "127.0.0.1", &addr.sin_addr);
  for (;;) {
    int fd = socket(AF_INET, SOCK_STREAM, IPPROTO_TCP);
    if (fd < 0)
      return -1;
    if (connect(fd, (struct sockaddr *)&addr, sizeof(addr)) < 0) {
      // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: retried connect() can connect to itself
      close(fd);
      continue;
    }
    return fd;
  }
}

int goto_again(void) {
  struct sockaddr_in addr;
  int fd;
  addr.sin_port = htons(33334);
  inet_aton("127.0.0.1", &addr.sin_addr);
again:
  fd = socket(AF_INET, SOCK_STREAM, 0);
  if (connect(fd, (struct sockaddr *)&addr, sizeof(addr)) < 0) {
    // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: retried connect() can connect to itself
    close(fd);
    usleep(1000);
    goto again;
  }
  return fd;
}

int counted(void) {
  struct sockaddr_in addr;
  addr.sin_port = htons(33334);
  addr.sin_addr.s_addr = inet_addr("127.0.0.1");
  for (int i = 0; i < 10; i++) {
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(fd, (struct sockaddr *)&addr, sizeof(addr)) == 0)
      // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: retried connect() can connect to itself
      return fd;
    close(fd);
  }
  return -1;
}

int counted_down(int tries) {
  struct sockaddr_in addr;
  addr.sin_port = htons(33334);
  addr.sin_addr.s_addr = inet_addr("127.0.0.1");
  while (tries--) {
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (!connect(fd, (struct sockaddr *)&addr, sizeof(addr)))
      // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: retried connect() can connect to itself
      return fd;
    close(fd);
  }
  return -1;
}

int until_a_flag_is_set(void) {
  struct sockaddr_in addr;
  int fd = -1, connected = 0;
  addr.sin_port = htons(33334);
  addr.sin_addr.s_addr = inet_addr("127.0.0.1");
  while (!connected) {
    if (fd >= 0)
      close(fd);
    fd = socket(AF_INET, SOCK_STREAM, 0);
    connected = connect(fd, (struct sockaddr *)&addr, sizeof(addr)) == 0;
    // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: retried connect() can connect to itself
  }
  return fd;
}

// Other errors leave; the one of a missing server does not.
int only_when_refused(void) {
  struct sockaddr_in addr;
  addr.sin_port = htons(33334);
  addr.sin_addr.s_addr = inet_addr("127.0.0.1");
  for (;;) {
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(fd, (struct sockaddr *)&addr, sizeof(addr)) == 0)
      // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: retried connect() can connect to itself
      return fd;
    if (errno != ECONNREFUSED) {
      perror("connect");
      exit(1);
    }
    close(fd);
    sleep(1);
  }
}

int by_a_switch_on_errno(void) {
  struct sockaddr_in addr;
  addr.sin_port = htons(33334);
  addr.sin_addr.s_addr = inet_addr("127.0.0.1");
  for (;;) {
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(fd, (struct sockaddr *)&addr, sizeof(addr)) == 0)
      // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: retried connect() can connect to itself
      return fd;
    close(fd);
    switch (errno) {
    case ECONNREFUSED:
    case ETIMEDOUT:
      continue;
    default:
      return -1;
    }
  }
}

// The address is made anew each time, and is the same each time.
int address_inside_the_loop(void) {
  for (;;) {
    struct sockaddr_in addr;
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    memset(&addr, 0, sizeof(addr));
    addr.sin_family = AF_INET;
    addr.sin_port = htons(33334);
    addr.sin_addr.s_addr = inet_addr("127.0.0.1");
    if (connect(fd, (struct sockaddr *)&addr, sizeof(addr)) == 0)
      // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: retried connect() can connect to itself
      return fd;
    close(fd);
  }
}

int unknown_host_and_port(const struct sockaddr *addr, socklen_t size) {
  for (;;) {
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(fd, addr, size) == 0)
      // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: retried connect() can connect to itself
      return fd;
    close(fd);
    sleep(5);
  }
}

int ipv6_loopback(void) {
  struct sockaddr_in6 addr;
  memset(&addr, 0, sizeof(addr));
  addr.sin6_family = AF_INET6;
  addr.sin6_port = htons(33334);
  addr.sin6_addr = in6addr_loopback;
  for (;;) {
    int fd = socket(AF_INET6, SOCK_STREAM, 0);
    if (connect(fd, (struct sockaddr *)&addr, sizeof(addr)) == 0)
      // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: retried connect() can connect to itself
      return fd;
    close(fd);
  }
}

// A source port of the kernel's choice makes each try a draw.
int source_port_zero(void) {
  struct sockaddr_in addr, source;
  memset(&source, 0, sizeof(source));
  source.sin_family = AF_INET;
  source.sin_port = htons(0);
  addr.sin_port = htons(33334);
  addr.sin_addr.s_addr = inet_addr("127.0.0.1");
  for (;;) {
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    bind(fd, (struct sockaddr *)&source, sizeof(source));
    if (connect(fd, (struct sockaddr *)&addr, sizeof(addr)) == 0)
      // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: retried connect() can connect to itself
      return fd;
    close(fd);
  }
}

// The loop that retries is the outer one.
int inside_a_loop_that_serves(void) {
  struct sockaddr_in addr;
  char byte;
  addr.sin_port = htons(33334);
  addr.sin_addr.s_addr = inet_addr("127.0.0.1");
  for (;;) {
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(fd, (struct sockaddr *)&addr, sizeof(addr)) < 0) {
      // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: retried connect() can connect to itself
      perror("connect");
    } else {
      while (read(fd, &byte, 1) == 1)
        printf("%c", byte);
    }
    close(fd);
  }
}

// Two attempts in one loop are two findings.
int two_attempts(void) {
  struct sockaddr_in a, b;
  a.sin_port = htons(33334);
  b.sin_port = htons(33336);
  a.sin_addr.s_addr = b.sin_addr.s_addr = inet_addr("127.0.0.1");
  for (;;) {
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(fd, (struct sockaddr *)&a, sizeof(a)) == 0)
      // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: retried connect() can connect to itself
      return fd;
    if (connect(fd, (struct sockaddr *)&b, sizeof(b)) == 0)
      // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: retried connect() can connect to itself
      return fd;
    close(fd);
  }
}
