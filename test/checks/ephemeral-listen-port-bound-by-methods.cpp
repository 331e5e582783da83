// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// One method binds the socket of an object, another one listens.
//
// RUN: %check_clang_tidy -std=c++11,c++20 %s selfconnect-ephemeral-listen-port %t -- -- %mock
// RUN: %check_clang_tidy -std=c++11 -check-suffixes=,WHY %s selfconnect-ephemeral-listen-port %t -- \
// RUN:   -config='{CheckOptions: [{key: ExplainSilence, value: true}]}' -- %mock

#include <netinet/in.h>
#include <string.h>

class Listener {
public:
  explicit Listener(int Port) : Fd(socket(AF_INET, SOCK_STREAM, 0)) {
    bindTo(Port);
    start();
  }

private:
  void bindTo(int Port) {
    sockaddr_in Addr{};
    Addr.sin_port = htons(Port);
    bind(Fd, reinterpret_cast<sockaddr *>(&Addr), sizeof(Addr));
  }
  void start() {
    listen(Fd, 5);
    // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range
    // CHECK-MESSAGES: :[[@LINE+5]]:{{[0-9]+}}: note: port 33334 comes from here
  }
  int Fd;
};

void insideOfTheObject() { Listener Open(33334); }

// Its public methods are called from other files, in whatever order.
class Service {
public:
  void open() {
    sockaddr_in Addr{};
    Addr.sin_port = htons(33336);
    bind(Handle, reinterpret_cast<sockaddr *>(&Addr), sizeof(Addr));
  }
  void run();

private:
  int Handle = -1;
};

void Service::run() {
  listen(Handle, 5);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range
}

class OutOfRange {
public:
  void open() {
    sockaddr_in Addr{};
    Addr.sin_port = htons(8080);
    bind(Handle, reinterpret_cast<sockaddr *>(&Addr), sizeof(Addr));
  }
  void run() { listen(Handle, 5); }
  // CHECK-MESSAGES-WHY: :[[@LINE-1]]:16: warning: not reported
  // CHECK-MESSAGES-WHY: :[[@LINE-5]]:27: note: port 8080 is outside the range 32768-60999; it comes from here

private:
  int Handle = -1;
};
