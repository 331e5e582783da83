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
  Client.Get("/");
  Url.Get("/");
}

void askAgain() {
  for (;;) {
    httplib::Client Client("localhost", 50053);
    if (Client.Get("/"))
    // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: retried connect() can connect to itself when no server is listening [selfconnect-retry-loop]
    // CHECK-MESSAGES: :[[@LINE-2]]:{{[0-9]+}}: note: reproduce with: selfconnect reproduce 127.0.0.1:50053
      return;
  }
}

void askByUrlAgain() {
  httplib::Client Client("http://localhost:50055");
  while (!Client.Head("/")) {
    // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: retried connect() can connect to itself when no server is listening [selfconnect-retry-loop]
    // CHECK-MESSAGES: :[[@LINE-2]]:{{[0-9]+}}: note: reproduce with: selfconnect reproduce 127.0.0.1:50055
  }
}

void sendAgain(const std::string &Text) {
  httplib::Client Client("localhost", 50057);
  while (!Client.Post("/", Text, "text/plain")) {
    // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: retried connect() can connect to itself when no server is listening [selfconnect-retry-loop]
    // CHECK-MESSAGES: :[[@LINE-2]]:{{[0-9]+}}: note: reproduce with: selfconnect reproduce 127.0.0.1:50057
  }
  while (!Client.Put("/", Text, "text/plain")) {
    // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: retried connect() can connect to itself when no server is listening [selfconnect-retry-loop]
    // CHECK-MESSAGES: :[[@LINE-2]]:{{[0-9]+}}: note: reproduce with: selfconnect reproduce 127.0.0.1:50057
  }
  while (!Client.Patch("/", Text, "text/plain")) {
    // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: retried connect() can connect to itself when no server is listening [selfconnect-retry-loop]
    // CHECK-MESSAGES: :[[@LINE-2]]:{{[0-9]+}}: note: reproduce with: selfconnect reproduce 127.0.0.1:50057
  }
  while (!Client.Delete("/")) {
    // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: retried connect() can connect to itself when no server is listening [selfconnect-retry-loop]
    // CHECK-MESSAGES: :[[@LINE-2]]:{{[0-9]+}}: note: reproduce with: selfconnect reproduce 127.0.0.1:50057
  }
  while (!Client.Options("/")) {
    // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: retried connect() can connect to itself when no server is listening [selfconnect-retry-loop]
    // CHECK-MESSAGES: :[[@LINE-2]]:{{[0-9]+}}: note: reproduce with: selfconnect reproduce 127.0.0.1:50057
  }
}

void askLowOrUnknownAgain(const std::string &Given) {
  httplib::Client Low("localhost", 8080), Unknown(Given);
  while (!Low.Get("/") || !Unknown.Get("/")) {
  }
}
