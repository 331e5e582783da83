// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Coroutines: what co_return says of the failure, co_await hands to the loop.
//
// REQUIRES: llvm-16-or-later
// RUN: %check_clang_tidy -std=c++20 %s selfconnect-retry-loop %t
// RUN: %check_clang_tidy -std=c++20 -check-suffixes=,WHY %s selfconnect-retry-loop %t -- \
// RUN:   -config='{CheckOptions: [{key: ExplainSilence, value: true}]}' --

#include <coroutine>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>
struct Task {
  struct promise_type {
    Task get_return_object(); std::suspend_never initial_suspend(); std::suspend_never final_suspend() noexcept;
    void return_value(bool); void unhandled_exception();
  };
  bool await_ready(); void await_suspend(std::coroutine_handle<>); bool await_resume();
};
static Task dial(int fd, const sockaddr *a, socklen_t n) {
  if (connect(fd, a, n) < 0)
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: retried connect() can connect to itself when no server is listening
    // CHECK-MESSAGES: :[[@LINE+5]]:3: note: the loop is here
    co_return false;
  co_return true;
}
Task awaited_in_a_loop(int fd, const sockaddr *a, socklen_t n) {
  while (!co_await dial(fd, a, n))
    sleep(1);
  co_return true;
}

Task a_loop_of_its_own(int fd, const sockaddr *a, socklen_t n) {
  while (connect(fd, a, n) < 0)
    // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: retried connect()
    sleep(1);
  co_return true;
}

// --- Silent -----------------------------------------------------------------

static Task dial_once(int fd, const sockaddr *a, socklen_t n) {
  if (connect(fd, a, n) < 0)
  // CHECK-MESSAGES-WHY: :[[@LINE-1]]:7: warning: not reported
  // CHECK-MESSAGES-WHY: :[[@LINE+5]]:10: note: failure leaves the loop here
    co_return false;
  co_return true;
}
Task failure_leaves(int fd, const sockaddr *a, socklen_t n) {
  while (co_await dial_once(fd, a, n))
    sleep(1);
  co_return false;
}
