// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The byte order of a port is that of the target: on a big-endian one htons does
// nothing, and a port stored without it is right.
//
// RUN: %check_clang_tidy -check-suffixes=ANY,LITTLE %s selfconnect-ephemeral-listen-port %t -- -- %mock --target=aarch64-linux-gnu
// RUN: %check_clang_tidy -check-suffixes=ANY,LITTLE %s selfconnect-ephemeral-listen-port %t -- -- %mock --target=i686-linux-gnu
// RUN: %check_clang_tidy -check-suffixes=ANY,BIG %s selfconnect-ephemeral-listen-port %t -- -- %mock --target=s390x-linux-gnu
// RUN: %check_clang_tidy -check-suffixes=ANY,BIG %s selfconnect-ephemeral-listen-port %t -- -- %mock --target=mips-linux-gnu
// RUN: %check_clang_tidy -check-suffixes=ANY,BIG %s selfconnect-ephemeral-listen-port %t -- -- %mock --target=s390x-linux-gnu -DHTONS_DOES_NOTHING

#include <netinet/in.h>

// What glibc makes of it where there is nothing to do.
#ifdef HTONS_DOES_NOTHING
#undef htons
#define htons(x) (x)
#endif


void converted(void) {
  struct sockaddr_in addr = {AF_INET, htons(33334), {0}, {0}};
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  bind(fd, (struct sockaddr *)&addr, sizeof(addr));
  listen(fd, 5);
  // CHECK-MESSAGES-ANY: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range
}

// 33334 is 0x8236, and 0x3682 is 13954.
void stored_as_it_is(void) {
  struct sockaddr_in addr = {AF_INET, 33334, {0}, {0}};
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  bind(fd, (struct sockaddr *)&addr, sizeof(addr));
  listen(fd, 5);
  // CHECK-MESSAGES-BIG: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range
}

void stored_the_other_way_round(void) {
  struct sockaddr_in addr = {AF_INET, 0x3682, {0}, {0}};
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  bind(fd, (struct sockaddr *)&addr, sizeof(addr));
  listen(fd, 5);
  // CHECK-MESSAGES-LITTLE: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range
}
