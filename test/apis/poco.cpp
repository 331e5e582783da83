// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// POCO: ports, addresses, and servers made of them.
//
// RUN: %check_clang_tidy -std=c++17 %s selfconnect-* %t -- -- %headers

#include <Poco/Net/DatagramSocket.h>
#include <Poco/Net/HTTPClientSession.h>
#include <Poco/Net/HTTPRequest.h>
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
  Poco::Net::DatagramSocket Datagram(Address, true);
  Poco::Net::StreamSocket Once(Address);
  Once.connectNB(Address);
  Poco::Net::HTTPClientSession Session("localhost", 50051);
}

Poco::Net::StreamSocket dialAgain() {
  Poco::Net::SocketAddress Address("127.0.0.1", 50061);
  for (;;) {
    try {
      return Poco::Net::StreamSocket(Address);
      // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: retried connect() can connect to itself when no server is listening [selfconnect-retry-loop]
      // CHECK-MESSAGES: :[[@LINE-2]]:{{[0-9]+}}: note: reproduce with: selfconnect reproduce 127.0.0.1:50061
    } catch (const Poco::Exception &) {
    }
  }
}

void connectAgain(Poco::Net::StreamSocket &Socket) {
  Poco::Net::SocketAddress Address("127.0.0.1", 50063);
  for (;;) {
    try {
      Socket.connect(Address);
      // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: retried connect() can connect to itself when no server is listening [selfconnect-retry-loop]
      // CHECK-MESSAGES: :[[@LINE-2]]:{{[0-9]+}}: note: reproduce with: selfconnect reproduce 127.0.0.1:50063 --socket=new
      return;
    } catch (const Poco::Exception &) {
      Socket.close();
    }
  }
}

void connectLaterAgain(Poco::Net::StreamSocket &Socket) {
  Poco::Net::SocketAddress Address("127.0.0.1", 50065);
  for (;;) {
    Socket.connectNB(Address);
    // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: retried connect() can connect to itself when no server is listening [selfconnect-retry-loop]
    // CHECK-MESSAGES: :[[@LINE-2]]:{{[0-9]+}}: note: reproduce with: selfconnect reproduce 127.0.0.1:50065
    if (Socket.poll(Poco::Timespan(1, 0), Poco::Net::Socket::SELECT_WRITE) &&
        Socket.impl()->socketError() == 0)
      return;
    Socket.close();
  }
}

void askAgain(Poco::Net::HTTPRequest &Request) {
  for (;;) {
    try {
      Poco::Net::HTTPClientSession Session("localhost", 50067);
      // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: retried connect() can connect to itself when no server is listening [selfconnect-retry-loop]
      // CHECK-MESSAGES: :[[@LINE-2]]:{{[0-9]+}}: note: reproduce with: selfconnect reproduce 127.0.0.1:50067
      Session.sendRequest(Request);
      return;
    } catch (const Poco::Exception &) {
    }
  }
}
