// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The attempt in one function, what repeats it in another.
//
// RUN: %check_clang_tidy -std=c11,c++17 %s selfconnect-retry-loop %t -- -- %mock -O0
// RUN: %check_clang_tidy -std=c11,c++17 %s selfconnect-retry-loop %t -- -- %mock -O2

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int dial(int port) {
  struct sockaddr_in a;
  int s = socket(AF_INET, SOCK_STREAM, 0);
  memset(&a, 0, sizeof(a));
  a.sin_port = htons(port);
  inet_pton(AF_INET, "127.0.0.1", &a.sin_addr);
  if (connect(s, (struct sockaddr *)&a, sizeof(a)) != 0) {
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: retried connect() can connect to itself when no server is listening
    // CHECK-MESSAGES: :[[@LINE-6]]:11: note: a new socket is created on each iteration
    // CHECK-MESSAGES: :[[@LINE+9]]:12: note: port 33334 comes from here
    // CHECK-MESSAGES: :[[@LINE+7]]:3: note: the loop is here
    close(s);
    return -1;
  }
  return s;
}
void loop_around_a_helper(void) {
  while (
      dial(33334) < 0)
    sleep(1);
}

static int make_socket(void) { return socket(AF_INET, SOCK_STREAM, 0); }
static int attempt(int s, const struct sockaddr_in *a) {
  return connect(s, (const struct sockaddr *)a, sizeof(*a));
  // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: retried connect()
}
int create_connect_and_loop_in_three_functions(const struct sockaddr_in *a) {
  int s, rc;
  do {
    s = make_socket();
    rc = attempt(s, a);
    if (rc)
      close(s);
  } while (rc);
  return s;
}

static int recursive(const struct sockaddr_in *a) {
  int s = socket(AF_INET, SOCK_STREAM, 0);
  if (connect(s, (const struct sockaddr *)a, sizeof(*a)) == 0)
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: retried connect()
    // CHECK-MESSAGES: :[[@LINE-3]]:11: note: a new socket is created on each iteration
    // CHECK-MESSAGES: :[[@LINE+4]]:10: note: the loop is here
    return s;
  close(s);
  sleep(1);
  return recursive(a);
}
int starts_recursion(const struct sockaddr_in *a) { return recursive(a); }

void add_timer(int ms, void (*callback)(void *), void *data);
struct connection {
  int fd;
  struct sockaddr_in address;
};
static void start(void *data) {
  struct connection *c = (struct connection *)data;
  c->fd = socket(AF_INET, SOCK_STREAM, 0);
  if (connect(c->fd, (struct sockaddr *)&c->address, sizeof(c->address)) < 0) {
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: retried connect()
    // CHECK-MESSAGES: :[[@LINE+2]]:21: note: the loop is here
    close(c->fd);
    add_timer(1000, start, c);
  }
}
void starts_a_timer(struct connection *c) { start(c); }

// The socket is shared, and a helper resets it on failure.
static int shared = -1;
static void drop_shared(void) {
  close(shared);
  shared = -1;
}
static void dial_shared(const struct sockaddr *to, socklen_t size) {
  shared = socket(AF_INET, SOCK_STREAM, 0);
  if (connect(shared, to, size) < 0)
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: retried connect()
    drop_shared();
}
void until_shared(const struct sockaddr *to, socklen_t size) {
  while (shared < 0) {
    dial_shared(to, size);
    sleep(1);
  }
}

// --- Silent -----------------------------------------------------------------

static int dial_once(int port) {
  struct sockaddr_in a;
  int s = socket(AF_INET, SOCK_STREAM, 0);
  memset(&a, 0, sizeof(a));
  a.sin_port = htons(port);
  if (connect(s, (struct sockaddr *)&a, sizeof(a)) != 0) {
    close(s);
    return -1;
  }
  return s;
}
int a_second_server_is_tried_once(void) {
  int s = dial_once(33334);
  if (s < 0)
    s = dial_once(33336);
  return s;
}
int a_port_scan_goes_on_to_the_next_port(void) {
  int port;
  for (port = 33000; port < 40000; port++)
    if (dial_once(port) >= 0)
      return port;
  return -1;
}
void many_clients_have_a_socket_each(int *fds) {
  int i;
  for (i = 0; i < 100; i++)
    fds[i] = dial_once(33334);
}

static int recursive_walk(const struct sockaddr_in *list, int left) {
  int s = socket(AF_INET, SOCK_STREAM, 0);
  if (connect(s, (const struct sockaddr *)list, sizeof(*list)) == 0)
    return s;
  close(s);
  return left ? recursive_walk(list + 1, left - 1) : -1;
}
int walks(const struct sockaddr_in *list) { return recursive_walk(list, 4); }

static int dial_or_die(int port) {
  struct sockaddr_in a;
  int s = socket(AF_INET, SOCK_STREAM, 0);
  memset(&a, 0, sizeof(a));
  a.sin_port = htons(port);
  if (connect(s, (struct sockaddr *)&a, sizeof(a)) != 0)
    exit(1);
  return s;
}
void failure_ends_the_program(void) {
  while (dial_or_die(33334) < 0)
    sleep(1);
}

static int guarded_dial(int port) {
  struct sockaddr_in a, local, peer;
  socklen_t size = sizeof(local);
  int s = socket(AF_INET, SOCK_STREAM, 0);
  memset(&a, 0, sizeof(a));
  a.sin_port = htons(port);
  if (connect(s, (struct sockaddr *)&a, sizeof(a)) != 0) {
    close(s);
    return -1;
  }
  getsockname(s, (struct sockaddr *)&local, &size);
  getpeername(s, (struct sockaddr *)&peer, &size);
  if (memcmp(&local, &peer, size) == 0) {
    close(s);
    return -1;
  }
  return s;
}
void the_guard_is_in_the_helper(void) {
  while (guarded_dial(33334) < 0)
    sleep(1);
}

struct session {
  int fd;
};
int set_up(struct session *s, int fd);
static int open_session(struct session *session, const struct sockaddr_in *a) {
  int s = socket(AF_INET, SOCK_STREAM, 0);
  if (connect(s, (const struct sockaddr *)a, sizeof(*a)) != 0) {
    close(s);
    s = -1;
  }
  return set_up(session, s); // who knows what that makes of -1
}
int work(struct session *s);
void the_result_of_the_helper_is_not_known(struct session *s,
                                           const struct sockaddr_in *a) {
  for (;;) {
    if (!open_session(s, a))
      return;
    work(s);
  }
}
