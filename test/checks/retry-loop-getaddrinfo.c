// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A walk over getaddrinfo's results is no retry; a retry around the walk is.
//
// RUN: %check_clang_tidy -std=c11,c++17 %s selfconnect-retry-loop %t -- -- %mock -O0
// RUN: %check_clang_tidy -std=c11,c++17 %s selfconnect-retry-loop %t -- -- %mock -O2
// RUN: %check_clang_tidy -std=c11 -check-suffixes=,WHY %s selfconnect-retry-loop %t -- \
// RUN:   -config='{CheckOptions: [{key: ExplainSilence, value: true}]}' -- %mock -O0

#include <netdb.h>
#include <string.h>
#include <unistd.h>

int walk(const char *host) {
  struct addrinfo hints, *result, *p;
  int fd = -1;
  memset(&hints, 0, sizeof(hints));
  hints.ai_socktype = SOCK_STREAM;
  if (getaddrinfo(host, "33334", &hints, &result) != 0)
    return -1;
  for (p = result; p != NULL; p = p->ai_next) {
    fd = socket(p->ai_family, p->ai_socktype, p->ai_protocol);
    if (fd < 0)
      continue;
    if (connect(fd, p->ai_addr, p->ai_addrlen) == 0)
    // CHECK-MESSAGES-WHY: :[[@LINE-1]]:9: warning: not reported
    // CHECK-MESSAGES-WHY: :[[@LINE-6]]:31: note: the destination advances here
      break;
    close(fd);
  }
  freeaddrinfo(result);
  return p ? fd : -1;
}

int walk_by_while(struct addrinfo *p) {
  while (p) {
    int fd = socket(p->ai_family, p->ai_socktype, p->ai_protocol);
    if (connect(fd, p->ai_addr, p->ai_addrlen) == 0)
    // CHECK-MESSAGES-WHY: :[[@LINE-1]]:9: warning: not reported
    // CHECK-MESSAGES-WHY: :[[@LINE+3]]:5: note: the destination advances here
      return fd;
    close(fd);
    p = p->ai_next;
  }
  return -1;
}

int walk_over_the_addresses_of_a_host(const char *name) {
  struct hostent *host = gethostbyname(name);
  struct sockaddr_in addr;
  addr.sin_family = AF_INET;
  addr.sin_port = htons(33334);
  for (char **a = host->h_addr_list; *a; a++) {
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    memcpy(&addr.sin_addr, *a, sizeof(addr.sin_addr));
    if (connect(fd, (struct sockaddr *)&addr, sizeof(addr)) == 0)
    // CHECK-MESSAGES-WHY: :[[@LINE-1]]:9: warning: not reported
    // CHECK-MESSAGES-WHY: :[[@LINE-5]]:42: note: the destination advances here
      return fd;
    close(fd);
  }
  return -1;
}

// The end of the walk leaves the outer loop, too.
int serves_one_client_after_another(struct addrinfo *result) {
  for (;;) {
    struct addrinfo *p;
    int fd = -1;
    for (p = result; p; p = p->ai_next) {
      fd = socket(p->ai_family, p->ai_socktype, p->ai_protocol);
      if (connect(fd, p->ai_addr, p->ai_addrlen) == 0)
      // CHECK-MESSAGES-WHY: :[[@LINE-1]]:11: warning: not reported
      // CHECK-MESSAGES-WHY: :[[@LINE-4]]:25: note: the destination advances here
        break;
      close(fd);
    }
    if (p == NULL)
      return -1;
    write(fd, "x", 1);
    close(fd);
  }
}

int retry_around_the_walk(struct addrinfo *result, int wait) {
  struct addrinfo *p;
  int fd = -1;
  for (;;) {
    for (p = result; p; p = p->ai_next) {
      fd = socket(p->ai_family, p->ai_socktype, p->ai_protocol);
      if (fd < 0)
        continue;
      if (connect(fd, p->ai_addr, p->ai_addrlen) != 0) {
        // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: retried connect() can connect to itself when no server is listening [selfconnect-retry-loop]
        close(fd);
        fd = -1;
        continue;
      }
      break;
    }
    if (fd >= 0 || !wait)
      break;
    sleep(1);
  }
  return fd;
}

