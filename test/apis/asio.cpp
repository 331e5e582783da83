// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Standalone Asio, and Boost's: endpoints as temporaries, variables, fields and
// setters.
//
// RUN: %check_clang_tidy -std=c++17 %s selfconnect-* %t -- -- -DASIO_STANDALONE %headers
// RUN: %check_clang_tidy -std=c++17 %s selfconnect-* %t -- -- -DOF_BOOST %headers

#ifdef OF_BOOST
#include <boost/asio.hpp>
namespace asio = boost::asio;
using ErrorCode = boost::system::error_code;
#else
#include <asio.hpp>
using ErrorCode = asio::error_code;
#endif
#include <memory>

using asio::ip::tcp;

class Server {
public:
  explicit Server(asio::io_context &Context)
      : Acceptor(Context, tcp::endpoint(tcp::v4(), 50051)) {}
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range [selfconnect-ephemeral-listen-port]
private:
  tcp::acceptor Acceptor;
};

void braces(asio::io_context &Context) {
  tcp::acceptor Acceptor(Context, {tcp::v4(), 50051});
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range [selfconnect-ephemeral-listen-port]
}

void variable(asio::io_context &Context) {
  unsigned short Port = 50051;
  tcp::endpoint Endpoint(asio::ip::address_v4::any(), Port);
  tcp::acceptor Acceptor(Context);
  Acceptor.open(Endpoint.protocol());
  Acceptor.bind(Endpoint);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range [selfconnect-ephemeral-listen-port]
  Acceptor.listen();
}

void setter(asio::io_context &Context) {
  tcp::endpoint Endpoint;
  Endpoint.port(50051);
  tcp::acceptor Acceptor(Context, Endpoint);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range [selfconnect-ephemeral-listen-port]
}

void made(asio::io_context &Context) {
  auto Acceptor = std::make_unique<tcp::acceptor>(Context, tcp::endpoint(tcp::v6(), 50051));
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range [selfconnect-ephemeral-listen-port]
}

void silent(asio::io_context &Context, unsigned short Given) {
  tcp::acceptor Any(Context, tcp::endpoint(tcp::v4(), 0));
  tcp::acceptor Low(Context, tcp::endpoint(tcp::v4(), 8080));
  tcp::acceptor Unknown(Context, tcp::endpoint(tcp::v4(), Given));
  asio::ip::udp::socket Datagram(Context, asio::ip::udp::endpoint(asio::ip::udp::v4(), 50051));
  asio::local::stream_protocol::acceptor Local(Context, asio::local::stream_protocol::endpoint("/tmp/50051"));
  // One attempt.
  tcp::socket Socket(Context);
  Socket.connect(tcp::endpoint(asio::ip::address_v4::loopback(), 50051));
  Socket.async_connect(tcp::endpoint(tcp::v4(), 50051), [](auto) {});
}

tcp::socket reconnect(asio::io_context &Context) {
  tcp::endpoint To(asio::ip::make_address("127.0.0.1"), 50051);
  for (;;) {
    tcp::socket Socket(Context);
    ErrorCode Error;
    Socket.connect(To, Error);
    // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: retried connect() can connect to itself when no server is listening [selfconnect-retry-loop]
    // CHECK-MESSAGES: :[[@LINE-2]]:{{[0-9]+}}: note: reproduce with: selfconnect reproduce 127.0.0.1:50051
    if (!Error)
      return Socket;
  }
}

tcp::socket reconnect_to_loopback(asio::io_context &Context) {
  auto Address = asio::ip::address_v6::loopback();
  for (;;) {
    tcp::socket Socket(Context);
    ErrorCode Error;
    Socket.connect(tcp::endpoint(Address, 50053), Error);
    // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: retried connect() can connect to itself when no server is listening [selfconnect-retry-loop]
    // CHECK-MESSAGES: :[[@LINE-2]]:{{[0-9]+}}: note: reproduce with: selfconnect reproduce [::1]:50053
    if (!Error)
      return Socket;
  }
}

tcp::socket reconnect_elsewhere(asio::io_context &Context) {
  for (;;) {
    tcp::socket Socket(Context);
    ErrorCode Error;
    Socket.connect(tcp::endpoint(asio::ip::make_address("192.0.2.1"), 50051), Error);
    if (!Error)
      return Socket;
  }
}

tcp::socket reconnect_to_given(asio::io_context &Context, const std::string &Host) {
  for (;;) {
    tcp::socket Socket(Context);
    ErrorCode Error;
    Socket.connect(tcp::endpoint(asio::ip::make_address_v4(Host), 50051), Error);
    // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: retried connect() can connect to itself when no server is listening [selfconnect-retry-loop]
    // CHECK-MESSAGES: :[[@LINE-2]]:{{[0-9]+}}: note: reproduce with: selfconnect reproduce HOST:50051
    if (!Error)
      return Socket;
  }
}

// connect() of a list of results opens the socket anew for each.
void reconnect_to_results(asio::io_context &Context, tcp::socket &Socket) {
  tcp::resolver Resolver(Context);
  auto Results = Resolver.resolve("localhost", "50055");
  for (;;) {
    ErrorCode Error;
    asio::connect(Socket, Results, Error);
    // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: retried connect() can connect to itself when no server is listening [selfconnect-retry-loop]
    // CHECK-MESSAGES: :[[@LINE-2]]:{{[0-9]+}}: note: reproduce with: selfconnect reproduce 127.0.0.1:50055
    if (!Error)
      return;
  }
}

