// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Addresses that are members of a class.
//
// RUN: %check_clang_tidy -std=c++17 %s selfconnect-ephemeral-listen-port %t -- -- %mock -O0
// RUN: %check_clang_tidy -std=c++17 %s selfconnect-ephemeral-listen-port %t -- -- %mock -O2
// RUN: %check_clang_tidy -std=c++17 -check-suffixes=,WHY %s selfconnect-ephemeral-listen-port %t -- \
// RUN:   -config='{CheckOptions: [{key: ExplainSilence, value: true}]}' -- %mock -O0

#include <netinet/in.h>
#include <string.h>

class Server {
public:
  explicit Server(int Port) {
    memset(&Address, 0, sizeof(Address));
    Address.sin_family = AF_INET;
    Address.sin_port = htons(Port);
  }
  void start() {
    int Fd = socket(AF_INET, SOCK_STREAM, 0);
    bind(Fd, reinterpret_cast<sockaddr *>(&Address), sizeof(Address));
    listen(Fd, 5);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range
  }

private:
  sockaddr_in Address;
};

void makesIt() { Server(33334).start(); }

class GoodServer {
public:
  explicit GoodServer(int Port) { Address.sin_port = htons(Port); }
  void start() {
    int Fd = socket(AF_INET, SOCK_STREAM, 0);
    bind(Fd, reinterpret_cast<sockaddr *>(&Address), sizeof(Address));
    listen(Fd, 5);
    // CHECK-MESSAGES-WHY: :[[@LINE-1]]:5: warning: not reported
    // CHECK-MESSAGES-WHY: :[[@LINE+7]]:35: note: port 8080 is outside the range 32768-60999; it comes from here
  }

private:
  sockaddr_in Address;
};

void makesAGoodOne() { GoodServer(8080).start(); }

class Filled {
  union {
    sockaddr Any;
    sockaddr_in In;
    sockaddr_in6 In6;
  } Address;
  void fill() {
    Address.In.sin_family = AF_INET;
    Address.In.sin_port = htons(33336);
  }

public:
  void start() {
    fill();
    int Fd = socket(AF_INET, SOCK_STREAM, 0);
    bind(Fd, &Address.Any, sizeof(Address.In));
    listen(Fd, 5);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range
  }
};

static void fill(sockaddr_in &Address, int Port) {
  Address = {};
  Address.sin_port = htons(Port);
}

void filledThroughAReference() {
  int Fd = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in Address;
  fill(Address, 33338);
  bind(Fd, reinterpret_cast<sockaddr *>(&Address), sizeof(Address));
  listen(Fd, 5);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range
}

void filledWellThroughAReference() {
  int Fd = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in Address;
  fill(Address, 8080);
  bind(Fd, reinterpret_cast<sockaddr *>(&Address), sizeof(Address));
  listen(Fd, 5);
  // CHECK-MESSAGES-WHY: :[[@LINE-1]]:3: warning: not reported
  // CHECK-MESSAGES-WHY: :[[@LINE-4]]:17: note: port 8080 is outside the range 32768-60999; it comes from here
}

static sockaddr_in make(int Port) {
  sockaddr_in Address{};
  Address.sin_port = htons(Port);
  return Address;
}

void returned() {
  int Fd = socket(AF_INET, SOCK_STREAM, 0);
  auto Address = make(33340);
  bind(Fd, reinterpret_cast<sockaddr *>(&Address), sizeof(Address));
  listen(Fd, 5);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range
}
