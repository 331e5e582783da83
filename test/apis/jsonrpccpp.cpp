// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// libjson-rpc-cpp.
//
// RUN: %check_clang_tidy -std=c++17 %s selfconnect-* %t -- -- -isystem %include/jsoncpp %headers

#include <jsonrpccpp/server/connectors/httpserver.h>

void serve(int Given) {
  jsonrpc::HttpServer Server(50051);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range [selfconnect-ephemeral-listen-port]
  jsonrpc::HttpServer Low(8383);
  jsonrpc::HttpServer Any(0);
  jsonrpc::HttpServer Unknown(Given);
}
