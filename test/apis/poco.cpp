// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// POCO: ports, addresses, and servers made of them.
//
// RUN: %check_clang_tidy -std=c++17 %s selfconnect-* %t -- -- %headers

#include <Poco/Net/DatagramSocket.h>
#include <Poco/Net/HTTPClientSession.h>
#include <Poco/Net/ServerSocket.h>
#include <Poco/Net/SocketAddress.h>
#include <Poco/Net/StreamSocket.h>

void serve() {
  Poco::Net::ServerSocket Socket(50051);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range [selfconnect-ephemeral-listen-port]
  Poco::Net::ServerSocket Temporary(Poco::Net::SocketAddress("localhost", 50051));
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range [selfconnect-ephemeral-listen-port]
  Poco::Net::SocketAddress Address("127.0.0.1:50053");
  Poco::Net::ServerSocket Variable(Address);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range [selfconnect-ephemeral-listen-port]
  Poco::Net::ServerSocket Unbound;
  Unbound.bind(50055, true);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range [selfconnect-ephemeral-listen-port]
  Unbound.bind6(50057);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range [selfconnect-ephemeral-listen-port]
  Unbound.bind(Poco::Net::SocketAddress("0.0.0.0", "50059"));
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range [selfconnect-ephemeral-listen-port]
}

void silent(Poco::UInt16 Given) {
  Poco::Net::ServerSocket Any(0);
  Poco::Net::ServerSocket Low(8080);
  Poco::Net::ServerSocket Unknown(Given);
  Poco::Net::SocketAddress Address("127.0.0.1", 50051);
  Poco::Net::DatagramSocket Datagram(Address);
  Poco::Net::StreamSocket Once(Address);
  Once.connectNB(Address);
  Poco::Net::HTTPClientSession Session("localhost", 50051);
}
