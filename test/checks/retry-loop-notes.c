// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The notes: their text, order and place. Nothing else is said.
//
// RUN: %check_clang_tidy -std=c11,c++17 %s selfconnect-retry-loop %t -- -- %mock -O0
// RUN: %check_clang_tidy -std=c11,c++17 %s selfconnect-retry-loop %t -- -- %mock -O2

#include <arpa/inet.h>
#include <stdlib.h>
#include <unistd.h>

int new_socket_known_destination(void) {
  struct sockaddr_in addr;
  addr.sin_port = htons(33334);
  addr.sin_addr.s_addr = inet_addr("127.0.0.1");
  while (1) {
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(fd, (struct sockaddr *)&addr, sizeof(addr)) == 0)
      // CHECK-NOTES: :[[@LINE-1]]:9: warning: retried connect() can connect to itself when no server is listening [selfconnect-retry-loop]
      // CHECK-NOTES: :[[@LINE-3]]:14: note: a new socket is created on each iteration
      // CHECK-NOTES: :[[@LINE-7]]:{{[0-9]+}}: note: port 33334 comes from here
      // CHECK-NOTES: :[[@LINE-6]]:3: note: the loop is here
      // CHECK-NOTES: note: port 33334 is inside the ephemeral port range 32768-60999, in its preferred half
      // CHECK-NOTES: note: reject a socket whose local and remote endpoints are equal, or use a port outside the range
      // CHECK-NOTES: note: reproduce with: selfconnect reproduce 127.0.0.1:33334 --socket=new{{$}}
      return fd;
    close(fd);
  }
}

int same_socket_other_half(int fd) {
  const int port = 33333;
  struct sockaddr_in addr;
  addr.sin_port = htons(port);
  addr.sin_addr.s_addr = inet_addr("127.0.0.1");
  do {
    if (connect(fd, (struct sockaddr *)&addr, sizeof(addr)) == 0)
      // CHECK-NOTES: :[[@LINE-1]]:9: warning: retried connect() can connect to itself when no server is listening [selfconnect-retry-loop]
      // CHECK-NOTES: :[[@LINE-2]]:{{[0-9]+}}: note: the same socket is connected again
      // CHECK-NOTES: :[[@LINE-8]]:{{[0-9]+}}: note: port 33333 comes from here
      // CHECK-NOTES: :[[@LINE-5]]:3: note: the loop is here
      // CHECK-NOTES: note: port 33333 is inside the ephemeral port range 32768-60999, reached only when all even ports of it are in use
      // CHECK-NOTES: note: reject a socket whose local and remote endpoints are equal, or use a port outside the range
      // CHECK-NOTES: note: reproduce with: selfconnect reproduce 127.0.0.1:33333 --socket=same{{$}}
      return fd;
  } while (1);
}

int unknown_port(int port) {
  struct sockaddr_in addr;
  int fd;
  addr.sin_port = htons(port);
  addr.sin_addr.s_addr = inet_addr("127.0.0.1");
again:
  fd = socket(AF_INET, SOCK_STREAM, 0);
  if (connect(fd, (struct sockaddr *)&addr, sizeof(addr)) < 0) {
    // CHECK-NOTES: :[[@LINE-1]]:7: warning: retried connect() can connect to itself when no server is listening [selfconnect-retry-loop]
    // CHECK-NOTES: :[[@LINE-3]]:8: note: a new socket is created on each iteration
    // CHECK-NOTES: :[[@LINE+4]]:5: note: the loop is here
    // CHECK-NOTES: note: reject a socket whose local and remote endpoints are equal, or use a port outside the range
    // CHECK-NOTES: note: reproduce with: selfconnect reproduce 127.0.0.1:PORT --socket=new{{$}}
    close(fd);
    goto again;
  }
  return fd;
}

int unknown_host(int fd, const char *host) {
  struct sockaddr_in addr;
  addr.sin_port = htons(33334);
  inet_pton(AF_INET, host, &addr.sin_addr);
  while (connect(fd, (struct sockaddr *)&addr, sizeof(addr)))
    // CHECK-NOTES: :[[@LINE-1]]:10: warning: retried connect() can connect to itself when no server is listening [selfconnect-retry-loop]
    // CHECK-NOTES: :[[@LINE-2]]:{{[0-9]+}}: note: the same socket is connected again
    // CHECK-NOTES: :[[@LINE-5]]:{{[0-9]+}}: note: port 33334 comes from here
    // CHECK-NOTES: :[[@LINE-4]]:3: note: the loop is here
    // CHECK-NOTES: note: port 33334 is inside the ephemeral port range 32768-60999, in its preferred half
    // CHECK-NOTES: note: reject a socket whose local and remote endpoints are equal, or use a port outside the range
    // CHECK-NOTES: note: reproduce with: selfconnect reproduce HOST:33334 --socket=same{{$}}
    ;
  return fd;
}

int nothing_known(int fd, const struct sockaddr *addr, socklen_t size) {
  while (connect(fd, addr, size))
    // CHECK-NOTES: :[[@LINE-1]]:10: warning: retried connect() can connect to itself when no server is listening [selfconnect-retry-loop]
    // CHECK-NOTES: :[[@LINE-2]]:{{[0-9]+}}: note: the same socket is connected again
    // CHECK-NOTES: :[[@LINE-3]]:3: note: the loop is here
    // CHECK-NOTES: note: reject a socket whose local and remote endpoints are equal, or use a port outside the range
    // CHECK-NOTES: note: reproduce with: selfconnect reproduce HOST:PORT --socket=same{{$}}
    ;
  return fd;
}

