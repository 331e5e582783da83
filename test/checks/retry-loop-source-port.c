// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// IP_LOCAL_PORT_RANGE confines the source port of one socket. Without the
// server's port in it, the socket cannot meet itself.
//
// RUN: %check_clang_tidy -std=c11,c++17 %s selfconnect-retry-loop %t -- -- %mock -O0
// RUN: %check_clang_tidy -std=c11,c++17 %s selfconnect-retry-loop %t -- -- %mock -O2
// RUN: %check_clang_tidy -std=c11 -check-suffixes=,WHY %s selfconnect-retry-loop %t -- \
// RUN:   -config='{CheckOptions: [{key: ExplainSilence, value: true}]}' -- %mock -O0

#include <arpa/inet.h>
#include <stdint.h>
#include <unistd.h>

#define IP_LOCAL_PORT_RANGE 51

void excluded(void) {
  struct sockaddr_in addr;
  uint32_t range = (uint32_t)50000 << 16 | 40000;
  addr.sin_port = htons(33334);
  addr.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  for (;;) {
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    setsockopt(fd, IPPROTO_IP, IP_LOCAL_PORT_RANGE, &range, sizeof(range));
    if (connect(fd, (struct sockaddr *)&addr, sizeof(addr)) == 0)
    // CHECK-MESSAGES-WHY: :[[@LINE-1]]:9: warning: not reported
    // CHECK-MESSAGES-WHY: :[[@LINE-3]]:5: note: source port confined to other ports here
      return;
    close(fd);
  }
}

void included(void) {
  struct sockaddr_in addr;
  uint32_t range = (uint32_t)50000 << 16 | 32768;
  addr.sin_port = htons(33334);
  addr.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  for (;;) {
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    setsockopt(fd, IPPROTO_IP, IP_LOCAL_PORT_RANGE, &range, sizeof(range));
    if (connect(fd, (struct sockaddr *)&addr, sizeof(addr)) == 0)
      // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: retried connect()
      return;
    close(fd);
  }
}

void only_sometimes(int wanted) {
  struct sockaddr_in addr;
  uint32_t range = (uint32_t)50000 << 16 | 40000;
  addr.sin_port = htons(33334);
  addr.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  for (;;) {
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (wanted)
      setsockopt(fd, IPPROTO_IP, IP_LOCAL_PORT_RANGE, &range, sizeof(range));
    if (connect(fd, (struct sockaddr *)&addr, sizeof(addr)) == 0)
      // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: retried connect()
      return;
    close(fd);
  }
}

void of_another_socket(int other) {
  struct sockaddr_in addr;
  uint32_t range = (uint32_t)50000 << 16 | 40000;
  addr.sin_port = htons(33334);
  addr.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  for (;;) {
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    setsockopt(other, IPPROTO_IP, IP_LOCAL_PORT_RANGE, &range, sizeof(range));
    if (connect(fd, (struct sockaddr *)&addr, sizeof(addr)) == 0)
      // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: retried connect()
      return;
    close(fd);
  }
}
