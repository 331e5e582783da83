// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// hiredis: one attempt, nothing connects again.
//
// RUN: %check_clang_tidy -std=gnu11 %s selfconnect-* %t -- -- %headers

#include <hiredis/async.h>
#include <hiredis/hiredis.h>
#include <stdlib.h>

void dial_once(void) {
  redisConnect("127.0.0.1", 50051);
  redisConnectNonBlock("127.0.0.1", 50051);
  struct timeval second = {1, 0};
  redisConnectWithTimeout("127.0.0.1", 50051, second);
  redisAsyncConnect("127.0.0.1", 50051);
}

redisContext *dial_again(void) {
  for (;;) {
    redisContext *context = redisConnect("127.0.0.1", 50053);
    // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: retried connect() can connect to itself when no server is listening [selfconnect-retry-loop]
    // CHECK-MESSAGES: :[[@LINE-2]]:{{[0-9]+}}: note: reproduce with: selfconnect reproduce 127.0.0.1:50053
    if (context && !context->err)
      return context;
    redisFree(context);
  }
}

// A null pointer is no refusal: there was no memory.
redisContext *gives_up_without_memory(void) {
  for (;;) {
    redisContext *context = redisConnect("127.0.0.1", 50061);
    // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: retried connect() can connect to itself when no server is listening [selfconnect-retry-loop]
    if (context == NULL)
      exit(1);
    if (context->err) {
      redisFree(context);
      continue;
    }
    return context;
  }
}

// A refusal leaves; success goes on to the next piece of work.
int leaves_when_refused(int pieces) {
  while (pieces-- > 0) {
    redisContext *context = redisConnect("127.0.0.1", 50063);
    if (context->err)
      return 1;
    redisCommand(context, "PING");
    redisFree(context);
  }
  return 0;
}

redisContext *dial_again_with_patience(struct timeval patience) {
  redisContext *context;
  while (!(context = redisConnectWithTimeout("127.0.0.1", 50055, patience)) || context->err)
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: retried connect() can connect to itself when no server is listening [selfconnect-retry-loop]
  // CHECK-MESSAGES: :[[@LINE-2]]:{{[0-9]+}}: note: reproduce with: selfconnect reproduce 127.0.0.1:50055
    redisFree(context);
  return context;
}

redisContext *dial_again_without_waiting(void) {
  for (;;) {
    redisContext *context = redisConnectNonBlock("127.0.0.1", 50057);
    // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: retried connect() can connect to itself when no server is listening [selfconnect-retry-loop]
    // CHECK-MESSAGES: :[[@LINE-2]]:{{[0-9]+}}: note: reproduce with: selfconnect reproduce 127.0.0.1:50057
    void *reply = redisCommand(context, "PING");
    if (reply)
      return context;
    redisFree(context);
  }
}

// The callback is told of the failure and begins again.
void dial_again_later(void);

static void told(const redisAsyncContext *context, int status) {
  (void)context;
  if (status != REDIS_OK)
    dial_again_later();
}

void dial_again_later(void) {
  redisAsyncContext *context = redisAsyncConnect("127.0.0.1", 50059);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: retried connect() can connect to itself when no server is listening [selfconnect-retry-loop]
  // CHECK-MESSAGES: :[[@LINE-2]]:{{[0-9]+}}: note: reproduce with: selfconnect reproduce 127.0.0.1:50059
  redisAsyncSetConnectCallback(context, told);
}
