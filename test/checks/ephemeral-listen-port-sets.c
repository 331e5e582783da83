// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Ports of which only some values are known: one inside the range is enough.
//
// RUN: %check_clang_tidy -std=c11,c++17 %s selfconnect-ephemeral-listen-port %t -- -- %mock -O0
// RUN: %check_clang_tidy -std=c11,c++17 %s selfconnect-ephemeral-listen-port %t -- -- %mock -O2
// RUN: %check_clang_tidy -std=c11 -check-suffixes=,WHY %s selfconnect-ephemeral-listen-port %t -- \
// RUN:   -config='{CheckOptions: [{key: ExplainSilence, value: true}]}' -- %mock -O0

#include <netdb.h>
#include <stdlib.h>
#include <string.h>

#define DEFAULT_SERVICE "42217"

void default_of_an_argument(int argc, char **argv) {
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  struct sockaddr_in addr;
  addr.sin_port = htons(argc > 1 ? atoi(argv[1]) : 33333);
  bind(fd, (struct sockaddr *)&addr, sizeof(addr));
  listen(fd, 5);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range [selfconnect-ephemeral-listen-port]
}

void one_of_two(int secure) {
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  struct sockaddr_in addr;
  addr.sin_port = secure ? htons(8443) : htons(33334);
  bind(fd, (struct sockaddr *)&addr, sizeof(addr));
  listen(fd, 5);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range
}

// One warning, and each port that is inside the range with its origin.
void both_inside_the_range(int secure) {
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  struct sockaddr_in addr;
  int port = 33336;
  if (secure)
    port = 33338;
  addr.sin_port = htons(port);
  bind(fd, (struct sockaddr *)&addr, sizeof(addr));
  listen(fd, 5);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range [selfconnect-ephemeral-listen-port]
  // CHECK-MESSAGES-DAG: :[[@LINE-7]]:{{[0-9]+}}: note: port 33336 comes from here
  // CHECK-MESSAGES-DAG: :[[@LINE-6]]:{{[0-9]+}}: note: port 33338 comes from here
}

void default_port_string(const char *port) {
  struct addrinfo hints, *result, *p;
  memset(&hints, 0, sizeof(hints));
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags |= AI_PASSIVE;
  if (getaddrinfo(NULL, port == NULL ? DEFAULT_SERVICE : port, &hints, &result))
    return;
  for (p = result; p != NULL; p = p->ai_next) {
    int fd = socket(p->ai_family, p->ai_socktype, p->ai_protocol);
    if (bind(fd, p->ai_addr, p->ai_addrlen) != 0)
      continue;
    listen(fd, 10);
    // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range
  }
}

void two_ports_outside_the_range(int secure) {
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  struct sockaddr_in addr;
  addr.sin_port = htons(secure ? 8443 : 8080);
  bind(fd, (struct sockaddr *)&addr, sizeof(addr));
  listen(fd, 5);
  // CHECK-MESSAGES-WHY: :[[@LINE-1]]:3: warning: not reported
  // CHECK-MESSAGES-WHY: :[[@LINE-4]]:34: note: port 8443 is outside the range 32768-60999; it comes from here
}

void default_outside_the_range(int argc, char **argv) {
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  struct sockaddr_in addr;
  addr.sin_port = htons(argc > 1 ? atoi(argv[1]) : 8080);
  bind(fd, (struct sockaddr *)&addr, sizeof(addr));
  listen(fd, 5);
  // CHECK-MESSAGES-WHY: :[[@LINE-1]]:3: warning: not reported
  // CHECK-MESSAGES-WHY: :[[@LINE-4]]:52: note: port 8080 is outside the range 32768-60999; it comes from here
}
