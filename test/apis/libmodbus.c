// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// libmodbus: the context holds the address.
//
// RUN: %check_clang_tidy -std=gnu11 %s selfconnect-* %t -- -- %headers

#include <modbus/modbus.h>
#include <stddef.h>

int serve(void) {
  modbus_t *context = modbus_new_tcp("127.0.0.1", 50502);
  return modbus_tcp_listen(context, 1);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range [selfconnect-ephemeral-listen-port]
}

int serve_by_name(void) {
  modbus_t *context = modbus_new_tcp_pi("::", "50504");
  return modbus_tcp_pi_listen(context, 1);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range [selfconnect-ephemeral-listen-port]
}

int serve_low(void) {
  modbus_t *context = modbus_new_tcp("127.0.0.1", 1502);
  return modbus_tcp_listen(context, 1);
}

int dial_once(void) {
  modbus_t *context = modbus_new_tcp("127.0.0.1", 50502);
  return modbus_connect(context);
}

void dial_again(void) {
  modbus_t *context = modbus_new_tcp("127.0.0.1", 50506);
  while (modbus_connect(context) == -1) {
    // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: retried connect() can connect to itself when no server is listening [selfconnect-retry-loop]
    // CHECK-MESSAGES: :[[@LINE-2]]:{{[0-9]+}}: note: reproduce with: selfconnect reproduce 127.0.0.1:50506
  }
}
