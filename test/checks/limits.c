// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Where a limit is reached, that is said to those who ask for it: of the values
// of an expression, the callers of a function, the elements of an array, the
// length of a string, copies of an address and of a descriptor.
//
// RUN: env SELFCONNECT_DEBUG=1 %tidy --config={} --checks=-*,selfconnect-* %s -- -std=c11 %mock 2>&1 | FileCheck %s
// RUN: %tidy --config={} --checks=-*,selfconnect-* %s -- -std=c11 %mock 2>&1 | FileCheck %s --check-prefix=QUIET
// QUIET-NOT: debug:

#include <netdb.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define TEN(...)                                                              \
  __VA_ARGS__ __VA_ARGS__ __VA_ARGS__ __VA_ARGS__ __VA_ARGS__                  \
  __VA_ARGS__ __VA_ARGS__ __VA_ARGS__ __VA_ARGS__ __VA_ARGS__

static int again(int port) {
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  for (;;) {
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(fd, (struct sockaddr *)&address, sizeof address) == 0)
      return fd;
    close(fd);
  }
}

// CHECK-DAG: {{^}}selfconnect: debug: MaxCallers reached in again{{$}}
void callers(void) {
  TEN(again(50001); again(50003); again(50005); again(50007);)
}

// CHECK-DAG: {{^}}selfconnect: debug: MaxValues reached in values{{$}}
int values(int kind, int instance) {
  int base = kind == 0 ? 40001 : kind == 1 ? 41001 : kind == 2 ? 42001 : kind == 3 ? 43001 : 44001;
  int more = instance == 0 ? 0 : instance == 1 ? 2 : instance == 2 ? 4 : 6;
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(base + more)};
  for (;;) {
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(fd, (struct sockaddr *)&address, sizeof address) == 0)
      return fd;
    close(fd);
  }
}

// CHECK-DAG: {{^}}selfconnect: debug: MaxElements reached in {{.+$}}
static const int ports[] = {TEN(50001, 50003, 50005, 50007, 50009, 50011, 50013,)};

int elements(int number) {
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(ports[number])};
  for (;;) {
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(fd, (struct sockaddr *)&address, sizeof address) == 0)
      return fd;
    close(fd);
  }
}

// CHECK-DAG: {{^}}selfconnect: debug: MaxLength reached in length{{$}}
int length(void) {
  char service[1000];
  struct addrinfo *found;
  snprintf(service, sizeof service, "%s%d", TEN("000000000000000000000000000000000000000000000000000000000000"), 50001);
  if (getaddrinfo("localhost", service, 0, &found) != 0)
    return -1;
  for (;;) {
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(fd, found->ai_addr, found->ai_addrlen) == 0)
      return fd;
    close(fd);
  }
}

// CHECK-DAG: {{^}}selfconnect: debug: MaxSocketDepth reached in descriptor{{$}}
int descriptor(const struct sockaddr *address, socklen_t size) {
  for (;;) {
    int a = socket(AF_INET, SOCK_STREAM, 0);
    int b = a, c = b, d = c, e = d, f = e, g = f, h = g, i = h, j = i, k = j;
    if (connect(k, address, size) == 0)
      return k;
    close(k);
  }
}

// CHECK-DAG: {{^}}selfconnect: debug: MaxPartDepth reached in address{{$}}
int address(void) {
  struct sockaddr_in a = {.sin_family = AF_INET, .sin_port = htons(50001)};
  struct sockaddr_in b = a, c = b, d = c, e = d, f = e, g = f, h = g;
  for (;;) {
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(fd, (struct sockaddr *)&h, sizeof h) == 0)
      return fd;
    close(fd);
  }
}
