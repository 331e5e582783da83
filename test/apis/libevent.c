// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// libevent: a sockaddr, and a host with a port.
//
// RUN: %check_clang_tidy -std=gnu11,gnu++17 %s selfconnect-* %t -- -- %headers

#include <event2/bufferevent.h>
#include <event2/event.h>
#include <event2/http.h>
#include <event2/listener.h>
#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>

void serve(struct event_base *base, evconnlistener_cb callback) {
  struct sockaddr_in address;
  memset(&address, 0, sizeof(address));
  address.sin_family = AF_INET;
  address.sin_port = htons(50051);
  evconnlistener_new_bind(base, callback, 0, 0, -1, (struct sockaddr *)&address, sizeof(address));
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range [selfconnect-ephemeral-listen-port]
}

void serve_low(struct event_base *base, evconnlistener_cb callback) {
  struct sockaddr_in address;
  memset(&address, 0, sizeof(address));
  address.sin_port = htons(9995);
  evconnlistener_new_bind(base, callback, 0, 0, -1, (struct sockaddr *)&address, sizeof(address));
}

void serve_http(struct evhttp *http, unsigned short given) {
  evhttp_bind_socket(http, "0.0.0.0", 50051);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range [selfconnect-ephemeral-listen-port]
  evhttp_bind_socket_with_handle(http, "127.0.0.1", 50053);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range [selfconnect-ephemeral-listen-port]
  evhttp_bind_socket(http, "0.0.0.0", 0);
  evhttp_bind_socket(http, "0.0.0.0", 8080);
  evhttp_bind_socket(http, "0.0.0.0", given);
}

void dial_once(struct event_base *base, struct bufferevent *event, struct evdns_base *dns) {
  evhttp_connection_base_bufferevent_new(base, dns, event, "localhost", 50051);
  bufferevent_socket_connect_hostname(event, dns, AF_INET, "localhost", 50051);
}

void dial_again(struct bufferevent *event) {
  struct sockaddr_in address;
  memset(&address, 0, sizeof(address));
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(50055);
  while (bufferevent_socket_connect(event, (struct sockaddr *)&address, sizeof(address)) < 0) {
    // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: retried connect() can connect to itself when no server is listening [selfconnect-retry-loop]
    // CHECK-MESSAGES: :[[@LINE-2]]:{{[0-9]+}}: note: reproduce with: selfconnect reproduce 127.0.0.1:50055
  }
}

// The result is told to a callback, which leaves it in a variable.
static int is_connected;

void dial_by_name_again(struct event_base *base, struct bufferevent *event, struct evdns_base *dns) {
  do {
    bufferevent_socket_connect_hostname(event, dns, AF_INET, "localhost", 50057);
    // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: retried connect() can connect to itself when no server is listening [selfconnect-retry-loop]
    // CHECK-MESSAGES: :[[@LINE-2]]:{{[0-9]+}}: note: reproduce with: selfconnect reproduce 127.0.0.1:50057
    event_base_dispatch(base);
  } while (!is_connected);
}

// The callback is told of the failure and begins again.
struct client {
  struct event_base *base;
  struct evhttp_connection *connection;
};

void ask_again(struct client *client);

static void answered(struct evhttp_request *request, void *arg) {
  if (!request)
    ask_again((struct client *)arg);
}

void ask_again(struct client *client) {
  client->connection = evhttp_connection_base_bufferevent_new(client->base, 0, 0, "localhost", 50059);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: retried connect() can connect to itself when no server is listening [selfconnect-retry-loop]
  // CHECK-MESSAGES: :[[@LINE-2]]:{{[0-9]+}}: note: reproduce with: selfconnect reproduce 127.0.0.1:50059
  evhttp_make_request(client->connection, evhttp_request_new(answered, client), EVHTTP_REQ_GET, "/");
}
