// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// mosquitto: its loop connects again by itself.
//
// RUN: %check_clang_tidy -std=gnu11 %s selfconnect-* %t -- -- %headers

#include <mosquitto.h>
#include <stddef.h>

void dial(struct mosquitto *client, const char *host, int port) {
  mosquitto_connect(client, "localhost", 50051, 60);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: retried connect() can connect to itself when no server is listening [selfconnect-retry-loop]
  mosquitto_connect_bind(client, "127.0.0.1", 50053, 60, 0);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: retried connect() can connect to itself when no server is listening [selfconnect-retry-loop]
  mosquitto_connect_async(client, "::1", 50055, 60);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: retried connect() can connect to itself when no server is listening [selfconnect-retry-loop]
  mosquitto_connect_bind_async(client, "localhost", 50057, 60, 0);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: retried connect() can connect to itself when no server is listening [selfconnect-retry-loop]
  mosquitto_connect_bind_v5(client, NULL, 50059, 60, 0, NULL);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: retried connect() can connect to itself when no server is listening [selfconnect-retry-loop]
  mosquitto_connect(client, "localhost", 1883, 60);
  mosquitto_connect(client, "example.org", 50051, 60);
  mosquitto_connect(client, host, 50051, 60);
  mosquitto_connect(client, "localhost", port, 60);
}
