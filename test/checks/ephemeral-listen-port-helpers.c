// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Addresses that one function fills and another uses.
//
// RUN: %check_clang_tidy -std=c11,c++17 %s selfconnect-ephemeral-listen-port %t -- -- %mock -O0
// RUN: %check_clang_tidy -std=c11,c++17 %s selfconnect-ephemeral-listen-port %t -- -- %mock -O2

#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>
#include <unistd.h>

// A helper fills what it is given a pointer to.

static void fill(struct sockaddr_in *addr, int port) {
  memset(addr, 0, sizeof(*addr));
  addr->sin_family = AF_INET;
  addr->sin_addr.s_addr = htonl(INADDR_ANY);
  addr->sin_port = htons(port);
}

void filled_by_a_helper(void) {
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  struct sockaddr_in addr;
  fill(&addr, 33334);
  bind(fd, (struct sockaddr *)&addr, sizeof(addr));
  listen(fd, 5);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range
  // CHECK-MESSAGES: :[[@LINE-4]]:{{[0-9]+}}: note: port 33334 comes from here
}

// The other calls of the helper are other addresses.
void filled_with_a_good_port(void) {
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  struct sockaddr_in addr;
  fill(&addr, 8080);
  bind(fd, (struct sockaddr *)&addr, sizeof(addr));
  listen(fd, 5);
}

void filled_twice_the_last_counts(void) {
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  struct sockaddr_in addr;
  fill(&addr, 33336);
  fill(&addr, 8080);
  bind(fd, (struct sockaddr *)&addr, sizeof(addr));
  listen(fd, 5);
}

static void fill_through_another(struct sockaddr *addr, int base) {
  fill((struct sockaddr_in *)addr, base + 2);
}

void filled_by_a_helper_of_a_helper(void) {
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  struct sockaddr_storage addr;
  fill_through_another((struct sockaddr *)&addr, 33336);
  bind(fd, (struct sockaddr *)&addr, sizeof(struct sockaddr_in));
  listen(fd, 5);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range
}

static int set_host(struct sockaddr_in *addr, const char *host) {
  return inet_pton(AF_INET, host, &addr->sin_addr);
}

void helper_leaves_the_port_alone(void) {
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  struct sockaddr_in addr;
  memset(&addr, 0, sizeof(addr));
  addr.sin_port = htons(33340);
  if (set_host(&addr, "127.0.0.1") != 1)
    return;
  bind(fd, (struct sockaddr *)&addr, sizeof(addr));
  listen(fd, 5);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range
}

// A helper of another file may have written any port.
int fill_elsewhere(struct sockaddr_in *addr);

void filled_elsewhere(void) {
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  struct sockaddr_in addr;
  memset(&addr, 0, sizeof(addr));
  fill_elsewhere(&addr);
  bind(fd, (struct sockaddr *)&addr, sizeof(addr));
  listen(fd, 5);
}

// A helper returns the address.

static struct sockaddr_in make(int port) {
  struct sockaddr_in addr;
  memset(&addr, 0, sizeof(addr));
  addr.sin_family = AF_INET;
  addr.sin_port = htons(port);
  return addr;
}

void returned_by_a_helper(void) {
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  struct sockaddr_in addr = make(33342);
  bind(fd, (struct sockaddr *)&addr, sizeof(addr));
  listen(fd, 5);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range
}

void returned_with_a_good_port(void) {
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  struct sockaddr_in addr = make(8080);
  bind(fd, (struct sockaddr *)&addr, sizeof(addr));
  listen(fd, 5);
}

// A function is given the address.

static int serve(const struct sockaddr_in *addr) {
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  if (bind(fd, (const struct sockaddr *)addr, sizeof(*addr)) < 0)
    return -1;
  return listen(fd, 5);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range
}

void gives_an_address(void) {
  struct sockaddr_in addr;
  fill(&addr, 33344);
  serve(&addr);
}

static int serve_well(const struct sockaddr_in *addr) {
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  if (bind(fd, (const struct sockaddr *)addr, sizeof(*addr)) < 0)
    return -1;
  return listen(fd, 5);
}

