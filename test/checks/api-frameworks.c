// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Rows of C frameworks that Debian does not package, on declarations like theirs.
//
// RUN: %check_clang_tidy %s selfconnect-* %t -- -- %mock

#include <stddef.h>

struct mg_mgr;
struct mg_connection;
typedef void (*mg_event_handler_t)(struct mg_connection *, int, void *);
enum { MG_EV_ERROR, MG_EV_OPEN, MG_EV_CONNECT = 4, MG_EV_CLOSE = 9 };
struct mg_connection *mg_listen(struct mg_mgr *, const char *url, mg_event_handler_t fn, void *data);
struct mg_connection *mg_http_listen(struct mg_mgr *, const char *url, mg_event_handler_t fn, void *data);
struct mg_connection *mg_mqtt_listen(struct mg_mgr *, const char *url, mg_event_handler_t fn, void *data);
struct mg_connection *mg_connect(struct mg_mgr *, const char *url, mg_event_handler_t fn, void *data);
struct mg_connection *mg_http_connect(struct mg_mgr *, const char *url, mg_event_handler_t fn, void *data);

typedef struct hloop_s hloop_t;
typedef struct hio_s hio_t;
typedef void (*haccept_cb)(hio_t *io);
typedef void (*hconnect_cb)(hio_t *io);
hio_t *hloop_create_tcp_server(hloop_t *loop, const char *host, int port, haccept_cb accept_cb);
hio_t *hloop_create_tcp_client(hloop_t *loop, const char *host, int port, hconnect_cb connect_cb);
hio_t *hloop_create_udp_server(hloop_t *loop, const char *host, int port);

// --- Mongoose ---------------------------------------------------------------

static const char *s_http_addr = "http://0.0.0.0:50001";

void mongoose_servers(struct mg_mgr *mgr, mg_event_handler_t fn) {
  mg_http_listen(mgr, s_http_addr, fn, NULL);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: listening port is inside the ephemeral port range [selfconnect-ephemeral-listen-port]
  mg_listen(mgr, "tcp://127.0.0.1:50003", fn, NULL);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: listening port is inside the ephemeral port range [selfconnect-ephemeral-listen-port]
  mg_mqtt_listen(mgr, "mqtt://0.0.0.0:50005", fn, NULL);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: listening port is inside the ephemeral port range [selfconnect-ephemeral-listen-port]
  mg_listen(mgr, "udp://127.0.0.1:50003", fn, NULL);
  mg_http_listen(mgr, "http://0.0.0.0:8000", fn, NULL);
  mg_http_listen(mgr, "https://0.0.0.0:8443", fn, NULL);
}

static struct mg_mgr *s_mgr;
static void again_when_closed(struct mg_connection *c, int ev, void *data) {
  if (ev == MG_EV_CLOSE)
    mg_connect(s_mgr, "tcp://127.0.0.1:50006", again_when_closed, NULL);
}

int waits_for_a_server(struct mg_mgr *mgr, mg_event_handler_t fn) {
  struct mg_connection *c;
  do {
    c = mg_http_connect(mgr, "http://127.0.0.1:50008", fn, NULL);
    // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: retried connect() can connect to itself when no server is listening [selfconnect-retry-loop]
  } while (c == NULL);
  return 0;
}

// --- libhv ------------------------------------------------------------------

void libhv_servers(hloop_t *loop, haccept_cb cb) {
  hloop_create_tcp_server(loop, "0.0.0.0", 50007, cb);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: listening port is inside the ephemeral port range [selfconnect-ephemeral-listen-port]
  hloop_create_tcp_server(loop, "0.0.0.0", 1234, cb);
  hloop_create_udp_server(loop, "0.0.0.0", 50007);
}

hio_t *waits_for_libhv(hloop_t *loop, hconnect_cb cb) {
  hio_t *io = NULL;
  while (io == NULL)
    io = hloop_create_tcp_client(loop, "127.0.0.1", 50010, cb);
  // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: retried connect() can connect to itself when no server is listening [selfconnect-retry-loop]
  return io;
}

hio_t *a_remote_one(hloop_t *loop, hconnect_cb cb) {
  hio_t *io = NULL;
  while (io == NULL)
    io = hloop_create_tcp_client(loop, "192.0.2.1", 50010, cb);
  return io;
}
