// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Socket objects that are closed and connected again, or opened again: the
// library makes a new socket in them. One that is not closed is the same one.
//
// RUN: %check_clang_tidy -std=c++11,c++17 %s selfconnect-retry-loop %t -- -- %mock -O0 -fexceptions

extern "C" unsigned sleep(unsigned);

namespace asio {
struct error_code {
  explicit operator bool() const;
};
struct io_context {};
struct protocol {};
struct endpoint {};
class basic_socket {
public:
  explicit basic_socket(io_context &);
  void open(const protocol &p);
  void connect(const endpoint &e);
  error_code connect(const endpoint &e, error_code &ec);
  void close();
  error_code close(error_code &ec);
  void cancel();
  void shutdown(int);
};
class basic_stream_socket : public basic_socket {
public:
  using basic_socket::basic_socket;
};
} // namespace asio

namespace boost {
namespace beast {
class basic_stream {
public:
  asio::basic_socket &socket();
  void close();
  void connect(const asio::endpoint &e);
};
} // namespace beast
} // namespace boost

namespace Poco {
namespace Net {
class SocketAddress {
public:
  SocketAddress(const char *hostAddress, unsigned short portNumber);
};
class Socket {
public:
  void close();
};
class StreamSocket : public Socket {
public:
  StreamSocket();
  void connect(const SocketAddress &address);
};
} // namespace Net
} // namespace Poco

void closed(asio::basic_stream_socket &socket, const asio::endpoint &e) {
  for (;;) {
    asio::error_code ec;
    socket.connect(e, ec);
    // CHECK-MESSAGES: :[[@LINE-1]]:12: warning: retried connect() can connect to itself when no server is listening
    // CHECK-MESSAGES: :[[@LINE-2]]:5: note: a new socket is created on each iteration
    // CHECK-MESSAGES: note: reproduce with: selfconnect reproduce HOST:PORT --socket=new
    if (!ec)
      return;
    socket.close();
    sleep(1);
  }
}

void closed_before(asio::basic_socket *socket, const asio::endpoint &e) {
  for (;;) {
    asio::error_code ec, ignored;
    socket->close(ignored);
    socket->connect(e, ec);
    // CHECK-MESSAGES: :[[@LINE-1]]:13: warning: retried connect()
    // CHECK-MESSAGES: :[[@LINE-2]]:5: note: a new socket is created on each iteration
    if (!ec)
      return;
  }
}

void opened(asio::basic_socket &socket, const asio::endpoint &e) {
  for (;;) {
    try {
      socket.connect(e);
      // CHECK-MESSAGES: :[[@LINE-1]]:14: warning: retried connect()
      // CHECK-MESSAGES: :[[@LINE+4]]:7: note: a new socket is created on each iteration
      return;
    } catch (...) {
      socket.close();
      socket.open(asio::protocol());
    }
  }
}

// Nothing of this makes another socket.
void shut_down(asio::basic_socket &socket, const asio::endpoint &e) {
  for (;;) {
    asio::error_code ec;
    socket.connect(e, ec);
    // CHECK-MESSAGES: :[[@LINE-1]]:12: warning: retried connect()
    // CHECK-MESSAGES: :[[@LINE-2]]:5: note: the same socket is connected again
    // CHECK-MESSAGES: note: reproduce with: selfconnect reproduce HOST:PORT --socket=same
    if (!ec)
      return;
    socket.shutdown(2);
    socket.cancel();
  }
}

void another_is_closed(asio::basic_socket &socket, asio::basic_socket &other,
                       const asio::endpoint &e) {
  for (;;) {
    asio::error_code ec;
    socket.connect(e, ec);
    // CHECK-MESSAGES: :[[@LINE-1]]:12: warning: retried connect()
    // CHECK-MESSAGES: :[[@LINE-2]]:5: note: the same socket is connected again
    if (!ec)
      return;
    other.close();
  }
}

class Client {
public:
  void run() {
    for (;;) {
      asio::error_code ec;
      socket_.connect(server_, ec);
      // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: retried connect()
      // CHECK-MESSAGES: :[[@LINE-2]]:7: note: a new socket is created on each iteration
      if (!ec)
        return;
      reset();
    }
  }

private:
  void reset() { socket_.close(); }
  asio::basic_socket socket_;
  asio::endpoint server_;
};

void a_part_is_closed(boost::beast::basic_stream &stream,
                      const asio::endpoint &e) {
  for (;;) {
    try {
      stream.connect(e);
      // CHECK-MESSAGES: :[[@LINE-1]]:14: warning: retried connect()
      // CHECK-MESSAGES: :[[@LINE-2]]:7: note: a new socket is created on each iteration
      return;
    } catch (...) {
      stream.socket().close();
    }
  }
}

void poco(Poco::Net::StreamSocket &socket) {
  while (true) {
    try {
      socket.connect(Poco::Net::SocketAddress("127.0.0.1", 33334));
      // CHECK-MESSAGES: :[[@LINE-1]]:14: warning: retried connect()
      // CHECK-MESSAGES: :[[@LINE-2]]:7: note: a new socket is created on each iteration
      // CHECK-MESSAGES: note: reproduce with: selfconnect reproduce 127.0.0.1:33334 --socket=new
      return;
    } catch (...) {
      socket.close();
    }
  }
}

void poco_open(Poco::Net::StreamSocket &socket) {
  while (true) {
    try {
      socket.connect(Poco::Net::SocketAddress("127.0.0.1", 33334));
      // CHECK-MESSAGES: :[[@LINE-1]]:14: warning: retried connect()
      // CHECK-MESSAGES: :[[@LINE-2]]:7: note: the same socket is connected again
      return;
    } catch (...) {
      sleep(1);
    }
  }
}
