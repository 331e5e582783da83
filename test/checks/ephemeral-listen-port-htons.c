// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// htons in each form that it takes: function, inline function over shifts or a
// builtin, the builtin itself, shifts in place, statement expression.
//
// RUN: %check_clang_tidy -std=c11,c++17 %s selfconnect-ephemeral-listen-port %t -- -- %mock -O0
// RUN: %check_clang_tidy -std=c11,c++17 %s selfconnect-ephemeral-listen-port %t -- -- %mock -O2
// RUN: %check_clang_tidy -std=c11,c++17 %s selfconnect-ephemeral-listen-port %t -- -- %mock -DMOCK_HTONS_INLINE_BUILTIN
// RUN: %check_clang_tidy -std=c11,c++17 %s selfconnect-ephemeral-listen-port %t -- -- %mock -DMOCK_HTONS_BUILTIN
// RUN: %check_clang_tidy -std=c11,c++17 %s selfconnect-ephemeral-listen-port %t -- -- %mock -DMOCK_HTONS_EXPRESSION
// RUN: %check_clang_tidy -std=gnu11,gnu++17 %s selfconnect-ephemeral-listen-port %t -- -- %mock -DMOCK_HTONS_STATEMENT
// RUN: %check_clang_tidy -std=c11 -check-suffixes=,WHY %s selfconnect-ephemeral-listen-port %t -- \
// RUN:   -config='{CheckOptions: [{key: ExplainSilence, value: true}]}' -- %mock -O0

#include <netinet/in.h>

#define PORT 33334

void of_a_literal(void) {
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  struct sockaddr_in addr;
  addr.sin_port = htons(33334);
  bind(fd, (struct sockaddr *)&addr, sizeof(addr));
  listen(fd, 5);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range [selfconnect-ephemeral-listen-port]
}

void of_a_macro(void) {
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  struct sockaddr_in addr;
  addr.sin_port = htons(PORT);
  bind(fd, (struct sockaddr *)&addr, sizeof(addr));
  listen(fd, 5);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range
}

void of_a_variable(void) {
  const int port = 33334;
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  struct sockaddr_in addr;
  addr.sin_port = htons(port);
  bind(fd, (struct sockaddr *)&addr, sizeof(addr));
  listen(fd, 5);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range
}

void in_a_braced_list(void) {
  struct sockaddr_in addr = {AF_INET, htons(33334), {0}, {0}};
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  bind(fd, (struct sockaddr *)&addr, sizeof(addr));
  listen(fd, 5);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range
}

// 33282 is 0x8202; its bytes swapped, 0x0282, are outside the range: a form
// that is not understood as a swap is caught here.
void swap_goes_the_right_way(void) {
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  struct sockaddr_in addr;
  addr.sin_port = htons(0x0282);
  bind(fd, (struct sockaddr *)&addr, sizeof(addr));
  listen(fd, 5);
  // CHECK-MESSAGES-WHY: :[[@LINE-1]]:3: warning: not reported
  // CHECK-MESSAGES-WHY: :[[@LINE-4]]:25: note: port 642 is outside the range 32768-60999; it comes from here
}

void swapped_twice_is_not_swapped(void) {
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  struct sockaddr_in addr;
  addr.sin_port = htons(htons(33334));
  bind(fd, (struct sockaddr *)&addr, sizeof(addr));
  listen(fd, 5);
  // CHECK-MESSAGES-WHY: :[[@LINE-1]]:3: warning: not reported
  // CHECK-MESSAGES-WHY: :[[@LINE-4]]:31: note: port 13954 is outside the range 32768-60999; it comes from here
}
