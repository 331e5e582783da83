// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The notes at calls of libraries: their text, order and place.
//
// RUN: %check_clang_tidy -std=c++17 %s selfconnect-* %t -- -- %mock

extern "C" int zmq_bind(void *Socket, const char *Endpoint);
extern "C" int zmq_connect(void *Socket, const char *Endpoint);

namespace sf {
class TcpListener {
public:
  int listen(unsigned short Port, const char *Address = nullptr);
};
} // namespace sf

void listens(void *Socket) {
  const char *Endpoint = "tcp://*:33334";
  zmq_bind(Socket, Endpoint);
  // CHECK-NOTES: :[[@LINE-1]]:3: warning: listening port is inside the ephemeral port range [selfconnect-ephemeral-listen-port]
  // CHECK-NOTES: :[[@LINE-3]]:26: note: port 33334 comes from here
  // CHECK-NOTES: :[[@LINE-3]]:3: note: port 33334 is inside the ephemeral port range 32768-60999, in its preferred half
  // CHECK-NOTES: :[[@LINE-4]]:3: note: use a port outside the range, or reserve it in net.ipv4.ip_local_reserved_ports
  // CHECK-NOTES: :[[@LINE-5]]:3: note: reproduce with: selfconnect reproduce 127.0.0.1:33334 --socket=new
}

void listensByMethod(sf::TcpListener &Listener) {
  Listener
      .listen(33333);
  // CHECK-NOTES: :[[@LINE-1]]:8: warning: listening port is inside the ephemeral port range [selfconnect-ephemeral-listen-port]
  // CHECK-NOTES: :[[@LINE-2]]:15: note: port 33333 comes from here
  // CHECK-NOTES: :[[@LINE-3]]:8: note: port 33333 is inside the ephemeral port range 32768-60999, reached only when all even ports of it are in use
  // CHECK-NOTES: :[[@LINE-4]]:8: note: use a port outside the range, or reserve it in net.ipv4.ip_local_reserved_ports
  // CHECK-NOTES: :[[@LINE-5]]:8: note: reproduce with: selfconnect reproduce 127.0.0.1:33333 --socket=new
}

void reconnects(void *Socket) {
  zmq_connect(Socket, "tcp://localhost:33334");
  // CHECK-NOTES: :[[@LINE-1]]:3: warning: retried connect() can connect to itself when no server is listening [selfconnect-retry-loop]
  // CHECK-NOTES: :[[@LINE-2]]:3: note: reconnects by itself
  // CHECK-NOTES: :[[@LINE-3]]:23: note: port 33334 comes from here
  // CHECK-NOTES: :[[@LINE-4]]:3: note: port 33334 is inside the ephemeral port range 32768-60999, in its preferred half
  // CHECK-NOTES: :[[@LINE-5]]:3: note: reject a socket whose local and remote endpoints are equal, or use a port outside the range
  // CHECK-NOTES: :[[@LINE-6]]:3: note: reproduce with: selfconnect reproduce 127.0.0.1:33334 --socket=new
}
