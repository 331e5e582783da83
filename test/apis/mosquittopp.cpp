// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// mosquitto's C++ class, and one derived from it.
//
// RUN: %check_clang_tidy -std=c++17 %s selfconnect-* %t -- -- %headers

#include <mosquittopp.h>

class Client : public mosqpp::mosquittopp {
public:
  void start() { connect("localhost", 50051); }
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: retried connect() can connect to itself when no server is listening [selfconnect-retry-loop]
  void startElsewhere() { connect("localhost"); }
};

void dial(Client &Client) {
  Client.connect_async("127.0.0.1", 50053, 60);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: retried connect() can connect to itself when no server is listening [selfconnect-retry-loop]
  Client.connect("192.0.2.1", 50051);
}
