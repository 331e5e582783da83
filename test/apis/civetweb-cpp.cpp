// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// civetweb's C++ class.
//
// RUN: %check_clang_tidy -std=c++17 %s selfconnect-* %t -- -- %headers

#include <CivetServer.h>

void serve() {
  const char *Options[] = {"listening_ports", "50051", nullptr};
  CivetServer Server(Options);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range [selfconnect-ephemeral-listen-port]
}

void silent() {
  const char *Options[] = {"listening_ports", "8080", nullptr};
  CivetServer Server(Options);
}
