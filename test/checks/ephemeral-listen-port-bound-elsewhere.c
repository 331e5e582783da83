// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// One function binds the socket, another one listens.
//
// RUN: %check_clang_tidy -std=c11,c++17 %s selfconnect-ephemeral-listen-port %t -- -- %mock -O0
// RUN: %check_clang_tidy -std=c11,c++17 %s selfconnect-ephemeral-listen-port %t -- -- %mock -O2
// RUN: %check_clang_tidy -std=c11 -check-suffixes=,WHY %s selfconnect-ephemeral-listen-port %t -- \
// RUN:   -config='{CheckOptions: [{key: ExplainSilence, value: true}]}' -- %mock -O0

#include <netdb.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int bind_to(int fd, int port) {
  struct sockaddr_in addr;
  memset(&addr, 0, sizeof(addr));
  addr.sin_family = AF_INET;
  addr.sin_port = htons(port);
  return bind(fd, (struct sockaddr *)&addr, sizeof(addr));
}

int helper_that_is_handed_the_socket(void) {
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  if (bind_to(fd, 33334) != 0)
    abort();
  return listen(fd, 5);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range
  // CHECK-MESSAGES: :[[@LINE-4]]:{{[0-9]+}}: note: port 33334 comes from here
}

// The helper is the same; what it is handed elsewhere does not count.
int handed_a_port_out_of_range(void) {
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  if (bind_to(fd, 8080) != 0)
    abort();
  return listen(fd, 5);
  // CHECK-MESSAGES-WHY: :[[@LINE-1]]:10: warning: not reported
  // CHECK-MESSAGES-WHY: :[[@LINE-4]]:19: note: port 8080 is outside the range 32768-60999; it comes from here
}

static int make_and_bind(int port) {
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  if (fd < 0)
    return -1;
  if (bind_to(fd, port) != 0) {
    close(fd);
    return -1;
  }
  return fd;
}

int helper_that_makes_the_socket(void) {
  int fd = make_and_bind(33336);
  return fd < 0 ? -1 : listen(fd, 5);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range
  // CHECK-MESSAGES: :[[@LINE-3]]:{{[0-9]+}}: note: port 33336 comes from here
}

int made_with_a_port_out_of_range(void) {
  int fd = make_and_bind(80);
  return fd < 0 ? -1 : listen(fd, 5);
  // CHECK-MESSAGES-WHY: :[[@LINE-1]]:24: warning: not reported
  // CHECK-MESSAGES-WHY: :[[@LINE-3]]:26: note: port 80 is outside the range 32768-60999; it comes from here
}

static void open_into(int *fd, const char *service) {
  struct addrinfo hints, *found;
  memset(&hints, 0, sizeof(hints));
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_PASSIVE;
  if (getaddrinfo(NULL, service, &hints, &found) != 0)
    abort();
  *fd = socket(found->ai_family, found->ai_socktype, 0);
  bind(*fd, found->ai_addr, found->ai_addrlen);
}

int helper_that_fills_the_socket_in(void) {
  int fd;
  open_into(&fd, "33338");
  return listen(fd, 5);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range
}

int filled_in_with_a_port_out_of_range(void) {
  int fd;
  open_into(&fd, "8080");
  return listen(fd, 5);
  // CHECK-MESSAGES-WHY: :[[@LINE-1]]:10: warning: not reported
  // CHECK-MESSAGES-WHY: :[[@LINE-3]]:18: note: port 8080 is outside the range 32768-60999; it comes from here
}

static int start(int fd) {
  return listen(fd, 5);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range
  // CHECK-MESSAGES: :[[@LINE+7]]:{{[0-9]+}}: note: port 33340 comes from here
}

int listens_in_the_helper(void) {
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  struct sockaddr_in addr;
  memset(&addr, 0, sizeof(addr));
  addr.sin_port = htons(33340);
  bind(fd, (struct sockaddr *)&addr, sizeof(addr));
  return start(fd);
}

struct server {
  int fd;
  int port;
};

static int server_bind(struct server *s) {
  return bind_to(s->fd, s->port);
}

static int server_listen(struct server *s) {
  return listen(s->fd, 5);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range
  // CHECK-MESSAGES: :[[@LINE+6]]:{{[0-9]+}}: note: port 33342 comes from here
}

