// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// No loop at all: a failure arranges for the attempt to be made again later.
//
// RUN: %check_clang_tidy -std=c++11,c++17 %s selfconnect-retry-loop %t -- -- %mock -O0 -fexceptions
// RUN: %check_clang_tidy -std=c++11,c++17 %s selfconnect-retry-loop %t -- -- %mock -O2 -fexceptions
// RUN: %check_clang_tidy -std=c++11 -check-suffixes=,WHY %s selfconnect-retry-loop %t -- \
// RUN:   -config='{CheckOptions: [{key: ExplainSilence, value: true}]}' -- %mock -O0 -fexceptions

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

namespace std {
template <class Callable, class... Args> int bind(Callable, Args...);
}
struct Callback {
  template <class T> Callback(T);
};
namespace Mainloop {
void add_timeout(int ms, Callback callback);
void watch(int fd, Callback callback);
} // namespace Mainloop

namespace boost {
namespace system {
class error_code {
public:
  error_code();
  explicit operator bool() const;
};
} // namespace system
namespace asio {
struct endpoint {};
class basic_socket {
public:
  template <class Handler>
  void async_connect(const endpoint &to, Handler handler);
};
} // namespace asio
} // namespace boost
using error_code = boost::system::error_code;
struct Timer {
  template <class Handler> void async_wait(Handler handler);
};

// mavlink-router: the attempt in one method, its failure in a second, the bind
// expression in a third, the second try in a fourth.
class Bound {
public:
  bool setup() {
    if (!open())
      schedule_reconnect();
    return true;
  }

private:
  bool open() {
    fd = ::socket(AF_INET, SOCK_STREAM, 0);
    if (::connect(fd, reinterpret_cast<sockaddr *>(&address),
        // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: retried connect() can connect to itself when no server is listening
        // CHECK-MESSAGES: :[[@LINE-3]]:10: note: a new socket is created on each iteration
        // CHECK-MESSAGES: note: the loop is here
                  sizeof(address)) < 0) {
      ::close(fd);
      fd = -1;
      return false;
    }
    return true;
  }
  void schedule_reconnect() {
    Mainloop::add_timeout(5000, std::bind(&Bound::retry, this));
  }
  bool retry() { return !open(); }

  int fd;
  sockaddr_in address;
};

// The result of the first call is in a member that the next method tests.
class InAMember {
public:
  void start() {
    dial();
    if (state == Failed)
      Mainloop::add_timeout(1000, [this] { start(); });
  }

private:
  enum State { Idle, Failed, Up };
  void dial() {
    int fd = ::socket(AF_INET, SOCK_STREAM, 0);
    if (::connect(fd, reinterpret_cast<sockaddr *>(&address),
        // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: retried connect()
                  sizeof(address)) == 0) {
      state = Up;
    } else {
      ::close(fd);
      state = Failed;
    }
  }
  State state;
  sockaddr_in address;
};

// SO_ERROR is asked for when the socket is writable.
class Told {
public:
  void start() {
    fd = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    if (::connect(fd, reinterpret_cast<sockaddr *>(&address),
        // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: retried connect()
                  sizeof(address)) < 0 &&
        errno != EINPROGRESS)
      return;
    Mainloop::watch(fd, std::bind(&Told::writable, this));
  }
  void writable() {
    int error = 0;
    socklen_t size = sizeof(error);
    ::getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &size);
    if (error) {
      ::close(fd);
      Mainloop::add_timeout(1000, std::bind(&Told::start, this));
    }
  }

private:
  int fd;
  sockaddr_in address;
};

class Asynchronous {
public:
  void dial() {
    socket.async_connect(server, [this](const error_code &ec) {
      // CHECK-MESSAGES: :[[@LINE-1]]:12: warning: retried connect()
      if (ec)
        timer.async_wait([this](const error_code &) { dial(); });
      else
        connected();
    });
  }
  void connected();

private:
  boost::asio::basic_socket socket;
  boost::asio::endpoint server;
  Timer timer;
};

// --- Silent -----------------------------------------------------------------

class GuardedInAnotherCallback {
public:
  void start() {
    fd = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    if (::connect(fd, reinterpret_cast<sockaddr *>(&address),
    // CHECK-MESSAGES-WHY: :[[@LINE-1]]:9: warning: not reported
    // CHECK-MESSAGES-WHY: :[[@LINE+20]]:9: note: guarded here
                  sizeof(address)) < 0 &&
        errno != EINPROGRESS) {
      Mainloop::add_timeout(1000, std::bind(&GuardedInAnotherCallback::start, this));
      return;
    }
    Mainloop::watch(fd, std::bind(&GuardedInAnotherCallback::writable, this));
  }
  void writable() {
    int error = 0;
    socklen_t size = sizeof(error);
    ::getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &size);
    if (error) {
      retry();
      return;
    }
    sockaddr_in local, peer;
    size = sizeof(local);
    ::getsockname(fd, reinterpret_cast<sockaddr *>(&local), &size);
    ::getpeername(fd, reinterpret_cast<sockaddr *>(&peer), &size);
    if (::memcmp(&local, &peer, sizeof(local)) == 0)
      retry();
    else
      connected();
  }
  void connected();

private:
  void retry() {
    ::close(fd);
    Mainloop::add_timeout(1000, std::bind(&GuardedInAnotherCallback::start, this));
  }
  int fd;
  sockaddr_in address;
};

class GivesUp {
public:
  void dial() {
    socket.async_connect(server, [this](const error_code &ec) {
    // CHECK-MESSAGES-WHY: :[[@LINE-1]]:12: warning: not reported
    // CHECK-MESSAGES-WHY: :[[@LINE+11]]:22: note: nothing is known to call it again
      if (ec)
        failed();
      else
        connected();
    });
  }
  void connected();
  void failed();
  // A connection that was up and broke is another matter.
  void read_on() {
    timer.async_wait([this](const error_code &ec) {
      if (ec)
        dial();
    });
  }

private:
  boost::asio::basic_socket socket;
  boost::asio::endpoint server;
  Timer timer;
};

class OneMoreServer {
public:
  bool start() {
    if (dial(first))
      return true;
    return dial(second);
  }

private:
  bool dial(const sockaddr_in &to) {
    int fd = ::socket(AF_INET, SOCK_STREAM, 0);
    if (::connect(fd, reinterpret_cast<const sockaddr *>(&to), sizeof(to))) {
    // CHECK-MESSAGES-WHY: :[[@LINE-1]]:9: warning: not reported
    // CHECK-MESSAGES-WHY: :[[@LINE-11]]:8: note: nothing is known to call it again
      ::close(fd);
      return false;
    }
    return true;
  }
  sockaddr_in first, second;
};
