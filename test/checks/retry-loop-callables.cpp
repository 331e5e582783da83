// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A loop that is handed what it repeats: by a function pointer, by a
// std::function, by a lambda.
//
// RUN: %check_clang_tidy -std=c++17 %s selfconnect-retry-loop %t -- -- %mock -O0
// RUN: %check_clang_tidy -std=c++17 %s selfconnect-retry-loop %t -- -- %mock -O2
// RUN: %check_clang_tidy -std=c++17 -check-suffixes=,WHY %s selfconnect-retry-loop %t -- \
// RUN:   -config='{CheckOptions: [{key: ExplainSilence, value: true}]}' -- %mock -O0

#include <arpa/inet.h>
#include <unistd.h>

namespace std {
template <class Signature> class function;
template <class R, class... Args> class function<R(Args...)> {
public:
  template <class Callable> function(Callable) {}
  R operator()(Args... args) const;
};
} // namespace std

static int open_and_connect(const sockaddr_in *addr) {
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  if (connect(fd, (const sockaddr *)addr, sizeof(*addr)) < 0) {
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: retried connect()
    // CHECK-MESSAGES: :[[@LINE+9]]:3: note: the loop is here
    close(fd);
    return -1;
  }
  return fd;
}

static int retry_pointer(int tries, int (*attempt)(const sockaddr_in *),
                         const sockaddr_in *addr) {
  while (tries-- > 0) {
    int fd = attempt(addr);
    if (fd >= 0)
      return fd;
    sleep(1);
  }
  return -1;
}
int by_a_pointer(const sockaddr_in *addr) {
  return retry_pointer(10, open_and_connect, addr);
}

static bool retry_function(int tries, const std::function<bool()> &attempt) {
  for (int i = 0; i < tries; i++) {
    if (attempt())
      return true;
    sleep(1);
  }
  return false;
}
bool by_a_function(const sockaddr_in &addr) {
  return retry_function(10, [&] {
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(fd, (const sockaddr *)&addr, sizeof(addr)) < 0) {
      // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: retried connect()
      close(fd);
      return false;
    }
    return true;
  });
}

// --- called once ---------------------------------------------------------------

static bool measure(const std::function<bool()> &attempt) {
  bool ok = attempt();
  sleep(1);
  return ok;
}
bool once(const sockaddr_in &addr) {
  return measure([&] {
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    return connect(fd, (const sockaddr *)&addr, sizeof(addr)) == 0;
    // CHECK-MESSAGES-WHY: :[[@LINE-1]]:12: warning: not reported
    // CHECK-MESSAGES-WHY: :[[@LINE-5]]:6: note: nothing is known to call it again
  });
}
