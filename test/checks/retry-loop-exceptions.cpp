// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A failure that is thrown, and the loop that catches it. An exception that
// nobody catches inside of the loop leaves it.
//
// RUN: %check_clang_tidy -std=c++11,c++17 %s selfconnect-retry-loop %t -- -- %mock -O0 -fexceptions
// RUN: %check_clang_tidy -std=c++11,c++17 %s selfconnect-retry-loop %t -- -- %mock -O2 -fexceptions
// RUN: %check_clang_tidy -std=c++11 -check-suffixes=,WHY %s selfconnect-retry-loop %t -- \
// RUN:   -config='{CheckOptions: [{key: ExplainSilence, value: true}]}' -- %mock -O0 -fexceptions

#include <arpa/inet.h>
#include <unistd.h>

struct Error {};
struct Refused : Error {};
struct Other {};

int thrown_and_caught_in_one_loop(const sockaddr *addr, socklen_t size) {
  for (;;) {
    try {
      int fd = ::socket(AF_INET, SOCK_STREAM, 0);
      if (::connect(fd, addr, size) < 0)
        // CHECK-MESSAGES: :[[@LINE-1]]:11: warning: retried connect() can connect to itself when no server is listening
        // CHECK-MESSAGES: :[[@LINE-3]]:16: note: a new socket is created on each iteration
        // CHECK-MESSAGES: :[[@LINE-6]]:3: note: the loop is here
        throw Refused();
      return fd;
    } catch (const Error &) {
      ::sleep(1);
      continue;
    }
  }
}

class Connection {
public:
  Connection(const sockaddr *addr, socklen_t size) {
    Fd = ::socket(AF_INET, SOCK_STREAM, 0);
    if (::connect(Fd, addr, size) != 0) {
      // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: retried connect()
      // CHECK-MESSAGES: :[[@LINE+11]]:3: note: the loop is here
      ::close(Fd);
      throw Refused();
    }
  }
  void work();

private:
  int Fd;
};
void a_constructor_throws(const sockaddr *addr, socklen_t size) {
  while (true) {
    try {
      Connection connection(addr, size);
      connection.work();
      return;
    } catch (...) {
      ::sleep(1);
    }
  }
}

static int dial_or_throw(const sockaddr *addr, socklen_t size) {
  int fd = ::socket(AF_INET, SOCK_STREAM, 0);
  if (::connect(fd, addr, size) != 0)
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: retried connect()
    throw Refused();
  return fd;
}
static int in_between(const sockaddr *addr, socklen_t size) {
  return dial_or_throw(addr, size);
}
int through_a_function_that_does_not_care(const sockaddr *addr,
                                          socklen_t size) {
  int fd = -1;
  bool connected = false;
  while (!connected) {
    try {
      fd = in_between(addr, size);
      connected = true;
    } catch (const Refused &) {
      ::sleep(1);
    }
  }
  return fd;
}

static int dial_and_rethrow(const sockaddr *addr, socklen_t size) {
  try {
    int fd = ::socket(AF_INET, SOCK_STREAM, 0);
    if (::connect(fd, addr, size) != 0)
      // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: retried connect()
      throw Refused();
    return fd;
  } catch (const Error &) {
    throw;
  }
}
int rethrown_to_the_loop(const sockaddr *addr, socklen_t size) {
  for (;;)
    try {
      return dial_and_rethrow(addr, size);
    } catch (const Refused &) {
      ::sleep(1);
    }
}

int retried_from_the_handler(const sockaddr *addr, socklen_t size) {
  int fd = ::socket(AF_INET, SOCK_STREAM, 0);
again:
  try {
    if (::connect(fd, addr, size) != 0)
      // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: retried connect()
      throw Refused();
  } catch (const Error &) {
    goto again;
  }
  return fd;
}

// --- Silent -----------------------------------------------------------------

