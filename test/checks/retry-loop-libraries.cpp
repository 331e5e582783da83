// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Calls of libraries as attempts: by a null pointer, by false, by an error
// code, by a number, or by an exception.
//
// RUN: %check_clang_tidy -std=c++11,c++17 %s selfconnect-retry-loop %t -- -- %mock -O0 -fexceptions
// RUN: %check_clang_tidy -std=c++11,c++17 %s selfconnect-retry-loop %t -- -- %mock -O2 -fexceptions
// RUN: %check_clang_tidy -std=c++11 -check-suffixes=,WHY %s selfconnect-retry-loop %t -- \
// RUN:   -config='{CheckOptions: [{key: ExplainSilence, value: true}]}' -- %mock -O0 -fexceptions

extern "C" {
unsigned sleep(unsigned);
struct redisContext {
  int err;
};
redisContext *redisConnect(const char *ip, int port);
void redisFree(redisContext *c);
struct modbus_t;
modbus_t *modbus_new_tcp(const char *ip_address, int port);
int modbus_connect(modbus_t *ctx);
}

namespace boost {
namespace system {
class error_code {
public:
  error_code();
  explicit operator bool() const;
  int value() const;
};
} // namespace system
namespace asio {
struct io_context {};
struct address {};
namespace ip {
struct endpoint {
  bool operator==(const endpoint &) const;
  bool operator!=(const endpoint &) const;
};
} // namespace ip
class basic_socket {
public:
  explicit basic_socket(io_context &);
  void connect(const ip::endpoint &e);
  system::error_code connect(const ip::endpoint &e, system::error_code &ec);
  void close();
  ip::endpoint local_endpoint() const;
  ip::endpoint remote_endpoint() const;
};
} // namespace asio
} // namespace boost
namespace asio = boost::asio;
using error_code = boost::system::error_code;

namespace Poco {
namespace Net {
class SocketAddress {
public:
  SocketAddress(const char *hostAddress, unsigned short portNumber);
};
class StreamSocket {
public:
  StreamSocket();
  explicit StreamSocket(const SocketAddress &address);
  void connect(const SocketAddress &address);
};
} // namespace Net
} // namespace Poco
using Poco::Net::SocketAddress;
using Poco::Net::StreamSocket;

namespace sf {
class Socket {
public:
  enum Status { Done, NotReady, Partial, Disconnected, Error };
};
class TcpSocket : public Socket {
public:
  Status connect(const char *remoteAddress, unsigned short remotePort);
};
} // namespace sf

redisContext *null_or_an_error() {
  redisContext *c;
  while (true) {
    c = redisConnect("127.0.0.1", 33334);
    // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: retried connect() can connect to itself when no server is listening
    // CHECK-MESSAGES: :[[@LINE-2]]:9: note: a new socket is created on each iteration
    // CHECK-MESSAGES: :[[@LINE-3]]:35: note: port 33334 comes from here
    // CHECK-MESSAGES: :[[@LINE-5]]:3: note: the loop is here
    // CHECK-MESSAGES: note: port 33334 is inside the ephemeral port range
    // CHECK-MESSAGES: note: about 22 % per hour without a server, at one try per second
    // CHECK-MESSAGES: note: reproduce with: selfconnect reproduce 127.0.0.1:33334 --socket=new
    if (c && !c->err)
      return c;
    redisFree(c);
    sleep(1);
  }
}

void an_error_code(asio::io_context &io, const asio::ip::endpoint &server) {
  error_code ec;
  do {
    asio::basic_socket socket(io);
    socket.connect(server, ec);
    // CHECK-MESSAGES: :[[@LINE-1]]:12: warning: retried connect()
    // CHECK-MESSAGES: :[[@LINE-3]]:24: note: a new socket is created on each iteration
    // CHECK-MESSAGES: :[[@LINE-5]]:3: note: the loop is here
  } while (ec);
}

void an_exception(asio::basic_socket &socket, const asio::ip::endpoint &e) {
  for (;;) {
    try {
      socket.connect(e);
      // CHECK-MESSAGES: :[[@LINE-1]]:14: warning: retried connect()
      // CHECK-MESSAGES: :[[@LINE-2]]:7: note: the same socket is connected again
      return;
    } catch (...) {
      sleep(1);
    }
  }
}

void a_constructor() {
  while (true) {
    try {
      StreamSocket socket(SocketAddress("localhost", 50051));
      // CHECK-MESSAGES: :[[@LINE-1]]:20: warning: retried connect()
      // CHECK-MESSAGES: note: reproduce with: selfconnect reproduce 127.0.0.1:50051 --socket=new
      break;
    } catch (...) {
      sleep(1);
    }
  }
}

