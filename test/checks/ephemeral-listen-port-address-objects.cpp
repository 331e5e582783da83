// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// An address that is an object of a library is followed to whoever has made it: a
// caller, a member, a global object.
//
// RUN: %check_clang_tidy -std=c++17 %s selfconnect-ephemeral-listen-port %t -- -- %mock

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
  virtual void bind(const SocketAddress &address, bool reuse = false);
};
} // namespace Net
} // namespace Poco
using Poco::Net::ServerSocket;
using Poco::Net::SocketAddress;

void by_reference(const SocketAddress &at) {
  ServerSocket server(at);
  // CHECK-MESSAGES: :[[@LINE-1]]:16: warning: listening port is inside
  // CHECK-MESSAGES: note: reproduce with: selfconnect reproduce 127.0.0.1:50001 --socket=new
}
void by_pointer(const SocketAddress *at) {
  ServerSocket server(*at);
  // CHECK-MESSAGES: :[[@LINE-1]]:16: warning: listening port is inside
  // CHECK-MESSAGES: note: reproduce with: selfconnect reproduce 127.0.0.1:50003 --socket=new
}
void two_calls_away(SocketAddress at) { by_reference(at); }
void the_callers() {
  two_calls_away(SocketAddress("127.0.0.1", 50001));
  SocketAddress here(50003);
  by_pointer(&here);
}

class Member {
public:
  Member() : at_("0.0.0.0", 50005) {}
  void start() { socket_.bind(at_); }
  // CHECK-MESSAGES: :[[@LINE-1]]:26: warning: listening port is inside
  // CHECK-MESSAGES: note: reproduce with: selfconnect reproduce 127.0.0.1:50005 --socket=new

private:
  SocketAddress at_;
  ServerSocket socket_;
};

class Handed {
public:
  explicit Handed(const SocketAddress &at) : at_(at) {}
  void start() { socket_.bind(at_); }
  // CHECK-MESSAGES: :[[@LINE-1]]:26: warning: listening port is inside
  // CHECK-MESSAGES: note: reproduce with: selfconnect reproduce 127.0.0.1:50007 --socket=new

private:
  SocketAddress at_;
  ServerSocket socket_;
};
void makes_one() { Handed(SocketAddress(50007)).start(); }

static const SocketAddress Everywhere(50009);
void a_global() {
  ServerSocket server(Everywhere);
  // CHECK-MESSAGES: :[[@LINE-1]]:16: warning: listening port is inside
}

// --- Silent -----------------------------------------------------------------

void from_elsewhere(const SocketAddress &at) { ServerSocket server(at); }

void outside(const SocketAddress &at) { ServerSocket server(at); }
void chosen(const SocketAddress &at) { ServerSocket server(at); }
void the_callers_of_these() {
  outside(SocketAddress(8080));
  chosen(SocketAddress("127.0.0.1", 0));
}

class Other {
public:
  Other() : peer_("127.0.0.1", 50011), at_(8080) {}
  void start() { socket_.bind(at_); }

private:
  SocketAddress peer_, at_;
  ServerSocket socket_;
};

void itself(const SocketAddress &at, int depth) {
  if (depth)
    return itself(at, depth - 1);
  ServerSocket server(at);
}
