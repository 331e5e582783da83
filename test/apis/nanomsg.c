// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// nanomsg; sockets connect again by themselves.
//
// RUN: %check_clang_tidy -std=c11,c++17 %s selfconnect-* %t -- -- %headers

#include <nanomsg/nn.h>

void serve(int socket) {
  nn_bind(socket, "tcp://*:50051");
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range [selfconnect-ephemeral-listen-port]
  nn_bind(socket, "tcp://*:5555");
  nn_bind(socket, "tcp://*:0");
  nn_bind(socket, "ipc:///tmp/50051");
}

void dial(int socket) {
  nn_connect(socket, "tcp://127.0.0.1:50051");
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: retried connect() can connect to itself when no server is listening [selfconnect-retry-loop]
  nn_connect(socket, "tcp://127.0.0.1:5555");
  nn_connect(socket, "inproc://50051");
}
