// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Pistache: a port is an object of its own, an address is made from one. Its
// async.h does not compile with every Clang, which the check has to live with.
//
// RUN: %check_clang_tidy -std=c++17 %s selfconnect-* %t -- -- %headers

#include <pistache/endpoint.h>

using namespace Pistache;

void serve() {
  Http::Endpoint Direct(Address(Ipv4::any(), Port(50051)));
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range [selfconnect-ephemeral-listen-port]
  Address Named(Ipv4::any(), Port(50053));
  Http::Endpoint Variable(Named);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range [selfconnect-ephemeral-listen-port]
}

void silent() {
  Http::Endpoint Low(Address(Ipv4::any(), Port(9080)));
  Http::Endpoint Any(Address(Ipv4::any(), Port(0)));
}
