// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// ZeroMQ in C++.
//
// RUN: %check_clang_tidy -std=c++17 %s selfconnect-* %t -- -- %headers

#include <string>
#include <zmq.hpp>

void serve(zmq::context_t &Context) {
  zmq::socket_t Socket(Context, zmq::socket_type::rep);
  Socket.bind("tcp://*:50051");
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range [selfconnect-ephemeral-listen-port]
  std::string Endpoint = "tcp://127.0.0.1:" + std::to_string(50053);
  Socket.bind(Endpoint);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range [selfconnect-ephemeral-listen-port]
  Socket.bind("tcp://*:0");
  Socket.bind("tcp://*:5555");
  Socket.bind("ipc:///tmp/50051");
}

void dial(zmq::context_t &Context) {
  zmq::socket_t Socket(Context, zmq::socket_type::req);
  Socket.connect("tcp://localhost:50051");
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: retried connect() can connect to itself when no server is listening [selfconnect-retry-loop]
  Socket.connect("tcp://localhost:5555");
  Socket.connect("tcp://example.org:50051");
  Socket.connect("inproc://50051");
}
