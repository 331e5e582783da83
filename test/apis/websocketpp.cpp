// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// websocketpp: a method of a base class of the server.
//
// RUN: %check_clang_tidy -std=c++17 %s selfconnect-* %t -- -- %headers

#include <websocketpp/config/asio_no_tls.hpp>
#include <websocketpp/server.hpp>

using Server = websocketpp::server<websocketpp::config::asio>;

void serve(Server &Server, uint16_t Given) {
  Server.listen(50051);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range [selfconnect-ephemeral-listen-port]
  Server.listen(boost::asio::ip::tcp::v4(), 50053);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range [selfconnect-ephemeral-listen-port]
  Server.listen(boost::asio::ip::tcp::endpoint(boost::asio::ip::tcp::v4(), 50055));
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range [selfconnect-ephemeral-listen-port]
  Server.listen(0);
  Server.listen(9002);
  Server.listen(Given);
}
