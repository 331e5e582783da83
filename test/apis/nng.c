// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// nng; dialers connect again by themselves.
//
// RUN: %check_clang_tidy -std=c11,c++17 %s selfconnect-* %t -- -- %headers

#include <nng/nng.h>

void serve(nng_socket socket, nng_listener *listener) {
  nng_listen(socket, "tcp://127.0.0.1:50051", listener, 0);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range [selfconnect-ephemeral-listen-port]
  nng_listener_create(listener, socket, "ws://0.0.0.0:50053/path");
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range [selfconnect-ephemeral-listen-port]
  nng_listen(socket, "tcp://127.0.0.1:0", listener, 0);
  nng_listen(socket, "tcp://127.0.0.1:5555", listener, 0);
  nng_listen(socket, "ipc:///tmp/50051", listener, 0);
}

void dial(nng_socket socket, nng_dialer *dialer) {
  nng_dial(socket, "tcp://127.0.0.1:50051", dialer, NNG_FLAG_NONBLOCK);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: retried connect() can connect to itself when no server is listening [selfconnect-retry-loop]
  nng_dialer_create(dialer, socket, "tls+tcp://localhost:50053");
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: retried connect() can connect to itself when no server is listening [selfconnect-retry-loop]
  nng_dial(socket, "tcp://192.0.2.1:50051", dialer, 0);
  nng_dial(socket, "tcp://127.0.0.1:5555", dialer, 0);
  nng_dial(socket, "inproc://50051", dialer, 0);
}
