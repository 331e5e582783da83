// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What came of the attempt may be told by a record that a small function or a
// constructor makes, and a socket that is made further on is a new one.
//
// RUN: %check_clang_tidy -std=c++17 %s selfconnect-retry-loop %t
// RUN: %check_clang_tidy -std=c++17 -check-suffixes=,WHY %s selfconnect-retry-loop %t -- \
// RUN:   -config='{CheckOptions: [{key: ExplainSilence, value: true}]}' --

#include <sys/socket.h>
#include <tuple>
#include <unistd.h>
#include <utility>
#include <variant>
static int make() { return socket(AF_INET, SOCK_STREAM, 0); }
class Result {
  bool ok_;
  int fd_;

public:
  Result(const bool &ok, const int &fd) : ok_(ok), fd_(fd) {}
  static Result failure() { return Result(false, -1); }
  bool ok() const { return ok_; }
};
static Result by_a_factory(const sockaddr *a, socklen_t n) {
  int s = make();
  if (connect(s, a, n) == 0)
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: retried connect()
    // CHECK-MESSAGES: :[[@LINE-2]]:7: note: reproduce with: selfconnect reproduce HOST:PORT --socket=new
    return Result(true, s);
  close(s);
  return Result::failure();
}
void round_a_factory(const sockaddr *a, socklen_t n) {
  while (!by_a_factory(a, n).ok())
    sleep(1);
}
static std::pair<bool, int> by_a_pair(int s, const sockaddr *a, socklen_t n) {
  if (connect(s, a, n) == 0)
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: retried connect()
    return std::make_pair(true, s);
  return {false, -1};
}
void round_a_pair(int s, const sockaddr *a, socklen_t n) {
  for (;;) {
    auto [ok, fd] = by_a_pair(s, a, n);
    if (ok)
      return;
    sleep(1);
  }
}
static std::tuple<bool, int> by_a_tuple(int s, const sockaddr *a, socklen_t n) {
  if (connect(s, a, n) == 0)
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: retried connect()
    return {true, s};
  return {false, -1};
}
void round_a_tuple(int s, const sockaddr *a, socklen_t n) {
  bool ok = false;
  int fd = -1;
  while (!ok) {
    std::tie(ok, fd) = by_a_tuple(s, a, n);
    sleep(1);
  }
}
struct Link {};
struct Failure {};
static std::variant<Link, Failure> by_a_variant(int s, const sockaddr *a, socklen_t n) {
  if (connect(s, a, n) == 0)
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: retried connect()
    return Link{};
  return Failure{};
}
void round_a_variant(int s, const sockaddr *a, socklen_t n) {
  for (;;) {
    auto result = by_a_variant(s, a, n);
    if (std::holds_alternative<Link>(result))
      return;
    sleep(1);
  }
}

// --- Silent: failure leaves the loop ------------------------------------------

static std::pair<bool, int> pair_that_leaves(int s, const sockaddr *a, socklen_t n) {
  if (connect(s, a, n) == 0)
  // CHECK-MESSAGES-WHY: :[[@LINE-1]]:7: warning: not reported
  // CHECK-MESSAGES-WHY: :[[@LINE+8]]:7: note: failure leaves the loop here
    return {true, s};
  return {false, -1};
}
void leaves_by_a_pair(int s, const sockaddr *a, socklen_t n) {
  for (;;) {
    auto result = pair_that_leaves(s, a, n);
    if (!result.first)
      return;
    sleep(1);
  }
}
static Result factory_that_leaves(int s, const sockaddr *a, socklen_t n) {
  if (connect(s, a, n) == 0)
  // CHECK-MESSAGES-WHY: :[[@LINE-1]]:7: warning: not reported
  // CHECK-MESSAGES-WHY: :[[@LINE+5]]:10: note: failure leaves the loop here
    return Result(true, s);
  return Result::failure();
}
void leaves_by_a_factory(int s, const sockaddr *a, socklen_t n) {
  while (factory_that_leaves(s, a, n).ok())
    sleep(1);
}