int the_handler_rethrows(const sockaddr *addr, socklen_t size) {
  for (;;) {
    try {
      int fd = ::socket(AF_INET, SOCK_STREAM, 0);
      if (::connect(fd, addr, size) < 0)
      // CHECK-MESSAGES-WHY: :[[@LINE-1]]:11: warning: not reported
      // CHECK-MESSAGES-WHY: :[[@LINE+1]]:9: note: failure leaves the loop here
        throw Refused();
      ::close(fd);
    } catch (const Error &) {
      throw;
    }
  }
}

int the_handler_leaves(const sockaddr *addr, socklen_t size) {
  for (;;) {
    try {
      int fd = ::socket(AF_INET, SOCK_STREAM, 0);
      if (::connect(fd, addr, size) < 0)
      // CHECK-MESSAGES-WHY: :[[@LINE-1]]:11: warning: not reported
      // CHECK-MESSAGES-WHY: :[[@LINE+1]]:9: note: failure leaves the loop here
        throw Refused();
      ::close(fd);
    } catch (const Error &) {
      return -1;
    }
  }
}

int another_type_is_caught(const sockaddr *addr, socklen_t size) {
  for (;;) {
    try {
      int fd = ::socket(AF_INET, SOCK_STREAM, 0);
      if (::connect(fd, addr, size) < 0)
      // CHECK-MESSAGES-WHY: :[[@LINE-1]]:11: warning: not reported
      // CHECK-MESSAGES-WHY: :[[@LINE+1]]:9: note: failure leaves the loop here
        throw Refused();
      ::close(fd);
    } catch (const Other &) {
      ::sleep(1);
    }
  }
}

int the_first_handler_that_fits_takes_it(const sockaddr *addr,
                                         socklen_t size) {
  for (;;) {
    try {
      int fd = ::socket(AF_INET, SOCK_STREAM, 0);
      if (::connect(fd, addr, size) < 0)
      // CHECK-MESSAGES-WHY: :[[@LINE-1]]:11: warning: not reported
      // CHECK-MESSAGES-WHY: :[[@LINE+4]]:7: note: failure leaves the loop here
        throw Refused();
      ::close(fd);
    } catch (const Error &) {
      return -1;
    } catch (...) {
      ::sleep(1);
    }
  }
}

static int dial_or_throw_once(const sockaddr *addr, socklen_t size) {
  int fd = ::socket(AF_INET, SOCK_STREAM, 0);
  if (::connect(fd, addr, size) != 0)
  // CHECK-MESSAGES-WHY: :[[@LINE-1]]:7: warning: not reported
  // CHECK-MESSAGES-WHY: :[[@LINE+8]]:5: note: failure leaves the loop here
    throw Refused();
  return fd;
}
void nobody_catches_it_in_the_loop(const sockaddr *addr, socklen_t size) {
  try {
    for (;;)
      ::close(dial_or_throw_once(addr, size));
  } catch (const Refused &) {
  }
}

static int throws_when_it_met_itself(const sockaddr_in *addr) {
  sockaddr_in local, peer;
  socklen_t size = sizeof(local);
  int fd = ::socket(AF_INET, SOCK_STREAM, 0);
  if (::connect(fd, reinterpret_cast<const sockaddr *>(addr), sizeof(*addr)))
  // CHECK-MESSAGES-WHY: :[[@LINE-1]]:7: warning: not reported
  // CHECK-MESSAGES-WHY: :[[@LINE+4]]:7: note: guarded here
    throw Refused();
  ::getsockname(fd, reinterpret_cast<sockaddr *>(&local), &size);
  ::getpeername(fd, reinterpret_cast<sockaddr *>(&peer), &size);
  if (local.sin_port == peer.sin_port)
    throw Refused();
  return fd;
}
int the_guard_throws(const sockaddr_in *addr) {
  for (;;)
    try {
      return throws_when_it_met_itself(addr);
    } catch (const Refused &) {
      ::sleep(1);
    }
}
