// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Both checks with the headers of the system.
//
// RUN: %check_clang_tidy -std=gnu11,gnu17,c++17,gnu++20 %s selfconnect-* %t -- -- -O0
// RUN: %check_clang_tidy -std=gnu11,gnu17,c++17,gnu++20 %s selfconnect-* %t -- -- -O2
// RUN: %check_clang_tidy -std=gnu11 %s selfconnect-* %t -- -- -O2 -D_GNU_SOURCE
// RUN: %check_clang_tidy -std=gnu11 %s selfconnect-* %t -- -- -O2 -D_FORTIFY_SOURCE=2

#include <arpa/inet.h>
#include <netdb.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

int serve(void) {
  struct sockaddr_in addr;
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  memset(&addr, 0, sizeof(addr));
  addr.sin_family = AF_INET;
  addr.sin_addr.s_addr = htonl(INADDR_ANY);
  addr.sin_port = htons(33334);
  if (bind(fd, (struct sockaddr *)&addr, sizeof(addr)) < 0)
    return -1;
  if (listen(fd, SOMAXCONN) < 0)
    // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range [selfconnect-ephemeral-listen-port]
    return -1;
  return fd;
}

int serve_by_name(void) {
  struct addrinfo hints, *result;
  int fd;
  memset(&hints, 0, sizeof(hints));
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_PASSIVE;
  if (getaddrinfo(NULL, "33335", &hints, &result) != 0)
    return -1;
  fd = socket(result->ai_family, result->ai_socktype, result->ai_protocol);
  bind(fd, result->ai_addr, result->ai_addrlen);
  listen(fd, 5);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range [selfconnect-ephemeral-listen-port]
  return fd;
}

int dial(void) {
  struct sockaddr_in addr;
  memset(&addr, 0, sizeof(addr));
  addr.sin_family = AF_INET;
  addr.sin_port = htons(33334);
  addr.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  for (;;) {
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(fd, (struct sockaddr *)&addr, sizeof(addr)) == 0)
      // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: retried connect() can connect to itself when no server is listening [selfconnect-retry-loop]
      return fd;
    close(fd);
    sleep(1);
  }
}

int dial_elsewhere(void) {
  struct sockaddr_in addr;
  memset(&addr, 0, sizeof(addr));
  addr.sin_family = AF_INET;
  addr.sin_port = htons(8080);
  inet_pton(AF_INET, "127.0.0.1", &addr.sin_addr);
  for (;;) {
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(fd, (struct sockaddr *)&addr, sizeof(addr)) == 0)
      return fd;
    close(fd);
    sleep(1);
  }
}
