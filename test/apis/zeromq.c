// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// ZeroMQ in C; sockets connect again by themselves.
//
// RUN: %check_clang_tidy -std=c11,c++17 %s selfconnect-* %t -- -- %headers

#include <zmq.h>

void serve(void *socket) {
  zmq_bind(socket, "tcp://*:50051");
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range [selfconnect-ephemeral-listen-port]
  zmq_bind(socket, "tcp://[::]:50052");
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range [selfconnect-ephemeral-listen-port]
  zmq_bind(socket, "tcp://eth0:50053");
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range [selfconnect-ephemeral-listen-port]
  zmq_bind(socket, "tcp://*:0");
  zmq_bind(socket, "tcp://*:*");
  zmq_bind(socket, "tcp://*:5555");
  zmq_bind(socket, "ipc:///tmp/50051");
  zmq_bind(socket, "inproc://50051");
  zmq_bind(socket, "udp://*:50051");
}

void dial(void *socket) {
  const char *endpoint = "tcp://localhost:50051";
  zmq_connect(socket, endpoint);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: retried connect() can connect to itself when no server is listening [selfconnect-retry-loop]
  zmq_connect(socket, "tcp://[::1]:50051");
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: retried connect() can connect to itself when no server is listening [selfconnect-retry-loop]
  zmq_connect(socket, "tcp://127.0.0.1:5555");
  zmq_connect(socket, "tcp://192.0.2.1:50051");
  zmq_connect(socket, "ipc:///tmp/50051");
}
