// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// cpp-httplib.
//
// RUN: %check_clang_tidy -std=c++17 %s selfconnect-* %t -- -- %headers

#include <httplib.h>

const int DefaultPort = 50051;

void serve(int Given) {
  httplib::Server Server;
  Server.listen("0.0.0.0", 50051);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range [selfconnect-ephemeral-listen-port]
  Server.bind_to_port("localhost", DefaultPort);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range [selfconnect-ephemeral-listen-port]
  Server.bind_to_any_port("localhost");
  Server.listen("0.0.0.0", 0);
  Server.listen("0.0.0.0", 8080);
  Server.listen("0.0.0.0", Given);
}

void dialOnce() {
  httplib::Client Client("localhost", 50051);
  httplib::Client Url("http://localhost:50051");
}
