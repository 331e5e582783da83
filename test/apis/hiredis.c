// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// hiredis: one attempt, nothing connects again.
//
// RUN: %check_clang_tidy -std=gnu11 %s selfconnect-* %t -- -- %headers

#include <hiredis/async.h>
#include <hiredis/hiredis.h>

void dial_once(void) {
  redisConnect("127.0.0.1", 50051);
  redisConnectNonBlock("127.0.0.1", 50051);
  struct timeval second = {1, 0};
  redisConnectWithTimeout("127.0.0.1", 50051, second);
  redisAsyncConnect("127.0.0.1", 50051);
}
