// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Thrift in C++: constructors, also through std::make_shared().
//
// RUN: %check_clang_tidy -std=c++17 %s selfconnect-* %t -- -- %headers

#include <memory>
#include <thrift/transport/TNonblockingSSLServerSocket.h>
#include <thrift/transport/TNonblockingServerSocket.h>
#include <thrift/transport/TSSLServerSocket.h>
#include <thrift/transport/TServerSocket.h>
#include <thrift/transport/TSocket.h>

using namespace apache::thrift::transport;

void serve() {
  TServerSocket Socket(50051);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range [selfconnect-ephemeral-listen-port]
  auto Shared = std::make_shared<TServerSocket>(50053);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range [selfconnect-ephemeral-listen-port]
  auto Bound = std::make_shared<TNonblockingServerSocket>("127.0.0.1", 50055);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range [selfconnect-ephemeral-listen-port]
  std::unique_ptr<TServerTransport> Owned(new TServerSocket("localhost", 50057));
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range [selfconnect-ephemeral-listen-port]
}

void serveEncrypted(const std::shared_ptr<TSSLSocketFactory> &Keys) {
  TSSLServerSocket Socket(50059, Keys);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range [selfconnect-ephemeral-listen-port]
  auto Shared = std::make_shared<TNonblockingSSLServerSocket>(50061, Keys);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range [selfconnect-ephemeral-listen-port]
  TSSLServerSocket Low(9090, Keys);
}

void silent(int Given) {
  TServerSocket Any(0);
  auto Low = std::make_shared<TServerSocket>(9090);
  TServerSocket Unknown(Given);
  TServerSocket Local("/tmp/50051");
  TSocket Once("localhost", 50051);
  Once.open();
}

void dialAgain() {
  TSocket Socket("localhost", 50063);
  for (;;) {
    try {
      Socket.open();
      // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: retried connect() can connect to itself when no server is listening [selfconnect-retry-loop]
      // CHECK-MESSAGES: :[[@LINE-2]]:{{[0-9]+}}: note: reproduce with: selfconnect reproduce 127.0.0.1:50063
      return;
    } catch (const TTransportException &) {
    }
  }
}

void dialLowOrUnknownAgain(int Given) {
  TSocket Low("localhost", 9090), Unknown("localhost", Given);
  for (;;) {
    try {
      Low.open();
      Unknown.open();
      return;
    } catch (const TTransportException &) {
    }
  }
}
