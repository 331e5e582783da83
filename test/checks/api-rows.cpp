// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Which calls a row is for: derived classes, aliases, overloads, and no others.
//
// RUN: %check_clang_tidy -std=c++17 %s selfconnect-ephemeral-listen-port %t -- -- %mock

#include <memory>

namespace Poco {
namespace Net {
class SocketAddress {
public:
  SocketAddress();
  explicit SocketAddress(unsigned short port);
  SocketAddress(const char *hostAddress, unsigned short portNumber);
};
class ServerSocket {
public:
  ServerSocket();
  ServerSocket(unsigned short port, int backlog = 64);
  ServerSocket(const SocketAddress &address, int backlog = 64);
  virtual void bind(unsigned short port, bool reuse = false);
};
} // namespace Net
} // namespace Poco

namespace sf {
inline namespace v2 {
class TcpListener {
public:
  virtual int listen(unsigned short Port);
};
} // namespace v2
} // namespace sf

using Poco::Net::ServerSocket;
using Alias = ServerSocket;

class Inheriting : public ServerSocket {
public:
  using ServerSocket::ServerSocket;
};

class Deriving : public ServerSocket {
public:
  Deriving() : ServerSocket(50051) {}
  // CHECK-MESSAGES: :[[@LINE-1]]:16: warning: listening port is inside the ephemeral port range [selfconnect-ephemeral-listen-port]
  void bind(unsigned short port, bool reuse) override;
};

class Overriding : public sf::TcpListener {
public:
  int listen(unsigned short Port) override;
};

void constructors() {
  Alias Named(50051);
  // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: listening port is inside the ephemeral port range [selfconnect-ephemeral-listen-port]
  Inheriting Inherited(50051);
  // CHECK-MESSAGES: :[[@LINE-1]]:14: warning: listening port is inside the ephemeral port range [selfconnect-ephemeral-listen-port]
  new ServerSocket(50051);
  // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: listening port is inside the ephemeral port range [selfconnect-ephemeral-listen-port]
  auto Made = std::make_unique<ServerSocket>(50051);
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: listening port is inside the ephemeral port range [selfconnect-ephemeral-listen-port]
  ServerSocket Nothing;
}

void addresses(bool Choice) {
  Poco::Net::SocketAddress Address("localhost", 50051);
  Poco::Net::SocketAddress Copy = Address;
  ServerSocket Socket(Copy);
  // CHECK-MESSAGES: :[[@LINE-1]]:16: warning: listening port is inside the ephemeral port range [selfconnect-ephemeral-listen-port]
  Address = Poco::Net::SocketAddress(8080);
  ServerSocket Overwritten(Address);
  Poco::Net::SocketAddress Empty;
  ServerSocket Unset(Empty);
  if (Choice)
    Empty = Poco::Net::SocketAddress(50053);
  ServerSocket Maybe(Empty);
  // CHECK-MESSAGES: :[[@LINE-1]]:16: warning: listening port is inside the ephemeral port range [selfconnect-ephemeral-listen-port]
}

void methods(Deriving &Derived, Overriding &Listener) {
  Derived.bind(50051, true);
  // CHECK-MESSAGES: :[[@LINE-1]]:11: warning: listening port is inside the ephemeral port range [selfconnect-ephemeral-listen-port]
  Listener.listen(50051);
  // CHECK-MESSAGES: :[[@LINE-1]]:12: warning: listening port is inside the ephemeral port range [selfconnect-ephemeral-listen-port]
}

ServerSocket Global(50051);
// CHECK-MESSAGES: :[[@LINE-1]]:14: warning: listening port is inside the ephemeral port range [selfconnect-ephemeral-listen-port]

class WithMember {
  ServerSocket Socket{50051};
  // CHECK-MESSAGES: :[[@LINE-1]]:22: warning: listening port is inside the ephemeral port range [selfconnect-ephemeral-listen-port]
};

// The same names elsewhere.
namespace other {
class ServerSocket {
public:
  ServerSocket(unsigned short port);
};
int zmq_bind(void *Socket, const char *Endpoint);
} // namespace other

class TcpListener {
public:
  int listen(unsigned short Port);
};

template <typename T> void dependent(T &Listener) { Listener.listen(50051); }

void others(TcpListener &Listener) {
  other::ServerSocket Socket(50051);
  other::zmq_bind(nullptr, "tcp://*:50051");
  Listener.listen(50051);
  dependent(Listener);
}

void unreachable(sf::TcpListener &Listener) {
  return;
  Listener.listen(50051);
}
