// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Pistache. Clang from 19 on refuses a template of its async.h that nobody
// instantiates; delayed parsing leaves it unread.
//
// RUN: %check_clang_tidy -std=c++17 %s selfconnect-* %t -- -- -fdelayed-template-parsing %headers

#include <pistache/endpoint.h>

using namespace Pistache;

void serve() {
  Address At(Ipv4::any(), Port(50051));
  auto Server = std::make_shared<Http::Endpoint>(At);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range [selfconnect-ephemeral-listen-port]
  Server->serve();
}

void serveText() {
  Http::Endpoint Server(Address("*:50053"));
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range [selfconnect-ephemeral-listen-port]
  Server.serve();
}

void serveHostAndPort() {
  Http::Endpoint Server(Address("127.0.0.1", Port(50055)));
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range [selfconnect-ephemeral-listen-port]
  Server.serve();
}

void serveOutOfRange() {
  Http::Endpoint Server(Address(Ipv4::any(), Port(9080)));
  Server.serve();
}

void serveTextOutOfRange() {
  Http::Endpoint Server(Address("*:9080"));
  Server.serve();
}

void serveAnyPort() {
  Http::Endpoint Server(Address(Ipv4::any(), Port(0)));
  Server.serve();
}
