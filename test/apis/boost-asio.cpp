// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Boost.Asio: endpoints as temporaries, variables, fields and setters.
//
// RUN: %check_clang_tidy -std=c++17 %s selfconnect-* %t -- -- %headers

#include <boost/asio.hpp>
#include <memory>

using boost::asio::ip::tcp;

class Server {
public:
  explicit Server(boost::asio::io_context &Context)
      : Acceptor(Context, tcp::endpoint(tcp::v4(), 50051)) {}
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range [selfconnect-ephemeral-listen-port]
private:
  tcp::acceptor Acceptor;
};

void braces(boost::asio::io_context &Context) {
  tcp::acceptor Acceptor(Context, {tcp::v4(), 50051});
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range [selfconnect-ephemeral-listen-port]
}

void variable(boost::asio::io_context &Context) {
  unsigned short Port = 50051;
  tcp::endpoint Endpoint(boost::asio::ip::address_v4::any(), Port);
  tcp::acceptor Acceptor(Context);
  Acceptor.open(Endpoint.protocol());
  Acceptor.bind(Endpoint);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range [selfconnect-ephemeral-listen-port]
  Acceptor.listen();
}

void setter(boost::asio::io_context &Context) {
  tcp::endpoint Endpoint;
  Endpoint.port(50051);
  tcp::acceptor Acceptor(Context, Endpoint);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range [selfconnect-ephemeral-listen-port]
}

void made(boost::asio::io_context &Context) {
  auto Acceptor = std::make_unique<tcp::acceptor>(Context, tcp::endpoint(tcp::v6(), 50051));
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range [selfconnect-ephemeral-listen-port]
}

void silent(boost::asio::io_context &Context, unsigned short Given) {
  tcp::acceptor Any(Context, tcp::endpoint(tcp::v4(), 0));
  tcp::acceptor Low(Context, tcp::endpoint(tcp::v4(), 8080));
  tcp::acceptor Unknown(Context, tcp::endpoint(tcp::v4(), Given));
  boost::asio::ip::udp::socket Datagram(Context, boost::asio::ip::udp::endpoint(boost::asio::ip::udp::v4(), 50051));
  boost::asio::local::stream_protocol::acceptor Local(Context, boost::asio::local::stream_protocol::endpoint("/tmp/50051"));
  // One attempt.
  tcp::socket Socket(Context);
  Socket.connect(tcp::endpoint(boost::asio::ip::address_v4::loopback(), 50051));
  Socket.async_connect(tcp::endpoint(tcp::v4(), 50051), [](auto) {});
}
