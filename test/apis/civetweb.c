// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// civetweb: an array of names and values.
//
// RUN: %check_clang_tidy -std=c11 %s selfconnect-* %t -- -- %headers

#include <civetweb.h>
#include <stddef.h>

void serve(void) {
  const char *options[] = {"document_root", ".", "listening_ports", "8080,127.0.0.1:50051,50443s", NULL};
  mg_start(NULL, NULL, options);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range [selfconnect-ephemeral-listen-port]
}

void silent(const char *given) {
  const char *low[] = {"listening_ports", "8080", NULL};
  const char *none[] = {"document_root", "50051", NULL};
  const char *any[] = {"listening_ports", "0", NULL};
  const char *local[] = {"listening_ports", "x/tmp/50051", NULL};
  const char *unknown[] = {"listening_ports", given, NULL};
  mg_start(NULL, NULL, low);
  mg_start(NULL, NULL, none);
  mg_start(NULL, NULL, any);
  mg_start(NULL, NULL, local);
  mg_start(NULL, NULL, unknown);
}

void dial_once(char *error) { mg_connect_client("localhost", 50051, 0, error, 10); }

struct mg_connection *dial_again(char *error) {
  for (;;) {
    struct mg_connection *connection = mg_connect_client("localhost", 50053, 0, error, 10);
    // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: retried connect() can connect to itself when no server is listening [selfconnect-retry-loop]
    // CHECK-MESSAGES: :[[@LINE-2]]:{{[0-9]+}}: note: reproduce with: selfconnect reproduce 127.0.0.1:50053
    if (connection)
      return connection;
  }
}
