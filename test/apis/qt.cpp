// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Qt 5 and Qt 6: a method of the server's base class.
//
// RUN: %check_clang_tidy -std=c++17 %s selfconnect-* %t -- -- -fPIC -isystem %multiarch/qt5 -isystem %multiarch/qt5/QtCore -isystem %multiarch/qt5/QtNetwork
// RUN: %check_clang_tidy -std=c++17 %s selfconnect-* %t -- -- -fPIC -isystem %multiarch/qt6 -isystem %multiarch/qt6/QtCore -isystem %multiarch/qt6/QtNetwork

#include <QtNetwork/QHostAddress>
#include <QtNetwork/QTcpServer>
#include <QtNetwork/QTcpSocket>
#include <QtNetwork/QUdpSocket>

class Server : public QTcpServer {
public:
  bool start() { return listen(QHostAddress::LocalHost, 50051); }
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range [selfconnect-ephemeral-listen-port]
};

void serve(QTcpServer &Server, quint16 Given) {
  quint16 Port = 50051;
  Server.listen(QHostAddress::Any, Port);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range [selfconnect-ephemeral-listen-port]
  Server.listen();
  Server.listen(QHostAddress::Any, 0);
  Server.listen(QHostAddress::Any, 8080);
  Server.listen(QHostAddress::Any, Given);
  QUdpSocket Datagram;
  Datagram.bind(50051);
}

void dialOnce(QTcpSocket &Socket) { Socket.connectToHost(QHostAddress(QHostAddress::LocalHost), 50051); }

bool dialAgain() {
  for (;;) {
    QTcpSocket Socket;
    Socket.connectToHost("127.0.0.1", 50053);
    // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: retried connect() can connect to itself when no server is listening [selfconnect-retry-loop]
    // CHECK-MESSAGES: :[[@LINE-2]]:{{[0-9]+}}: note: reproduce with: selfconnect reproduce 127.0.0.1:50053 --socket=new
    if (Socket.waitForConnected(1000))
      return true;
  }
}

void dialAgainOnOneSocket(QTcpSocket &Socket) {
  do {
    Socket.abort();
    Socket.connectToHost(QHostAddress("127.0.0.1"), 50055);
    // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: retried connect() can connect to itself when no server is listening [selfconnect-retry-loop]
  } while (!Socket.waitForConnected());
}

// A failure that leaves, and one that goes on to something else.
bool dialWithOneTry(QTcpSocket &Socket) {
  Socket.connectToHost("127.0.0.1", 50053);
  if (!Socket.waitForConnected(1000))
    return false;
  while (Socket.waitForReadyRead())
    Socket.readAll();
  return true;
}

bool dialElsewhereAgain() {
  for (;;) {
    QTcpSocket Socket;
    Socket.connectToHost("192.0.2.1", 50053);
    if (Socket.waitForConnected(1000))
      return true;
  }
}