int resolves_again_for_each_try(const char *host) {
  for (;;) {
    struct addrinfo hints, *result, *p;
    int fd = -1;
    memset(&hints, 0, sizeof(hints));
    hints.ai_socktype = SOCK_STREAM;
    if (getaddrinfo(host, "33334", &hints, &result) != 0)
      return -1;
    for (p = result; p; p = p->ai_next) {
      fd = socket(p->ai_family, p->ai_socktype, p->ai_protocol);
      if (connect(fd, p->ai_addr, p->ai_addrlen) == 0)
        // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: retried connect() can connect to itself
        break;
      close(fd);
    }
    freeaddrinfo(result);
    if (p)
      return fd;
    sleep(1);
  }
}

int only_the_first_result(void) {
  struct addrinfo hints, *result;
  memset(&hints, 0, sizeof(hints));
  hints.ai_socktype = SOCK_STREAM;
  if (getaddrinfo("localhost", "33334", &hints, &result) != 0)
    return -1;
  for (;;) {
    int fd = socket(result->ai_family, result->ai_socktype, 0);
    if (connect(fd, result->ai_addr, result->ai_addrlen) == 0)
      // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: retried connect() can connect to itself
      return fd;
    close(fd);
  }
}

// No node given is the loopback address.
int null_node(void) {
  struct addrinfo hints, *result;
  memset(&hints, 0, sizeof(hints));
  hints.ai_socktype = SOCK_STREAM;
  getaddrinfo(NULL, "33334", &hints, &result);
  for (;;) {
    int fd = socket(result->ai_family, result->ai_socktype, 0);
    if (connect(fd, result->ai_addr, result->ai_addrlen) == 0)
      // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: retried connect() can connect to itself
      return fd;
    close(fd);
  }
}

int port_outside_the_range(void) {
  struct addrinfo hints, *result;
  memset(&hints, 0, sizeof(hints));
  hints.ai_socktype = SOCK_STREAM;
  getaddrinfo("localhost", "8080", &hints, &result);
  for (;;) {
    int fd = socket(result->ai_family, result->ai_socktype, 0);
    if (connect(fd, result->ai_addr, result->ai_addrlen) == 0)
    // CHECK-MESSAGES-WHY: :[[@LINE-1]]:9: warning: not reported
    // CHECK-MESSAGES-WHY: :[[@LINE-5]]:28: note: port 8080 is outside the range 32768-60999; it comes from here
      return fd;
    close(fd);
  }
}

int remote_node(void) {
  struct addrinfo hints, *result;
  memset(&hints, 0, sizeof(hints));
  hints.ai_socktype = SOCK_STREAM;
  getaddrinfo("192.0.2.1", "33334", &hints, &result);
  for (;;) {
    int fd = socket(result->ai_family, result->ai_socktype, 0);
    if (connect(fd, result->ai_addr, result->ai_addrlen) == 0)
    // CHECK-MESSAGES-WHY: :[[@LINE-1]]:9: warning: not reported
    // CHECK-MESSAGES-WHY: :[[@LINE-5]]:15: note: another host, 192.0.2.1
      return fd;
    close(fd);
  }
}

int datagram_hints(void) {
  struct addrinfo hints, *result;
  memset(&hints, 0, sizeof(hints));
  hints.ai_socktype = SOCK_DGRAM;
  getaddrinfo("localhost", "33334", &hints, &result);
  for (;;) {
    int fd = socket(result->ai_family, result->ai_socktype, 0);
    if (connect(fd, result->ai_addr, result->ai_addrlen) == 0)
    // CHECK-MESSAGES-WHY: :[[@LINE-1]]:9: warning: not reported
    // CHECK-MESSAGES-WHY: :[[@LINE-5]]:3: note: a datagram socket
      return fd;
    close(fd);
  }
}
