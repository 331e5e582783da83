// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// libsoup 3.
//
// RUN: %check_clang_tidy -std=gnu11 %s selfconnect-* %t -- -- -isystem %include/libsoup-3.0 -isystem %include/glib-2.0 -isystem %library/glib-2.0/include %headers

#include <libsoup/soup.h>

void serve(SoupServer *server, guint given) {
  soup_server_listen_all(server, 50051, 0, NULL);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range [selfconnect-ephemeral-listen-port]
  soup_server_listen_local(server, 50053, 0, NULL);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range [selfconnect-ephemeral-listen-port]
  soup_server_listen_all(server, 0, 0, NULL);
  soup_server_listen_all(server, 8080, 0, NULL);
  soup_server_listen_all(server, given, 0, NULL);
}
