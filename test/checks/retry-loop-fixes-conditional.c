// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The include goes where it is always read: behind the #if that holds the last
// include, not into a branch that another system reads.
//
// RUN: %check_clang_tidy -std=c11,c++17 %s selfconnect-retry-loop %t -- -- -I %guard_include
// RUN: %apply_fixes %s %t-fixed.c cc -std=gnu11 -I %guard_include | FileCheck %s --check-prefix=COUNT
// COUNT: 1 warnings, 1 fixed, 0 left

#if defined(__linux__)
#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>
#endif
#ifdef _WIN32
#include <winsock2.h>
// CHECK-FIXES: {{^}}#include <winsock2.h>{{$}}
// CHECK-FIXES: {{^}}#endif{{$}}
// CHECK-FIXES-NEXT: {{^}}#include <selfconnect/guard.h>{{$}}
#endif

int dial(const struct sockaddr *addr, socklen_t size) {
  for (;;) {
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(fd, addr, size) == 0)
      // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: retried connect()
      return fd;
    close(fd);
  }
}
