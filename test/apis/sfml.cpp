// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// SFML.
//
// RUN: %check_clang_tidy -std=c++17 %s selfconnect-* %t -- -- %headers

#include <SFML/Network.hpp>

void serve(unsigned short Given) {
  sf::TcpListener Listener;
  Listener.listen(55001);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range [selfconnect-ephemeral-listen-port]
  Listener.listen(0);
  Listener.listen(8080);
  Listener.listen(Given);
  sf::UdpSocket Datagram;
  Datagram.bind(55001);
}

void dialOnce() {
  sf::TcpSocket Socket;
  Socket.connect("localhost", 55001);
}

void dialAgain(sf::TcpSocket &Socket) {
  while (Socket.connect("localhost", 55003) != sf::Socket::Done) {
    // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: retried connect() can connect to itself when no server is listening [selfconnect-retry-loop]
    // CHECK-MESSAGES: :[[@LINE-2]]:{{[0-9]+}}: note: reproduce with: selfconnect reproduce 127.0.0.1:55003
  }
}
