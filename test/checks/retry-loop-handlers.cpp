// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Handlers that hand on what they are told, and guards in handlers: a guard
// counts where it is in the way of that attempt's success.
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

namespace boost {
namespace system {
class error_code {
public:
  error_code();
  explicit operator bool() const;
};
} // namespace system
namespace asio {
struct endpoint {
  bool operator==(const endpoint &) const;
};
class basic_socket {
public:
  template <class Handler>
  void async_connect(const endpoint &to, Handler handler);
  endpoint local_endpoint() const;
  endpoint remote_endpoint() const;
  void close();
};
} // namespace asio
} // namespace boost
using error_code = boost::system::error_code;
struct Timer {
  template <class Handler> void async_wait(Handler handler);
};
struct Acceptor {
  template <class Handler> void async_accept(Handler handler);
};
struct Loop {
  template <class Callable> void watch(int fd, Callable callable);
  template <class Callable> void runAfter(double seconds, Callable callable);
};

// The handler only hands the error on.
class Forwards {
public:
  void dial() {
    socket.async_connect(server, [this](const error_code &ec) { onConnect(ec); });
    // CHECK-MESSAGES: :[[@LINE-1]]:12: warning: retried connect()
  }
  void onConnect(const error_code &ec) {
    if (ec)
      onFailure();
    else
      connected();
  }
  void onFailure() {
    timer.async_wait([this](const error_code &) { dial(); });
  }
  void connected();

private:
  boost::asio::basic_socket socket;
  boost::asio::endpoint server;
  Timer timer;
};

// ... under another name.
class ForwardsAsNumber {
public:
  void dial() {
    socket.async_connect(server, [this](const error_code &ec) { done(bool(ec)); });
    // CHECK-MESSAGES: :[[@LINE-1]]:12: warning: retried connect()
  }
  void done(int failure) {
    if (failure)
      timer.async_wait([this](const error_code &) { dial(); });
  }

private:
  boost::asio::basic_socket socket;
  boost::asio::endpoint server;
  Timer timer;
};

// The accepted socket is compared; the one that dials is not.
class GuardsAnotherSocket {
public:
  void dial() {
    socket.async_connect(server, [this](const error_code &ec) {
      // CHECK-MESSAGES: :[[@LINE-1]]:12: warning: retried connect()
      if (ec)
        timer.async_wait([this](const error_code &) { dial(); });
    });
  }
  void listen() {
    acceptor.async_accept([this](const error_code &) {
      if (peer.local_endpoint() == peer.remote_endpoint())
        peer.close();
    });
  }

private:
  boost::asio::basic_socket socket, peer;
  boost::asio::endpoint server;
  Timer timer;
  Acceptor acceptor;
};

// Of two sockets of one class, one is guarded.
class GuardsOneOfTwo {
public:
  void dialFirst() {
    first = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    if (::connect(first, reinterpret_cast<sockaddr *>(&server),
    // CHECK-MESSAGES-WHY: :[[@LINE-1]]:9: warning: not reported
    // CHECK-MESSAGES-WHY: :[[@LINE+26]]:9: note: guarded here
                  sizeof(server)) < 0 &&
        errno != EINPROGRESS) {
      ::close(first);
      loop.runAfter(1, [this] { dialFirst(); });
      return;
    }
    loop.watch(first, [this] { firstIsUp(); });
  }
  void dialSecond() {
    second = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    if (::connect(second, reinterpret_cast<sockaddr *>(&server),
        // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: retried connect()
                  sizeof(server)) < 0 &&
        errno != EINPROGRESS) {
      ::close(second);
      loop.runAfter(1, [this] { dialSecond(); });
      return;
    }
    loop.watch(second, [this] { secondIsUp(); });
  }
  void firstIsUp() {
    sockaddr_in local, peer;
    socklen_t size = sizeof(local);
    ::getsockname(first, reinterpret_cast<sockaddr *>(&local), &size);
    ::getpeername(first, reinterpret_cast<sockaddr *>(&peer), &size);
    if (::memcmp(&local, &peer, sizeof(local)) == 0)
      ::close(first);
  }
  void secondIsUp();

private:
  int first, second;
  sockaddr_in server;
  Loop loop;
};

// What may fail behind a connection is set aside: the periodic job is arranged
// by the refusal.
class FailsBehindToo {
public:
  void setup() {
    if (!open())
      loop.runAfter(5, [this] { setup(); });
  }
  bool open() {
    fd = ::socket(AF_INET, SOCK_STREAM, 0);
    if (::connect(fd, reinterpret_cast<sockaddr *>(&server), sizeof(server)) < 0)
      // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: retried connect()
      goto fail;
    if (::fcntl(fd, F_SETFL, O_NONBLOCK) < 0)
      goto fail;
    return true;
  fail:
    ::close(fd);
    return false;
  }

private:
  int fd;
  sockaddr_in server;
  Loop loop;
};

// A condition inside of a try need not hold behind it.
int behind_a_try(bool wanted, const sockaddr *to, socklen_t size) {
  for (;;) {
    int fd = ::socket(AF_INET, SOCK_STREAM, 0);
    bool again = true;
    try {
      if (wanted)
        throw 1;
    } catch (int) {
      again = true;
    }
    if (::connect(fd, to, size) == 0)
      // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: retried connect()
      return fd;
    ::close(fd);
    if (!wanted || !again)
      return -1;
  }
}

// It asks for the name as well, but only to tell it.
class TellsItsNameWhereItIsHandedOn {
public:
  void dial() {
    socket.async_connect(server, [this](const error_code &ec) { onConnect(ec); });
    // CHECK-MESSAGES: :[[@LINE-1]]:12: warning: retried connect()
  }
  void onConnect(const error_code &ec) {
    tell(socket.local_endpoint());
    if (ec)
      timer.async_wait([this](const error_code &) { dial(); });
    else
      connected();
  }
  void connected();
  void tell(const boost::asio::endpoint &);

private:
  boost::asio::basic_socket socket;
  boost::asio::endpoint server;
  Timer timer;
};

// --- Silent -----------------------------------------------------------------

// The function that the handler hands the error on to guards.
class GuardsWhereItIsHandedOn {
public:
  void dial() {
    socket.async_connect(server, [this](const error_code &ec) { onConnect(ec); });
    // CHECK-MESSAGES-WHY: :[[@LINE-1]]:12: warning: not reported
    // CHECK-MESSAGES-WHY: :[[@LINE+3]]:15: note: guarded here
  }
  void onConnect(const error_code &ec) {
    if (ec || socket.local_endpoint() == socket.remote_endpoint()) {
      socket.close();
      timer.async_wait([this](const error_code &) { dial(); });
      return;
    }
    connected();
  }
  void connected();

private:
  boost::asio::basic_socket socket;
  boost::asio::endpoint server;
  Timer timer;
};

// A failure that is handed on and ends there.
class ForwardsAndGivesUp {
public:
  void dial() {
    socket.async_connect(server, [this](const error_code &ec) { onConnect(ec); });
    // CHECK-MESSAGES-WHY: :[[@LINE-1]]:12: warning: not reported
    // CHECK-MESSAGES-WHY: :[[@LINE-3]]:8: note: nothing is known to call it again
  }
  void onConnect(const error_code &ec) {
    if (ec)
      failed();
    else
      timer.async_wait([this](const error_code &) { connected(); });
  }
  void failed();
  void connected();

private:
  boost::asio::basic_socket socket;
  boost::asio::endpoint server;
  Timer timer;
};