bool an_enum(sf::TcpSocket &socket) {
  while (socket.connect("127.0.0.1", 50052) != sf::Socket::Done)
    // CHECK-MESSAGES: :[[@LINE-1]]:17: warning: retried connect()
    // CHECK-MESSAGES: :[[@LINE-2]]:10: note: a new socket is created on each iteration
    // CHECK-MESSAGES: note: reproduce with: selfconnect reproduce 127.0.0.1:50052 --socket=new
    sleep(1);
  return true;
}

static int connect_once(modbus_t *ctx) {
  return modbus_connect(ctx);
  // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: retried connect()
  // CHECK-MESSAGES: :[[@LINE-2]]:10: note: a new socket is created on each iteration
}
void a_new_socket_in_a_helper_for_the_same_object() {
  modbus_t *ctx = modbus_new_tcp("127.0.0.1", 50053);
  while (connect_once(ctx) == -1)
    sleep(1);
}

static bool dial(asio::basic_socket &socket, const asio::ip::endpoint &e) {
  error_code ec;
  socket.connect(e, ec);
  // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: retried connect()
  return !ec;
}
void through_a_helper(asio::basic_socket &socket,
                      const asio::ip::endpoint &e) {
  while (!dial(socket, e))
    sleep(1);
}

// --- Silent -----------------------------------------------------------------

redisContext *a_port_outside_of_the_range() {
  while (true) {
    redisContext *c = redisConnect("127.0.0.1", 6379);
    // CHECK-MESSAGES-WHY: :[[@LINE-1]]:23: warning: not reported
    // CHECK-MESSAGES-WHY: :[[@LINE-2]]:49: note: port 6379 is outside the range 32768-60999; it comes from here
    if (c && !c->err)
      return c;
    redisFree(c);
    sleep(1);
  }
}

redisContext *another_host() {
  while (true) {
    redisContext *c = redisConnect("192.0.2.1", 33334);
    // CHECK-MESSAGES-WHY: :[[@LINE-1]]:23: warning: not reported
    // CHECK-MESSAGES-WHY: :[[@LINE-2]]:23: note: another host, 192.0.2.1
    if (c && !c->err)
      return c;
    redisFree(c);
    sleep(1);
  }
}

redisContext *failure_leaves() {
  for (int i = 0; i < 10; ++i) {
    redisContext *c = redisConnect("127.0.0.1", 33334);
    // CHECK-MESSAGES-WHY: :[[@LINE-1]]:23: warning: not reported
    // CHECK-MESSAGES-WHY: :[[@LINE-3]]:3: note: success drives this loop as well
    if (!c)
      return nullptr;
    redisFree(c);
  }
  return nullptr;
}

void an_exception_leaves(asio::basic_socket &socket,
                         const asio::ip::endpoint &e) {
  for (;;) {
    socket.connect(e);
    // CHECK-MESSAGES-WHY: :[[@LINE-1]]:12: warning: not reported
    // CHECK-MESSAGES-WHY: :[[@LINE-2]]:5: note: failure leaves the loop here
    sleep(1);
  }
}

void a_walk(asio::basic_socket &socket, const asio::ip::endpoint *servers,
            int count) {
  error_code ec;
  for (int i = 0; i < count; ++i) {
    socket.connect(servers[i], ec);
    // CHECK-MESSAGES-WHY: :[[@LINE-1]]:12: warning: not reported
    // CHECK-MESSAGES-WHY: :[[@LINE-3]]:30: note: the destination advances here
    if (!ec)
      return;
  }
}

void compares_the_endpoints(asio::basic_socket &socket,
                            const asio::ip::endpoint &e) {
  for (;;) {
    error_code ec;
    socket.connect(e, ec);
    // CHECK-MESSAGES-WHY: :[[@LINE-1]]:12: warning: not reported
    // CHECK-MESSAGES-WHY: :[[@LINE+2]]:11: note: guarded here
    if (!ec) {
      if (socket.local_endpoint() != socket.remote_endpoint())
        return;
      socket.close();
    }
    sleep(1);
  }
}

void rejects_by_throwing(asio::basic_socket &socket,
                         const asio::ip::endpoint &e) {
  for (;;) {
    try {
      socket.connect(e);
      // CHECK-MESSAGES-WHY: :[[@LINE-1]]:14: warning: not reported
      // CHECK-MESSAGES-WHY: :[[@LINE+1]]:11: note: guarded here
      if (socket.local_endpoint() == e)
        throw 1;
      return;
    } catch (...) {
      sleep(1);
    }
  }
}
