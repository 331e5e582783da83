// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A loop of fewer tries than MinRetries (2 unless set) is no retry.
//
// RUN: %check_clang_tidy -check-suffixes=,TWO %s selfconnect-retry-loop %t -- -- %mock
// RUN: %check_clang_tidy %s selfconnect-retry-loop %t -- --config="{CheckOptions: [{key: selfconnect-retry-loop.MinRetries, value: 3}]}" -- %mock
// RUN: %check_clang_tidy -check-suffixes=,TWO,ONE %s selfconnect-retry-loop %t -- --config="{CheckOptions: [{key: selfconnect-retry-loop.MinRetries, value: 1}]}" -- %mock

#include <arpa/inet.h>
#include <unistd.h>

int one_try(int fd, const struct sockaddr *addr, socklen_t size) {
  for (int i = 0; i < 1; i++)
    if (connect(fd, addr, size) == 0)
      // CHECK-MESSAGES-ONE: :[[@LINE-1]]:{{[0-9]+}}: warning: retried connect() can connect to itself when no server is listening [selfconnect-retry-loop]
      return fd;
  return -1;
}

int two_tries(int fd, const struct sockaddr *addr, socklen_t size) {
  for (int i = 0; i < 2; i++)
    if (connect(fd, addr, size) == 0)
      // CHECK-MESSAGES-TWO: :[[@LINE-1]]:{{[0-9]+}}: warning: retried connect() can connect to itself when no server is listening [selfconnect-retry-loop]
      return fd;
  return -1;
}

int three_tries(int fd, const struct sockaddr *addr, socklen_t size) {
  for (int i = 1; i <= 3; ++i)
    if (connect(fd, addr, size) == 0)
      // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: retried connect() can connect to itself when no server is listening [selfconnect-retry-loop]
      return fd;
  return -1;
}

int unknown_number_of_tries(int fd, int tries, const struct sockaddr *addr,
                            socklen_t size) {
  for (int i = 0; i < tries; ++i)
    if (connect(fd, addr, size) == 0)
      // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: retried connect() can connect to itself when no server is listening [selfconnect-retry-loop]
      return fd;
  return -1;
}
