// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A handler that goes on to the next address, which it is handed by value, is no
// retry; one that goes to the same again is.
//
// RUN: %check_clang_tidy -std=c++17 %s selfconnect-retry-loop %t -- -- %mock -O0
// RUN: %check_clang_tidy -std=c++17 %s selfconnect-retry-loop %t -- -- %mock -O2

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
struct endpoint {};
struct basic_endpoint_iterator {
  const endpoint *operator->() const;
  const endpoint &operator*() const;
  basic_endpoint_iterator &operator++();
  bool operator==(const basic_endpoint_iterator &) const;
};
class basic_socket {
public:
  template <class Handler>
  void async_connect(const endpoint &to, Handler handler);
  void close();
};
} // namespace asio
struct placeholder {};
template <class Function, class... Arguments>
struct bound {
  template <class... Given> void operator()(Given... given);
};
template <class Function, class... Arguments>
bound<Function, Arguments...> bind(Function function, Arguments... arguments);
} // namespace boost
using error_code = boost::system::error_code;
using iterator = boost::asio::basic_endpoint_iterator;
using socket_type = boost::asio::basic_socket;

// The handler is handed the place by value, and goes on from there.
class ByBind {
public:
  void go(iterator at) {
    if (at == end_)
      return socket_.close();
    socket_.async_connect(*at, boost::bind(&ByBind::done, this, boost::placeholder(), at));
  }
  void done(const error_code &error, iterator at) {
    if (error) {
      socket_.close();
      go(++at);
    }
  }

private:
  socket_type socket_;
  iterator end_;
};

class ByLambda {
public:
  void go(iterator at) {
    if (at == end_)
      return;
    socket_.async_connect(*at, [this, at](const error_code &error) mutable {
      if (error) {
        socket_.close();
        go(++at);
      }
    });
  }

private:
  socket_type socket_;
  iterator end_;
};

class ByIndex {
public:
  void go(unsigned at) {
    if (at >= count_)
      return;
    socket_.async_connect(list_[at], [this, at](const error_code &error) {
      if (error)
        go(at + 1);
    });
  }

private:
  socket_type socket_;
  boost::asio::endpoint *list_;
  unsigned count_;
};

class ByNumber {
public:
  void go(unsigned at) {
    if (at >= count_)
      return;
    socket_.async_connect(list_[at], boost::bind(&ByNumber::done, this, boost::placeholder(), at));
  }
  void done(const error_code &error, unsigned at) {
    unsigned next = at + 1;
    if (error)
      go(next);
  }

private:
  socket_type socket_;
  boost::asio::endpoint *list_;
  unsigned count_;
};

class ByMember {
public:
  void go() {
    if (at_ == end_)
      return;
    socket_.async_connect(*at_, [this](const error_code &error) { done(error); });
  }
  void done(const error_code &error) {
    if (error) {
      ++at_;
      go();
    }
  }

private:
  socket_type socket_;
  iterator at_, end_;
};

// --- the same place again -----------------------------------------------------------

class AgainByLambda {
public:
  void go(iterator at) {
    socket_.async_connect(*at, [this, at](const error_code &error) {
    // CHECK-MESSAGES: :[[@LINE-1]]:13: warning: retried connect()
      if (error) {
        socket_.close();
        go(at);
      }
    });
  }

private:
  socket_type socket_;
};

class AgainWithCounter {
public:
  void go(boost::asio::endpoint to, int tries) {
    socket_.async_connect(to, boost::bind(&AgainWithCounter::done, this, boost::placeholder(), to, tries));
    // CHECK-MESSAGES: :[[@LINE-1]]:13: warning: retried connect()
  }
  void done(const error_code &error, boost::asio::endpoint to, int tries) {
    if (error)
      go(to, ++tries);
  }

private:
  socket_type socket_;
};

class AgainByIndex {
public:
  void go(unsigned at) {
    socket_.async_connect(list_[at], [this, at](const error_code &error) {
    // CHECK-MESSAGES: :[[@LINE-1]]:13: warning: retried connect()
      if (error) {
        ++tries_;
        go(at);
      }
    });
  }

private:
  socket_type socket_;
  boost::asio::endpoint *list_;
  unsigned tries_;
};