int ipv6(void) {
  struct sockaddr_in6 addr;
  addr.sin6_port = htons(33334);
  addr.sin6_addr = in6addr_loopback;
  for (;;) {
    int fd = socket(AF_INET6, SOCK_STREAM, 0);
    if (connect(fd, (struct sockaddr *)&addr, sizeof(addr)) == 0)
      // CHECK-NOTES: :[[@LINE-1]]:9: warning: retried connect() can connect to itself when no server is listening [selfconnect-retry-loop]
      // CHECK-NOTES: :[[@LINE-3]]:14: note: a new socket is created on each iteration
      // CHECK-NOTES: :[[@LINE-7]]:{{[0-9]+}}: note: port 33334 comes from here
      // CHECK-NOTES: :[[@LINE-6]]:3: note: the loop is here
      // CHECK-NOTES: note: port 33334 is inside the ephemeral port range 32768-60999, in its preferred half
      // CHECK-NOTES: note: reject a socket whose local and remote endpoints are equal, or use a port outside the range
      // CHECK-NOTES: note: reproduce with: selfconnect reproduce [::1]:33334 --socket=new{{$}}
      return fd;
    close(fd);
  }
}

int one_try_per_second(int fd) {
  struct sockaddr_in addr;
  addr.sin_port = htons(33334);
  addr.sin_addr.s_addr = inet_addr("127.0.0.1");
  while (connect(fd, (struct sockaddr *)&addr, sizeof(addr)) < 0)
    // CHECK-NOTES: :[[@LINE-1]]:10: warning: retried connect() can connect to itself when no server is listening [selfconnect-retry-loop]
    // CHECK-NOTES: :[[@LINE-2]]:{{[0-9]+}}: note: the same socket is connected again
    // CHECK-NOTES: :[[@LINE-5]]:{{[0-9]+}}: note: port 33334 comes from here
    // CHECK-NOTES: :[[@LINE-4]]:3: note: the loop is here
    // CHECK-NOTES: note: port 33334 is inside the ephemeral port range 32768-60999, in its preferred half
    // CHECK-NOTES: note: about 22 % per hour without a server, at one try per second
    // CHECK-NOTES: note: reject a socket whose local and remote endpoints are equal, or use a port outside the range
    // CHECK-NOTES: note: reproduce with: selfconnect reproduce 127.0.0.1:33334 --socket=same{{$}}
    sleep(1);
  return fd;
}

int ten_tries(void) {
  struct sockaddr_in addr;
  int i;
  addr.sin_port = htons(33334);
  addr.sin_addr.s_addr = inet_addr("127.0.0.1");
  for (i = 0; i < 10; i++) {
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(fd, (struct sockaddr *)&addr, sizeof(addr)) == 0)
      // CHECK-NOTES: :[[@LINE-1]]:9: warning: retried connect() can connect to itself when no server is listening [selfconnect-retry-loop]
      // CHECK-NOTES: :[[@LINE-3]]:14: note: a new socket is created on each iteration
      // CHECK-NOTES: :[[@LINE-7]]:{{[0-9]+}}: note: port 33334 comes from here
      // CHECK-NOTES: :[[@LINE-6]]:3: note: the loop is here
      // CHECK-NOTES: note: port 33334 is inside the ephemeral port range 32768-60999, in its preferred half
      // CHECK-NOTES: note: about 0.07 % per call, at 10 tries
      // CHECK-NOTES: note: reject a socket whose local and remote endpoints are equal, or use a port outside the range
      // CHECK-NOTES: note: reproduce with: selfconnect reproduce 127.0.0.1:33334 --socket=new --tries=10{{$}}
      return fd;
    close(fd);
  }
  return -1;
}

int three_tries_without_a_pause(int fd) {
  struct sockaddr_in addr;
  int i;
  addr.sin_port = htons(33334);
  addr.sin_addr.s_addr = inet_addr("127.0.0.1");
  for (i = 0; i < 3; i++)
    if (connect(fd, (struct sockaddr *)&addr, sizeof(addr)) == 0)
      // CHECK-NOTES: :[[@LINE-1]]:9: warning: retried connect() can connect to itself when no server is listening [selfconnect-retry-loop]
      // CHECK-NOTES: :[[@LINE-2]]:9: note: the same socket is connected again
      // CHECK-NOTES: :[[@LINE-6]]:{{[0-9]+}}: note: port 33334 comes from here
      // CHECK-NOTES: :[[@LINE-5]]:3: note: the loop is here
      // CHECK-NOTES: note: port 33334 is inside the ephemeral port range 32768-60999, in its preferred half
      // CHECK-NOTES: note: about 0.02 % per call, at 3 tries
      // CHECK-NOTES: note: reject a socket whose local and remote endpoints are equal, or use a port outside the range
      // CHECK-NOTES: note: reproduce with: selfconnect reproduce 127.0.0.1:33334 --socket=same --tries=3{{$}}
      return fd;
  return -1;
}
