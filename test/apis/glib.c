// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// GLib: listeners with a port or an address.
//
// RUN: %check_clang_tidy -std=gnu11 %s selfconnect-* %t -- -- -isystem %include/glib-2.0 -isystem %library/glib-2.0/include %headers

#include <gio/gio.h>

void serve(GSocketService *service, guint16 given) {
  GSocketAddress *address = g_inet_socket_address_new_from_string("0.0.0.0", 50053);
  g_socket_listener_add_inet_port(G_SOCKET_LISTENER(service), 50051, NULL, NULL);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range [selfconnect-ephemeral-listen-port]
  g_socket_listener_add_address(G_SOCKET_LISTENER(service), address, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL, NULL, NULL);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range [selfconnect-ephemeral-listen-port]
  g_socket_listener_add_any_inet_port(G_SOCKET_LISTENER(service), NULL, NULL);
  g_socket_listener_add_inet_port(G_SOCKET_LISTENER(service), 8080, NULL, NULL);
  g_socket_listener_add_inet_port(G_SOCKET_LISTENER(service), 0, NULL, NULL);
  g_socket_listener_add_inet_port(G_SOCKET_LISTENER(service), given, NULL, NULL);
}

void dial_once(GSocketClient *client, GSocket *socket) {
  GSocketAddress *address = g_inet_socket_address_new(g_inet_address_new_loopback(G_SOCKET_FAMILY_IPV4), 50051);
  g_socket_connect(socket, address, NULL, NULL);
  g_socket_client_connect_to_uri(client, "http://localhost:50051", 80, NULL, NULL);
  g_socket_client_connect_to_host(client, "localhost", 50051, NULL, NULL);
}

GSocketAddress *dial_again(GSocket *socket) {
  GSocketAddress *address = g_inet_socket_address_new(g_inet_address_new_from_string("127.0.0.1"), 50057);
  while (!g_socket_connect(socket, address, NULL, NULL)) {
    // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: retried connect() can connect to itself when no server is listening [selfconnect-retry-loop]
    // CHECK-MESSAGES: :[[@LINE-2]]:{{[0-9]+}}: note: reproduce with: selfconnect reproduce 127.0.0.1:50057
  }
  return address;
}

void dial_any_address_again(GSocket *socket) {
  GSocketAddress *address = g_inet_socket_address_new(g_inet_address_new_any(G_SOCKET_FAMILY_IPV4), 50059);
  while (!g_socket_connect(socket, address, NULL, NULL)) {
    // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: retried connect() can connect to itself when no server is listening [selfconnect-retry-loop]
    // CHECK-MESSAGES: :[[@LINE-2]]:{{[0-9]+}}: note: reproduce with: selfconnect reproduce 127.0.0.1:50059
  }
}

void dial_elsewhere_again(GSocket *socket) {
  GSocketAddress *address = g_inet_socket_address_new(g_inet_address_new_from_string("192.0.2.1"), 50057);
  while (!g_socket_connect(socket, address, NULL, NULL)) {
  }
}

GSocketConnection *dial_a_host_again(GSocketClient *client) {
  for (;;) {
    GSocketConnection *connection = g_socket_client_connect_to_host(client, "localhost", 50061, NULL, NULL);
    // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: retried connect() can connect to itself when no server is listening [selfconnect-retry-loop]
    // CHECK-MESSAGES: :[[@LINE-2]]:{{[0-9]+}}: note: reproduce with: selfconnect reproduce 127.0.0.1:50061
    if (connection)
      return connection;
  }
}

GSocketConnection *dial_a_uri_again(GSocketClient *client) {
  for (;;) {
    GSocketConnection *connection = g_socket_client_connect_to_uri(client, "http://localhost:50063", 80, NULL, NULL);
    // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: retried connect() can connect to itself when no server is listening [selfconnect-retry-loop]
    // CHECK-MESSAGES: :[[@LINE-2]]:{{[0-9]+}}: note: reproduce with: selfconnect reproduce 127.0.0.1:50063
    if (connection)
      return connection;
  }
}