void gives_an_address_with_a_good_port(void) {
  struct sockaddr_in addr;
  fill(&addr, 8080);
  serve_well(&addr);
}

// An address outlives the function that fills it.

static struct sockaddr_in server_addr;

void init_global(void) { server_addr.sin_port = htons(33346); }

void listen_on_global(void) {
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  bind(fd, (struct sockaddr *)&server_addr, sizeof(server_addr));
  listen(fd, 5);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range
}

struct server {
  int fd;
  struct sockaddr_in addr;
  struct sockaddr_in peer;
};

void init_server(struct server *server) {
  fill(&server->addr, 33348);
  fill(&server->peer, 8080);
}

void start_server(struct server *server) {
  bind(server->fd, (struct sockaddr *)&server->addr, sizeof(server->addr));
  listen(server->fd, 5);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range
}

// The other field has a port inside the range, and is not listened on.
struct proxy {
  int fd;
  struct sockaddr_in listen_addr;
  struct sockaddr_in upstream_addr;
};

void init_proxy(struct proxy *proxy) {
  proxy->listen_addr.sin_port = htons(8080);
  proxy->upstream_addr.sin_port = htons(33350);
}

void start_proxy(struct proxy *proxy) {
  bind(proxy->fd, (struct sockaddr *)&proxy->listen_addr, sizeof(proxy->listen_addr));
  listen(proxy->fd, 5);
}

// The value of a helper is that of this call.

static int plus_instance(int base, int instance) { return base + instance; }

void port_of_a_helper(void) {
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  struct sockaddr_in addr;
  memset(&addr, 0, sizeof(addr));
  addr.sin_port = htons(plus_instance(33350, 2));
  bind(fd, (struct sockaddr *)&addr, sizeof(addr));
  listen(fd, 5);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range
  // CHECK-MESSAGES: :[[@LINE-2]]:{{[0-9]+}}: note: port 33352 is inside
}

void port_of_a_helper_called_twice(void) {
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  struct sockaddr_in addr;
  memset(&addr, 0, sizeof(addr));
  addr.sin_port = htons(plus_instance(plus_instance(33350, 2), 2));
  bind(fd, (struct sockaddr *)&addr, sizeof(addr));
  listen(fd, 5);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range
}

void good_port_of_a_helper(void) {
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  struct sockaddr_in addr;
  memset(&addr, 0, sizeof(addr));
  addr.sin_port = htons(plus_instance(8080, 1));
  bind(fd, (struct sockaddr *)&addr, sizeof(addr));
  listen(fd, 5);
}

// --- the type of the socket and the port from one caller ----------------------

static int open_any(int type, unsigned short port) {
  struct sockaddr_in addr;
  int fd = socket(AF_INET, type, 0);
  memset(&addr, 0, sizeof(addr));
  addr.sin_family = AF_INET;
  addr.sin_port = htons(port);
  if (bind(fd, (struct sockaddr *)&addr, sizeof(addr)) < 0)
    return -1;
  if (type == SOCK_STREAM && listen(fd, 5) < 0)
    // CHECK-MESSAGES: :[[@LINE-1]]:30: warning: listening port is inside the ephemeral port range
    // CHECK-MESSAGES: note: port 50003 comes from here
    // CHECK-MESSAGES-NOT: note: port 50001
    return -1;
  return fd;
}
int for_both(void) {
  return open_any(SOCK_STREAM, 8080) + open_any(SOCK_DGRAM, 50001) +
         open_any(SOCK_STREAM, 50003);
}

static int open_low(int type, unsigned short port) {
  struct sockaddr_in addr;
  int fd = socket(AF_INET, type, 0);
  memset(&addr, 0, sizeof(addr));
  addr.sin_family = AF_INET;
  addr.sin_port = htons(port);
  if (bind(fd, (struct sockaddr *)&addr, sizeof(addr)) < 0)
    return -1;
  if (type == SOCK_STREAM && listen(fd, 5) < 0)
    return -1;
  return fd;
}
int for_datagrams_above(void) {
  return open_low(SOCK_STREAM, 8080) + open_low(SOCK_DGRAM, 50005);
}
