// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// libuv: an address that another call fills in.
//
// RUN: %check_clang_tidy -std=gnu11,gnu++17 %s selfconnect-* %t -- -- %headers

#include <uv.h>

void serve(uv_tcp_t *server, uv_connection_cb callback) {
  struct sockaddr_in address;
  uv_ip4_addr("0.0.0.0", 50051, &address);
  uv_tcp_bind(server, (const struct sockaddr *)&address, 0);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range [selfconnect-ephemeral-listen-port]
  uv_listen((uv_stream_t *)server, 128, callback);
}

void serve_v6(uv_tcp_t *server) {
  struct sockaddr_in6 address;
  uv_ip6_addr("::", 50053, &address);
  uv_tcp_bind(server, (const struct sockaddr *)&address, 0);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range [selfconnect-ephemeral-listen-port]
}

void silent(uv_tcp_t *server, uv_udp_t *datagram, int given) {
  struct sockaddr_in any, low, unknown, other;
  uv_ip4_addr("0.0.0.0", 0, &any);
  uv_tcp_bind(server, (const struct sockaddr *)&any, 0);
  uv_ip4_addr("0.0.0.0", 7000, &low);
  uv_tcp_bind(server, (const struct sockaddr *)&low, 0);
  uv_ip4_addr("0.0.0.0", given, &unknown);
  uv_tcp_bind(server, (const struct sockaddr *)&unknown, 0);
  uv_ip4_addr("0.0.0.0", 50051, &other);
  uv_udp_bind(datagram, (const struct sockaddr *)&other, 0);
}

void dial_once(uv_connect_t *request, uv_tcp_t *handle, uv_connect_cb callback,
               uv_loop_t *loop, uv_getaddrinfo_t *resolver, uv_getaddrinfo_cb resolved) {
  struct sockaddr_in address;
  uv_ip4_addr("127.0.0.1", 50051, &address);
  uv_tcp_connect(request, handle, (const struct sockaddr *)&address, callback);
  uv_getaddrinfo(loop, resolver, resolved, "localhost", "50051", 0);
}

// The callback is told of the failure and begins again.
void dial_again(uv_connect_t *request);

static void told(uv_connect_t *request, int status) {
  if (status < 0)
    dial_again(request);
}

void dial_again(uv_connect_t *request) {
  struct sockaddr_in address;
  uv_ip4_addr("127.0.0.1", 50055, &address);
  uv_tcp_connect(request, (uv_tcp_t *)request->handle, (const struct sockaddr *)&address, told);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: retried connect() can connect to itself when no server is listening [selfconnect-retry-loop]
  // CHECK-MESSAGES: :[[@LINE-2]]:{{[0-9]+}}: note: reproduce with: selfconnect reproduce 127.0.0.1:50055
}
