// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Who has a socket and a server of his own: what comes next in a list, in an
// array, be it by way of a local variable or in a function that is called.
//
// RUN: %check_clang_tidy -std=c11 %s selfconnect-retry-loop %t -- -- %mock -O0
// RUN: %check_clang_tidy -std=c11 %s selfconnect-retry-loop %t -- -- %mock -O2

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>
#include <netdb.h>
struct client { int fd; struct sockaddr_in to; int sent; };
// --- a tool that puts load on a server: each client has a socket ------------------
static int open_client(struct client *c) {
  c->fd = socket(AF_INET, SOCK_STREAM, 0);
  return connect(c->fd, (struct sockaddr *)&c->to, sizeof c->to);
}
static struct client clients[100];
void load1(void) {
  for (int i = 0; i < 100; i++) {
    struct client *c = &clients[i];
    if (open_client(c) < 0)
      continue;
    send(c->fd, "x", 1, 0);
  }
}
static int dial2(const struct sockaddr_in *to) {
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  if (connect(fd, (const struct sockaddr *)to, sizeof *to) < 0) {
    close(fd);
    return -1;
  }
  return fd;
}
void load2(const struct sockaddr_in *to, int n) {
  int *fds = malloc(n * sizeof *fds);
  for (int i = 0; i < n; i++) {
    int fd = dial2(to);
    if (fd < 0)
      fd = -1;
    fds[i] = fd;
  }
}
struct conn { int fd; struct conn *next; };
struct pool { struct conn *all; int count; int want; struct sockaddr_in to; };
static struct conn *conn_new(const struct sockaddr_in *to) {
  struct conn *c = calloc(1, sizeof *c);
  c->fd = socket(AF_INET, SOCK_STREAM, 0);
  if (connect(c->fd, (const struct sockaddr *)to, sizeof *to) < 0) {
    close(c->fd);
    c->fd = -1;
  }
  return c;
}
void load3(struct pool *p) {
  for (int i = 0; i < p->want; i++) {
    struct conn *c = conn_new(&p->to);
    c->next = p->all;
    p->all = c;
  }
}
struct worker { int id; int fd; };
static void run_worker(struct worker *w, const struct sockaddr_in *to) {
  w->fd = socket(AF_INET, SOCK_STREAM, 0);
  if (connect(w->fd, (const struct sockaddr *)to, sizeof *to) < 0)
    return;
  send(w->fd, &w->id, sizeof w->id, 0);
}
void load4(const struct sockaddr_in *to, int n) {
  struct worker *all = calloc(n, sizeof *all);
  for (int i = 0; i < n; i++) {
    struct worker *w = all + i;
    w->id = i;
    run_worker(w, to);
  }
}
void load5(const struct sockaddr_in *to, int n) {
  struct worker all[64];
  int i = 0;
  while (i < n) {
    struct worker *w = &all[i];
    w->fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(w->fd, (const struct sockaddr *)to, sizeof *to) < 0)
      close(w->fd);
    i++;
  }
}
// The same client again is a retry, also where each has its turn.
void again1(void) {
  struct client *c = &clients[0];
  for (;;) {
    c->fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(c->fd, (struct sockaddr *)&c->to, sizeof c->to) == 0)
    // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: retried connect()
      break;
    close(c->fd);
    c->sent++;
  }
}
static int open_client2(struct client *c) {
  c->fd = socket(AF_INET, SOCK_STREAM, 0);
  return connect(c->fd, (struct sockaddr *)&c->to, sizeof c->to);
  // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: retried connect()
}
void again2(int i) {
  struct client *c = &clients[i];
  while (open_client2(c) < 0) { close(c->fd); c->sent++; sleep(1); }
}
static int open_client3(struct client *c) {
  c->fd = socket(AF_INET, SOCK_STREAM, 0);
  return connect(c->fd, (struct sockaddr *)&c->to, sizeof c->to);
  // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: retried connect()
}
void again3(void) {
  for (int i = 0; i < 100; i++) {
    struct client *c = &clients[i];
    while (open_client3(c) < 0) { close(c->fd); sleep(1); }
  }
}
// --- the list of servers is the caller's ----------------------------------------
struct server { const char *host; struct sockaddr_in a; };
struct cfg { struct server *servers; int count; int current; };
static int try_server(struct cfg *c) {
  struct server *s = &c->servers[c->current];
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  if (connect(fd, (struct sockaddr *)&s->a, sizeof s->a) < 0) {
    close(fd);
    return -1;
  }
  return fd;
}
int go1(struct cfg *c) {
  for (c->current = 0; c->current < c->count; c->current++) {
    int fd = try_server(c);
    if (fd >= 0) return fd;
  }
  return -1;
}
static int try_server2(struct cfg *c, int i) {
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  const struct server *s = c->servers + i;
  if (connect(fd, (struct sockaddr *)&s->a, sizeof s->a) < 0) {
    close(fd);
    return -1;
  }
  return fd;
}
int go2(struct cfg *c) {
  int fd = -1;
  for (int i = 0; i < c->count && fd < 0; i++)
    fd = try_server2(c, i);
  return fd;
}
struct node { struct node *next; struct sockaddr_in a; };
static int try_first(struct node **list) {
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  struct node *n = *list;
  *list = n->next;
  if (connect(fd, (struct sockaddr *)&n->a, sizeof n->a) < 0) {
    close(fd);
    return -1;
  }
  return fd;
}
int go3(struct node *list) {
  int fd = -1;
  while (list && fd < 0)
    fd = try_first(&list);
  return fd;
}
static int try_pick(struct cfg *c) {
  struct server *s = &c->servers[c->current];
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  if (connect(fd, (struct sockaddr *)&s->a, sizeof s->a) < 0) {
    close(fd);
    c->current++;
    return -1;
  }
  return fd;
}
int go4(struct cfg *c) {
  int fd;
  do fd = try_pick(c); while (fd < 0 && c->current < c->count);
  return fd;
}
// --- the next one is known by its number -----------------------------------------
struct scan { int s; char *names; struct scan *link; struct timespec *ts; };
static struct scan table[256];
static struct scan *first;
static int resolve_connect(const char *host) {
  struct addrinfo *ai, *top;
  int s = -1;
  if (getaddrinfo(host, "40000", 0, &top)) return -1;
  for (ai = top; ai; ai = ai->ai_next) {
    s = socket(ai->ai_family, ai->ai_socktype, 0);
    if (connect(s, ai->ai_addr, ai->ai_addrlen) == 0) break;
    close(s); s = -1;
  }
  freeaddrinfo(top);
  return s;
}
static int scan_next(int i) {
  struct scan *c = &table[i];
  return resolve_connect(c->names);
}
int late(struct scan *c);
void scan_all(void) {
  struct scan *c = first;
  while (c && late(c)) {
    int s = c->s;
    c = c->link;
    scan_next(s);
  }
}
static int resolve_connect2(const char *host) {
  struct addrinfo *ai, *top;
  int s = -1;
  if (getaddrinfo(host, "40000", 0, &top)) return -1;
  for (ai = top; ai; ai = ai->ai_next) {
    s = socket(ai->ai_family, ai->ai_socktype, 0);
    if (connect(s, ai->ai_addr, ai->ai_addrlen) == 0) break;
    // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: retried connect()
    close(s); s = -1;
  }
  freeaddrinfo(top);
  return s;
}
static int scan_same(int i) {
  struct scan *c = &table[i];
  return resolve_connect2(c->names);
}
void scan_one(int i) {
  while (late(first) && scan_same(i) < 0) {
    sleep(1);
  }
}