int one_helper_for_each(void) {
  struct server s;
  s.fd = socket(AF_INET, SOCK_STREAM, 0);
  s.port = 33342;
  if (server_bind(&s) != 0)
    return -1;
  return server_listen(&s);
}

struct stage {
  int socket;
};

// The two are called from other files.
void stage_bind(struct stage *s) {
  struct sockaddr_in addr;
  memset(&addr, 0, sizeof(addr));
  addr.sin_port = htons(33344);
  bind(s->socket, (struct sockaddr *)&addr, sizeof(addr));
}
void stage_listen(struct stage *s) {
  listen(s->socket, 5);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range
  // CHECK-MESSAGES: :[[@LINE-6]]:{{[0-9]+}}: note: port 33344 comes from here
}

// A socket of its own stands in a field of its own.
struct other_stage {
  int socket;
};
void other_stage_listen(struct other_stage *s) { listen(s->socket, 5); }
// CHECK-MESSAGES-WHY: :[[@LINE-1]]:50: warning: not reported
// CHECK-MESSAGES-WHY: :[[@LINE-2]]:50: note: nothing is known to bind this socket

// The socket that is bound is not the one that listens.
int binds_another_socket(void) {
  int client = socket(AF_INET, SOCK_STREAM, 0);
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  bind_to(client, 33346);
  return listen(fd, 5);
  // CHECK-MESSAGES-WHY: :[[@LINE-1]]:10: warning: not reported
  // CHECK-MESSAGES-WHY: :[[@LINE-2]]:10: note: nothing is known to bind this socket
}

// A new socket has not been bound.
int made_anew(void) {
  int fd = make_and_bind(33348);
  close(fd);
  fd = socket(AF_INET, SOCK_STREAM, 0);
  return listen(fd, 5);
  // CHECK-MESSAGES-WHY: :[[@LINE-1]]:10: warning: not reported
  // CHECK-MESSAGES-WHY: :[[@LINE-2]]:10: note: nothing is known to bind this socket
}

static void bind_datagram(int fd) {
  struct sockaddr_in addr;
  memset(&addr, 0, sizeof(addr));
  addr.sin_port = htons(33350);
  fd = socket(AF_INET, SOCK_DGRAM, 0);
  bind(fd, (struct sockaddr *)&addr, sizeof(addr));
}

int helper_binds_a_socket_of_its_own(int fd) {
  bind_datagram(fd);
  return listen(fd, 5);
  // CHECK-MESSAGES-WHY: :[[@LINE-1]]:10: warning: not reported
  // CHECK-MESSAGES-WHY: :[[@LINE-8]]:8: note: a datagram socket
}

// The members of a union are one object.
struct walker {
  struct sockaddr_storage storage;
  union {
    struct sockaddr *any;
    struct sockaddr_in *in;
    struct sockaddr_in6 *in6;
  };
  int fd;
  unsigned short next;
};

static void walker_bind(struct walker *w) {
  w->any = (struct sockaddr *)&w->storage;
  w->in->sin_port = htons(w->next++);
  bind(w->fd, w->any, sizeof(w->storage));
}

int address_by_the_pointers_of_a_union(unsigned short port) {
  struct walker w;
  memset(&w, 0, sizeof(w));
  w.fd = socket(AF_INET, SOCK_STREAM, 0);
  if (port == 0)
    port = 33352;
  w.next = port;
  walker_bind(&w);
  return listen(w.fd, 5);
  // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: listening port is inside the ephemeral port range
  // CHECK-MESSAGES: :[[@LINE-5]]:{{[0-9]+}}: note: port 33352 comes from here
}

// Neither hangs.
static int knows_no_end(int fd, int depth) {
  if (depth > 0)
    return knows_no_end(fd, depth - 1);
  return listen(fd, 5);
  // CHECK-MESSAGES-WHY: :[[@LINE-1]]:10: warning: not reported
  // CHECK-MESSAGES-WHY: :[[@LINE-2]]:10: note: nothing is known to bind this socket
}
static int make_for_ever(int depth) { return make_for_ever(depth + 1); }
int ends(void) {
  int fd = make_for_ever(0);
  return knows_no_end(fd, 3);
}
