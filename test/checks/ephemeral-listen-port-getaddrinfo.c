// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Servers whose address is made by getaddrinfo from a port string.
//
// RUN: %check_clang_tidy -std=c11,c++17 %s selfconnect-ephemeral-listen-port %t -- -- %mock -O0
// RUN: %check_clang_tidy -std=c11,c++17 %s selfconnect-ephemeral-listen-port %t -- -- %mock -O2

#include <netdb.h>
#include <string.h>
#include <unistd.h>

#define SERVICE "33335"

int first_result(void) {
  struct addrinfo hints, *result;
  int fd;
  memset(&hints, 0, sizeof(hints));
  hints.ai_family = AF_INET6;
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_PASSIVE;
  if (getaddrinfo(NULL, "33334", &hints, &result) != 0)
    return -1;
  fd = socket(result->ai_family, result->ai_socktype, result->ai_protocol);
  bind(fd, result->ai_addr, result->ai_addrlen);
  listen(fd, 5);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range [selfconnect-ephemeral-listen-port]
  freeaddrinfo(result);
  return fd;
}

int walk_until_one_binds(void) {
  struct addrinfo hints = {0};
  struct addrinfo *result, *p;
  int fd = -1;
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_PASSIVE | AI_NUMERICSERV;
  if (getaddrinfo(NULL, SERVICE, &hints, &result) != 0)
    return -1;
  for (p = result; p != NULL; p = p->ai_next) {
    fd = socket(p->ai_family, p->ai_socktype, p->ai_protocol);
    if (fd == -1)
      continue;
    if (bind(fd, p->ai_addr, p->ai_addrlen) == 0)
      break;
    close(fd);
  }
  freeaddrinfo(result);
  if (p == NULL)
    return -1;
  if (listen(fd, 10) == -1)
    // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range
    return -1;
  return fd;
}

void listens_inside_the_walk(void) {
  struct addrinfo hints, *result, *p;
  const char *port = "33334";
  memset(&hints, 0, sizeof(hints));
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_PASSIVE;
  getaddrinfo("127.0.0.1", port, &hints, &result);
  for (p = result; p; p = p->ai_next) {
    int fd = socket(p->ai_family, p->ai_socktype, p->ai_protocol);
    bind(fd, p->ai_addr, p->ai_addrlen);
    listen(fd, 5);
    // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range
  }
}

int port_outside_the_range(void) {
  struct addrinfo hints, *result;
  int fd;
  memset(&hints, 0, sizeof(hints));
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_PASSIVE;
  getaddrinfo(NULL, "8080", &hints, &result);
  fd = socket(result->ai_family, result->ai_socktype, result->ai_protocol);
  bind(fd, result->ai_addr, result->ai_addrlen);
  listen(fd, 5);
  return fd;
}

int service_name(void) {
  struct addrinfo hints, *result;
  int fd;
  memset(&hints, 0, sizeof(hints));
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_PASSIVE;
  getaddrinfo(NULL, "http", &hints, &result);
  fd = socket(result->ai_family, result->ai_socktype, result->ai_protocol);
  bind(fd, result->ai_addr, result->ai_addrlen);
  listen(fd, 5);
  return fd;
}

int no_service_is_port_zero(void) {
  struct addrinfo hints, *result;
  int fd;
  memset(&hints, 0, sizeof(hints));
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_PASSIVE;
  getaddrinfo("127.0.0.1", NULL, &hints, &result);
  fd = socket(result->ai_family, result->ai_socktype, result->ai_protocol);
  bind(fd, result->ai_addr, result->ai_addrlen);
  listen(fd, 5);
  return fd;
}

int port_string_is_unknown(const char *port) {
  struct addrinfo hints, *result;
  int fd;
  memset(&hints, 0, sizeof(hints));
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_PASSIVE;
  getaddrinfo(NULL, port, &hints, &result);
  fd = socket(result->ai_family, result->ai_socktype, result->ai_protocol);
  bind(fd, result->ai_addr, result->ai_addrlen);
  listen(fd, 5);
  return fd;
}

int datagram_hints(void) {
  struct addrinfo hints, *result;
  int fd;
  memset(&hints, 0, sizeof(hints));
  hints.ai_socktype = SOCK_DGRAM;
  hints.ai_flags = AI_PASSIVE;
  getaddrinfo(NULL, "33334", &hints, &result);
  fd = socket(result->ai_family, result->ai_socktype, result->ai_protocol);
  bind(fd, result->ai_addr, result->ai_addrlen);
  return fd;
}

int listens_on_something_else(int fd) {
  struct addrinfo hints, *result;
  memset(&hints, 0, sizeof(hints));
  hints.ai_socktype = SOCK_STREAM;
  getaddrinfo("127.0.0.1", "33334", &hints, &result);
  listen(fd, 5);
  return 0;
}
