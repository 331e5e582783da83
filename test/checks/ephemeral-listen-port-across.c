// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Ports that come to the server from elsewhere in the file.
//
// RUN: %check_clang_tidy -std=c11,c++17 %s selfconnect-ephemeral-listen-port %t -- -- %mock -O0
// RUN: %check_clang_tidy -std=c11,c++17 %s selfconnect-ephemeral-listen-port %t -- -- %mock -O2

#include <netdb.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void serve_parameter(int port) {
  struct sockaddr_in addr;
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  memset(&addr, 0, sizeof(addr));
  addr.sin_port = htons(port);
  bind(fd, (struct sockaddr *)&addr, sizeof(addr));
  listen(fd, 5);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range
  // CHECK-MESSAGES: :[[@LINE+3]]:{{[0-9]+}}: note: port 33334 comes from here
}

void calls_it(void) { serve_parameter(33334); }

static void serve_parameter_out_of_range(int port) {
  struct sockaddr_in addr;
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  addr.sin_port = htons(port);
  bind(fd, (struct sockaddr *)&addr, sizeof(addr));
  listen(fd, 5);
}

void calls_it_out_of_range(void) { serve_parameter_out_of_range(8080); }

static void inner(unsigned short port) {
  struct sockaddr_in addr;
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  addr.sin_port = htons(port);
  bind(fd, (struct sockaddr *)&addr, sizeof(addr));
  listen(fd, 5);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range
}
static void outer(unsigned short port) { inner(port); }
void through_two_functions(void) { outer(33336); }

// A recursion that passes its parameter on asks for itself, once.
static void recursive(int port, int depth) {
  struct sockaddr_in addr;
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  addr.sin_port = htons(port);
  bind(fd, (struct sockaddr *)&addr, sizeof(addr));
  listen(fd, 5);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range
  if (depth)
    recursive(port, depth - 1);
}
void starts_recursion(void) { recursive(33338, 3); }

struct config {
  const char *host;
  int port;
};

static struct config defaults = {"localhost", 33340};

void field_of_a_global(void) {
  struct sockaddr_in addr;
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  addr.sin_port = htons(defaults.port);
  bind(fd, (struct sockaddr *)&addr, sizeof(addr));
  listen(fd, 5);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range
}

struct options {
  int listen_port;
  int admin_port;
};

void set_defaults(struct options *o) {
  o->listen_port = 33342;
  o->admin_port = 8443;
}

void field_that_another_function_sets(struct options *o) {
  struct sockaddr_in addr;
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  addr.sin_port = htons(o->listen_port);
  bind(fd, (struct sockaddr *)&addr, sizeof(addr));
  listen(fd, 5);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range
}

void another_field_out_of_range(struct options *o) {
  struct sockaddr_in addr;
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  addr.sin_port = htons(o->admin_port);
  bind(fd, (struct sockaddr *)&addr, sizeof(addr));
  listen(fd, 5);
}

struct settings {
  int port;
};

void overwritten_field(struct settings *s) {
  struct sockaddr_in addr;
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  s->port = 33344;
  s->port = 8080; // this is what arrives
  addr.sin_port = htons(s->port);
  bind(fd, (struct sockaddr *)&addr, sizeof(addr));
  listen(fd, 5);
}

static int default_port(void) { return 33346; }

void returned(void) {
  struct sockaddr_in addr;
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  addr.sin_port = htons(default_port());
  bind(fd, (struct sockaddr *)&addr, sizeof(addr));
  listen(fd, 5);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range
}

void from_the_command_line_or_a_default(int argc, char **argv) {
  struct sockaddr_in addr;
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  addr.sin_port = htons(argc > 1 ? atoi(argv[1]) : 33348);
  bind(fd, (struct sockaddr *)&addr, sizeof(addr));
  listen(fd, 5);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range
}

void default_that_an_option_replaces(int argc, char **argv) {
  struct sockaddr_in addr;
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  int port = 33350;
  if (argc > 1)
    port = atoi(argv[1]);
  addr.sin_port = htons(port);
  bind(fd, (struct sockaddr *)&addr, sizeof(addr));
  listen(fd, 5);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range
}

void base_and_unknown_offset(int instance) {
  struct sockaddr_in addr;
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  addr.sin_port = htons(33352 + instance);
  bind(fd, (struct sockaddr *)&addr, sizeof(addr));
  listen(fd, 5);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range
}

void random_port_that_may_be_in_range(void) {
  struct sockaddr_in addr;
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  addr.sin_port = htons(20000 + rand() % 20000);
  bind(fd, (struct sockaddr *)&addr, sizeof(addr));
  listen(fd, 5);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range
  // CHECK-MESSAGES: :[[@LINE-4]]:{{[0-9]+}}: note: ports 20000-39999 come from here
  // CHECK-MESSAGES: :[[@LINE-3]]:{{[0-9]+}}: note: port 32768 is inside the ephemeral port range 32768-60999, in its preferred half
}

void random_port_below_the_range(void) {
  struct sockaddr_in addr;
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  addr.sin_port = htons(20000 + rand() % 10000);
  bind(fd, (struct sockaddr *)&addr, sizeof(addr));
  listen(fd, 5);
}

void formatted_service(int fd) {
  struct addrinfo hints, *res;
  char service[16];
  int port = 33354;
  memset(&hints, 0, sizeof(hints));
  hints.ai_flags = AI_PASSIVE;
  hints.ai_socktype = SOCK_STREAM;
  snprintf(service, sizeof(service), "%d", port);
  if (getaddrinfo(NULL, service, &hints, &res))
    return;
  bind(fd, res->ai_addr, res->ai_addrlen);
  listen(fd, 5);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range
}

void formatted_service_that_is_not_known(int fd, int port) {
  struct addrinfo hints, *res;
  char service[16];
  memset(&hints, 0, sizeof(hints));
  hints.ai_socktype = SOCK_STREAM;
  snprintf(service, sizeof(service), "%d", port);
  if (getaddrinfo(NULL, service, &hints, &res))
    return;
  bind(fd, res->ai_addr, res->ai_addrlen);
  listen(fd, 5);
}

// 0x0380 is 896, and in memory 0x8003, which is 32771.
void stored_without_htons(void) {
  struct sockaddr_in addr;
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  addr.sin_port = 0x0380;
  bind(fd, (struct sockaddr *)&addr, sizeof(addr));
  listen(fd, 5);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range
  // CHECK-MESSAGES: :[[@LINE-4]]:{{[0-9]+}}: note: port 32771 comes from here
  // CHECK-MESSAGES: :[[@LINE-5]]:{{[0-9]+}}: note: it is stored without htons(), so that the kernel sees port 32771
}

void swapped_twice(void) {
  struct sockaddr_in addr;
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  addr.sin_port = htons(htons(0x0382));
  bind(fd, (struct sockaddr *)&addr, sizeof(addr));
  listen(fd, 5);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range
  // CHECK-MESSAGES: :[[@LINE-4]]:{{[0-9]+}}: note: port 33283 comes from here
  // CHECK-MESSAGES: :[[@LINE-5]]:{{[0-9]+}}: note: htons() is applied twice, so that the kernel sees port 33283
}

void swapped_by_hand(void) {
  struct sockaddr_in addr;
  unsigned port = 33356;
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  addr.sin_port = (unsigned short)((port >> 8) | (port << 8));
  bind(fd, (struct sockaddr *)&addr, sizeof(addr));
  listen(fd, 5);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range
  // CHECK-MESSAGES: :[[@LINE-2]]:{{[0-9]+}}: note: port 33356 is inside the ephemeral port range
}