void reconnect_to_results_elsewhere(asio::io_context &Context, tcp::socket &Socket) {
  tcp::resolver Resolver(Context);
  auto Results = Resolver.resolve("www.example.com", "50055");
  for (;;) {
    ErrorCode Error;
    asio::connect(Socket, Results, Error);
    if (!Error)
      return;
  }
}

void reconnect_to_each_spelling(tcp::socket &Socket) {
  using namespace asio::ip;
  ErrorCode Error;
  do
    Socket.connect(tcp::endpoint(address::from_string("127.0.0.1"), 50061), Error);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: retried connect() can connect to itself when no server is listening [selfconnect-retry-loop]
  // CHECK-MESSAGES: :[[@LINE-2]]:{{[0-9]+}}: note: reproduce with: selfconnect reproduce 127.0.0.1:50061
  while (Error);
  do
    Socket.connect(tcp::endpoint(address_v4::from_string("127.0.0.1"), 50063), Error);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: retried connect() can connect to itself when no server is listening [selfconnect-retry-loop]
  // CHECK-MESSAGES: :[[@LINE-2]]:{{[0-9]+}}: note: reproduce with: selfconnect reproduce 127.0.0.1:50063
  while (Error);
  do
    Socket.connect(tcp::endpoint(address_v6::from_string("::1"), 50065), Error);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: retried connect() can connect to itself when no server is listening [selfconnect-retry-loop]
  // CHECK-MESSAGES: :[[@LINE-2]]:{{[0-9]+}}: note: reproduce with: selfconnect reproduce [::1]:50065
  while (Error);
  do
    Socket.connect(tcp::endpoint(make_address_v6("::1"), 50067), Error);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: retried connect() can connect to itself when no server is listening [selfconnect-retry-loop]
  // CHECK-MESSAGES: :[[@LINE-2]]:{{[0-9]+}}: note: reproduce with: selfconnect reproduce [::1]:50067
  while (Error);
  do
    Socket.connect(tcp::endpoint(address_v4::any(), 50069), Error);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: retried connect() can connect to itself when no server is listening [selfconnect-retry-loop]
  // CHECK-MESSAGES: :[[@LINE-2]]:{{[0-9]+}}: note: reproduce with: selfconnect reproduce 127.0.0.1:50069
  while (Error);
  do
    Socket.connect(tcp::endpoint(address_v6::any(), 50071), Error);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: retried connect() can connect to itself when no server is listening [selfconnect-retry-loop]
  // CHECK-MESSAGES: :[[@LINE-2]]:{{[0-9]+}}: note: reproduce with: selfconnect reproduce [::]:50071
  while (Error);
  do
    Socket.connect(tcp::endpoint(tcp::v4(), 50073), Error);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: retried connect() can connect to itself when no server is listening [selfconnect-retry-loop]
  // CHECK-MESSAGES: :[[@LINE-2]]:{{[0-9]+}}: note: reproduce with: selfconnect reproduce 127.0.0.1:50073
  while (Error);
  do
    Socket.connect(tcp::endpoint(tcp::v6(), 50075), Error);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: retried connect() can connect to itself when no server is listening [selfconnect-retry-loop]
  // CHECK-MESSAGES: :[[@LINE-2]]:{{[0-9]+}}: note: reproduce with: selfconnect reproduce [::]:50075
  while (Error);
}

struct Reconnecting {
  explicit Reconnecting(asio::io_context &Context)
      : Socket(Context), Timer(Context) {}
  void start(const tcp::resolver::results_type &Results) {
    asio::async_connect(Socket, Results, [this, Results](const ErrorCode &Error,
                                                         const tcp::endpoint &) {
      // CHECK-MESSAGES: :[[@LINE-2]]:{{[0-9]+}}: warning: retried connect() can connect to itself when no server is listening [selfconnect-retry-loop]
      if (!Error)
        return;
      Timer.expires_after(std::chrono::seconds(1));
      Timer.async_wait([this, Results](const ErrorCode &) { start(Results); });
    });
  }
  tcp::socket Socket;
  asio::steady_timer Timer;
};

struct ConnectsOnce {
  explicit ConnectsOnce(asio::io_context &Context) : Socket(Context) {}
  void start(const tcp::resolver::results_type &Results) {
    asio::async_connect(Socket, Results,
                        [](const ErrorCode &, const tcp::endpoint &) {});
  }
  tcp::socket Socket;
};

// A socket that was closed is opened anew by connect(), or by open() itself.
void reconnect_closed(tcp::socket &Socket) {
  tcp::endpoint To(asio::ip::make_address("127.0.0.1"), 50057);
  for (;;) {
    ErrorCode Error;
    Socket.connect(To, Error);
    // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: retried connect() can connect to itself when no server is listening [selfconnect-retry-loop]
    // CHECK-MESSAGES: :[[@LINE-2]]:{{[0-9]+}}: note: reproduce with: selfconnect reproduce 127.0.0.1:50057 --socket=new
    if (!Error)
      return;
    Socket.close();
  }
}

void reconnect_opened(tcp::socket &Socket) {
  tcp::endpoint To(asio::ip::make_address("127.0.0.1"), 50059);
  for (;;) {
    ErrorCode Error;
    Socket.connect(To, Error);
    // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: retried connect() can connect to itself when no server is listening [selfconnect-retry-loop]
    // CHECK-MESSAGES: :[[@LINE-2]]:{{[0-9]+}}: note: reproduce with: selfconnect reproduce 127.0.0.1:50059 --socket=new
    if (!Error)
      return;
    Socket.close(Error);
    Socket.open(tcp::v4(), Error);
  }
}
