// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// libwebsockets: a field of the structure that the call is given.
//
// RUN: %check_clang_tidy -std=gnu11 %s selfconnect-* %t -- -- %headers

#include <libwebsockets.h>
#include <string.h>

struct lws_context *serve(void) {
  struct lws_context_creation_info info;
  memset(&info, 0, sizeof info);
  info.port = 50051;
  info.options = 0;
  return lws_create_context(&info);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range [selfconnect-ephemeral-listen-port]
}

struct lws_vhost *serve_vhost(struct lws_context *context) {
  struct lws_context_creation_info info = {.port = 50053};
  return lws_create_vhost(context, &info);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range [selfconnect-ephemeral-listen-port]
}

struct lws_context *client(void) {
  struct lws_context_creation_info info;
  memset(&info, 0, sizeof info);
  info.port = CONTEXT_PORT_NO_LISTEN;
  return lws_create_context(&info);
}

struct lws_context *serve_low(void) {
  struct lws_context_creation_info info;
  memset(&info, 0, sizeof info);
  info.port = 7681;
  return lws_create_context(&info);
}

struct lws_context *serve_any(void) {
  struct lws_context_creation_info info;
  memset(&info, 0, sizeof info);
  return lws_create_context(&info);
}

struct lws *dial_once(struct lws_context *context) {
  struct lws_client_connect_info info;
  memset(&info, 0, sizeof info);
  info.context = context;
  info.address = "localhost";
  info.port = 50051;
  return lws_client_connect_via_info(&info);
}

struct lws *dial_again(struct lws_context *context) {
  struct lws_client_connect_info info;
  memset(&info, 0, sizeof info);
  info.context = context;
  info.address = "localhost";
  info.port = 50055;
  for (;;) {
    struct lws *wsi = lws_client_connect_via_info(&info);
    // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: retried connect() can connect to itself when no server is listening [selfconnect-retry-loop]
    // CHECK-MESSAGES: :[[@LINE-2]]:{{[0-9]+}}: note: reproduce with: selfconnect reproduce HOST:50055
    if (wsi)
      return wsi;
  }
}
