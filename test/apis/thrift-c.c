// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Thrift in C: properties of objects.
//
// RUN: %check_clang_tidy -std=gnu11 %s selfconnect-* %t -- -- -isystem %include/glib-2.0 -isystem %library/glib-2.0/include -isystem %include/thrift/c_glib %headers

#include <glib-object.h>
#include <thrift/c_glib/transport/thrift_server_socket.h>
#include <thrift/c_glib/transport/thrift_socket.h>
#include <thrift/c_glib/transport/thrift_transport.h>

void serve(guint given) {
  guint port = 50051;
  g_object_new(THRIFT_TYPE_SERVER_SOCKET, "port", 51199, NULL);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range [selfconnect-ephemeral-listen-port]
  g_object_new(THRIFT_TYPE_SERVER_SOCKET, "backlog", 5, "port", port, NULL);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range [selfconnect-ephemeral-listen-port]
  g_object_new(THRIFT_TYPE_SERVER_SOCKET, "port", 0, NULL);
  g_object_new(THRIFT_TYPE_SERVER_SOCKET, "port", 9090, NULL);
  g_object_new(THRIFT_TYPE_SERVER_SOCKET, "port", given, NULL);
  g_object_new(THRIFT_TYPE_SERVER_SOCKET, "path", "/tmp/50051", NULL);
  g_object_new(THRIFT_TYPE_SOCKET, "hostname", "localhost", "port", 51199, NULL);
}

void dial_again(void) {
  for (;;) {
    GObject *socket = g_object_new(THRIFT_TYPE_SOCKET, "hostname", "localhost", "port", 51201, NULL);
    // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: retried connect() can connect to itself when no server is listening [selfconnect-retry-loop]
    // CHECK-MESSAGES: :[[@LINE-2]]:{{[0-9]+}}: note: reproduce with: selfconnect reproduce 127.0.0.1:51201
    if (thrift_transport_open(THRIFT_TRANSPORT(socket), NULL))
      return;
    g_object_unref(socket);
  }
}
