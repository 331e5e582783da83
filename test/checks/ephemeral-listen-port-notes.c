// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The notes: their text, order and place. Nothing else is said.
//
// RUN: %check_clang_tidy -std=c11,c++17 %s selfconnect-ephemeral-listen-port %t -- -- %mock -O0
// RUN: %check_clang_tidy -std=c11,c++17 %s selfconnect-ephemeral-listen-port %t -- -- %mock -O2

#include <arpa/inet.h>
#include <netdb.h>

void preferred_half(void) {
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  struct sockaddr_in addr;
  addr.sin_port = htons(33334);
  bind(fd, (struct sockaddr *)&addr, sizeof(addr));
  listen(fd, 5);
  // CHECK-NOTES: :[[@LINE-1]]:3: warning: listening port is inside the ephemeral port range [selfconnect-ephemeral-listen-port]
  // CHECK-NOTES: :[[@LINE-4]]:{{[0-9]+}}: note: port 33334 comes from here
  // CHECK-NOTES: note: port 33334 is inside the ephemeral port range 32768-60999, in its preferred half
  // CHECK-NOTES: note: use a port outside the range, or reserve it in net.ipv4.ip_local_reserved_ports
  // CHECK-NOTES: note: reproduce with: selfconnect reproduce 127.0.0.1:33334 --socket=new
}

void other_half(void) {
  const int port = 33333;
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  struct sockaddr_in addr;
  addr.sin_port = htons(port);
  bind(fd, (struct sockaddr *)&addr, sizeof(addr));
  listen(fd, 5);
  // CHECK-NOTES: :[[@LINE-1]]:3: warning: listening port is inside the ephemeral port range [selfconnect-ephemeral-listen-port]
  // CHECK-NOTES: :[[@LINE-7]]:{{[0-9]+}}: note: port 33333 comes from here
  // CHECK-NOTES: note: port 33333 is inside the ephemeral port range 32768-60999, reached only when all even ports of it are in use
  // CHECK-NOTES: note: use a port outside the range, or reserve it in net.ipv4.ip_local_reserved_ports
  // CHECK-NOTES: note: reproduce with: selfconnect reproduce 127.0.0.1:33333 --socket=new
}

void port_string(void) {
  struct addrinfo hints = {0};
  struct addrinfo *result;
  int fd;
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_PASSIVE;
  getaddrinfo(NULL, "33334", &hints, &result);
  fd = socket(result->ai_family, result->ai_socktype, result->ai_protocol);
  bind(fd, result->ai_addr, result->ai_addrlen);
  listen(fd, 5);
  // CHECK-NOTES: :[[@LINE-1]]:3: warning: listening port is inside the ephemeral port range [selfconnect-ephemeral-listen-port]
  // CHECK-NOTES: :[[@LINE-5]]:21: note: port 33334 comes from here
  // CHECK-NOTES: note: port 33334 is inside the ephemeral port range 32768-60999, in its preferred half
  // CHECK-NOTES: note: use a port outside the range, or reserve it in net.ipv4.ip_local_reserved_ports
  // CHECK-NOTES: note: reproduce with: selfconnect reproduce 127.0.0.1:33334 --socket=new
}
