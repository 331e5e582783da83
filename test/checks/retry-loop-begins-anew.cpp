// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A function that calls itself, or has itself called, begins anew: the walk over
// the addresses, too. What it hands on has gone on, where it has.
//
// RUN: %check_clang_tidy -std=c++17 %s selfconnect-retry-loop %t -- -- %mock -O0
// RUN: %check_clang_tidy -std=c++17 %s selfconnect-retry-loop %t -- -- %mock -O2
// RUN: %check_clang_tidy -std=c++17 -check-suffixes=,WHY %s selfconnect-retry-loop %t -- \
// RUN:   -config='{CheckOptions: [{key: ExplainSilence, value: true}]}' -- %mock -O0

#include <arpa/inet.h>
#include <netdb.h>
#include <unistd.h>

static int attempts;

int dial_again(const char *host, const char *port) {
  addrinfo hints = {}, *result, *p;
  hints.ai_socktype = SOCK_STREAM;
  int fd = -1;
  if (getaddrinfo(host, port, &hints, &result) != 0)
    return -1;
  for (p = result; p; p = p->ai_next) {
    fd = socket(p->ai_family, p->ai_socktype, p->ai_protocol);
    if (fd < 0)
      continue;
    if (connect(fd, p->ai_addr, p->ai_addrlen) != -1)
      // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: retried connect()
      break;
    close(fd);
  }
  freeaddrinfo(result);
  if (!p) {
    if (++attempts > 30)
      return -1;
    sleep(2);
    return dial_again(host, port);
  }
  return fd;
}

struct loop;
void add_timer(loop *loop, int ms, void (*callback)(void *), void *argument);

struct client {
  struct loop *loop;
  const char *host, *port;
  int fd;
};

static void dial_later(void *argument) {
  client *c = (client *)argument;
  addrinfo hints = {}, *result, *p;
  hints.ai_socktype = SOCK_STREAM;
  if (getaddrinfo(c->host, c->port, &hints, &result) != 0)
    return;
  for (p = result; p; p = p->ai_next) {
    c->fd = socket(p->ai_family, p->ai_socktype, p->ai_protocol);
    if (connect(c->fd, p->ai_addr, p->ai_addrlen) == 0)
      // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: retried connect()
      break;
    close(c->fd);
    c->fd = -1;
  }
  freeaddrinfo(result);
  if (c->fd < 0)
    add_timer(c->loop, 5000, dial_later, c);
}
void start(client *c) { dial_later(c); }

// --- what is handed on is the next one ---------------------------------------

struct server {
  sockaddr_in addr;
  server *next;
  loop *loop;
};

static void dial_next(void *argument) {
  server *s = (server *)argument;
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  if (connect(fd, (const sockaddr *)&s->addr, sizeof(s->addr)) == 0)
  // CHECK-MESSAGES-WHY: :[[@LINE-1]]:7: warning: not reported
  // CHECK-MESSAGES-WHY: :[[@LINE+3]]:3: note: the destination advances here
    return;
  close(fd);
  s = s->next;
  if (s)
    add_timer(s->loop, 5000, dial_next, s);
}
void start_list(server *s) { dial_next(s); }
