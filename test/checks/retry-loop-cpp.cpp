// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Retry loops as C++ writes them, and what only looks like one.
//
// RUN: %check_clang_tidy -std=c++11,c++17,c++20 %s selfconnect-retry-loop %t -- -- %mock -O0 -fexceptions
// RUN: %check_clang_tidy -std=c++11,c++17,c++20 %s selfconnect-retry-loop %t -- -- %mock -O2 -fexceptions
// RUN: %check_clang_tidy -std=c++11 -check-suffixes=,WHY %s selfconnect-retry-loop %t -- \
// RUN:   -config='{CheckOptions: [{key: ExplainSilence, value: true}]}' -- %mock -O0 -fexceptions

#include <arpa/inet.h>
#include <errno.h>
#include <unistd.h>

struct Refused {};
struct Delays {
  const int *begin() const;
  const int *end() const;
};

int range_for(const Delays &delays) {
  sockaddr_in addr{};
  addr.sin_family = AF_INET;
  addr.sin_port = htons(33334);
  addr.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  for (int delay : delays) {
    int fd = ::socket(AF_INET, SOCK_STREAM, 0);
    if (::connect(fd, reinterpret_cast<sockaddr *>(&addr), sizeof(addr)) == 0)
      // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: retried connect() can connect to itself when no server is listening [selfconnect-retry-loop]
      return fd;
    ::close(fd);
    ::sleep(delay);
  }
  return -1;
}

class Client {
public:
  explicit Client(const sockaddr *addr, socklen_t size) {
    while (::connect(Fd, addr, size) != 0)
      // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: retried connect() can connect to itself
      ::sleep(1);
  }
  bool member_socket(const sockaddr *addr, socklen_t size) {
    do {
      Fd = ::socket(AF_INET, SOCK_STREAM, 0);
      if (::connect(Fd, addr, size) == 0)
        // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: retried connect() can connect to itself
        return true;
      ::close(Fd);
    } while (Running);
    return false;
  }
  bool member_address() {
    while (Running) {
      int fd = ::socket(AF_INET, SOCK_STREAM, 0);
      if (::connect(fd, reinterpret_cast<sockaddr *>(&Address),
                    // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: retried connect() can connect to itself
                    sizeof(Address)) == 0)
        return true;
      ::close(fd);
    }
    return false;
  }
  // Only the name is that of the system call.
  int connect(int, const sockaddr *, socklen_t);
  void own_method(const sockaddr *addr, socklen_t size) {
    while (connect(Fd, addr, size) < 0)
      ::sleep(1);
  }

private:
  int Fd = -1;
  bool Running = true;
  sockaddr_in Address{};
};

void lambda(int fd, const sockaddr *addr, socklen_t size) {
  auto dial = [&] {
    while (::connect(fd, addr, size) < 0)
      // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: retried connect() can connect to itself
      ::sleep(1);
  };
  dial();
}

template <typename Wait> void function_template(int fd, const sockaddr *addr, socklen_t size, Wait wait) {
  while (::connect(fd, addr, size) < 0)
    // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: retried connect() can connect to itself
    wait();
}
void instantiate(int fd, const sockaddr *addr, socklen_t size) {
  function_template(fd, addr, size, [] { ::sleep(1); });
  function_template(fd, addr, size, [] { ::usleep(1); });
}

int throws_on_failure(const sockaddr *addr, socklen_t size) {
  for (;;) {
    int fd = ::socket(AF_INET, SOCK_STREAM, 0);
    if (::connect(fd, addr, size) < 0)
    // CHECK-MESSAGES-WHY: :[[@LINE-1]]:9: warning: not reported
    // CHECK-MESSAGES-WHY: :[[@LINE+1]]:7: note: failure leaves the loop here
      throw Refused();
    ::close(fd);
  }
}

int throws_and_catches_outside(const sockaddr *addr, socklen_t size) {
  try {
    for (;;) {
      int fd = ::socket(AF_INET, SOCK_STREAM, 0);
      if (::connect(fd, addr, size) < 0)
      // CHECK-MESSAGES-WHY: :[[@LINE-1]]:11: warning: not reported
      // CHECK-MESSAGES-WHY: :[[@LINE+1]]:9: note: failure leaves the loop here
        throw Refused();
      ::close(fd);
    }
  } catch (const Refused &) {
    return -1;
  }
}

namespace other {
int connect(int, int, int);
int attempts(int fd) {
  while (connect(fd, 33334, 0) < 0)
    ::sleep(1);
  return fd;
}
} // namespace other

// connect() is not called in the loop that makes the closure.
int closures_are_not_calls(const sockaddr *addr, socklen_t size) {
  int made = 0;
  while (made < 10) {
    auto dial = [&](int fd) { return ::connect(fd, addr, size); };
    // CHECK-MESSAGES-WHY: :[[@LINE-1]]:38: warning: not reported
    // CHECK-MESSAGES-WHY: :[[@LINE-2]]:17: note: nothing is known to call it again
    (void)dial;
    made++;
  }
  return made;
}
