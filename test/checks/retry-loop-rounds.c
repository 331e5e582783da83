// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A list that is gone round once is a walk, wherever it begins; gone round for
// ever it is a retry. So is a list that is asked for one after the other, and
// one that is cut out of a string.
//
// RUN: %check_clang_tidy -std=c11 %s selfconnect-retry-loop %t -- -- %mock -O0
// RUN: %check_clang_tidy -std=c11 %s selfconnect-retry-loop %t -- -- %mock -O2

#include <arpa/inet.h>
#include <netdb.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

char *strchr(const char *text, int c);
char *strdup(const char *text);
unsigned long strlen(const char *text);

// --- round a list -------------------------------------------------------------
struct server { struct sockaddr_in a; };
int static_cursor_once_round(struct server *list, int n) {
  static int at;
  for (int i = 0; i < n; i++) {
    int s = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(s, (struct sockaddr *)&list[at].a, sizeof list[at].a) == 0)
      return s;
    close(s);
    at = (at + 1) % n;
  }
  return -1;
}
int static_cursor_for_ever(struct server *list, int n) {
  static int at;
  for (;;) {
    int s = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(s, (struct sockaddr *)&list[at].a, sizeof list[at].a) == 0)
    // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: retried connect()
      return s;
    close(s);
    at = (at + 1) % n;
  }
  return -1;
}
int from_the_middle_by_index(struct server *list, int n, int start) {
  for (int i = 0; i < n; i++) {
    struct server *one = &list[(start + i) % n];
    int s = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(s, (struct sockaddr *)&one->a, sizeof one->a) == 0)
      return s;
    close(s);
  }
  return -1;
}
int until_back_at_the_start(struct server *list, int n, int start) {
  int at = start;
  do {
    int s = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(s, (struct sockaddr *)&list[at].a, sizeof list[at].a) == 0)
      return s;
    close(s);
    at = (at + 1) % n;
  } while (at != start);
  return -1;
}
int until_back_by_hand(struct server *list, int n, int start) {
  int at = start;
  do {
    int s = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(s, (struct sockaddr *)&list[at].a, sizeof list[at].a) == 0)
      return s;
    close(s);
    if (++at == n)
      at = 0;
  } while (at != start);
  return -1;
}
int round_by_hand_for_ever(struct server *list, int n) {
  int at = 0;
  for (;;) {
    int s = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(s, (struct sockaddr *)&list[at].a, sizeof list[at].a) == 0)
    // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: retried connect()
      return s;
    close(s);
    if (++at == n)
      at = 0;
    sleep(1);
  }
}
struct ring { struct ring *next; struct sockaddr_in a; };
int ring_of_servers(struct ring *head) {
  struct ring *r = head;
  do {
    int s = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(s, (struct sockaddr *)&r->a, sizeof r->a) == 0)
      return s;
    close(s);
    r = r->next;
  } while (r != head);
  return -1;
}
struct pool { struct server list[8]; unsigned count, at; };
static struct server *pool_next(struct pool *p) {
  p->at = (p->at + 1) % p->count;
  return &p->list[p->at];
}
int helper_goes_round_once(struct pool *p) {
  for (unsigned tries = 0; tries < p->count; tries++) {
    struct server *one = pool_next(p);
    int s = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(s, (struct sockaddr *)&one->a, sizeof one->a) == 0)
      return s;
    close(s);
  }
  return -1;
}
int helper_goes_round_for_ever(struct pool *p) {
  for (;;) {
    struct server *one = pool_next(p);
    int s = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(s, (struct sockaddr *)&one->a, sizeof one->a) == 0)
    // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: retried connect()
      return s;
    close(s);
    sleep(1);
  }
  return -1;
}
// --- asked for one after the other ---------------------------------------------
struct walk { struct addrinfo *at; };
extern struct sockaddr *walk_get(struct walk *w, socklen_t *n);
int as_long_as_it_gives_one(struct walk *w) {
  struct sockaddr *a; socklen_t n;
  while ((a = walk_get(w, &n)) != NULL) {
    int s = socket(a->sa_family, SOCK_STREAM, 0);
    if (connect(s, a, n) == 0)
      return s;
    close(s);
  }
  return -1;
}
static int enum_next(struct walk *w, struct sockaddr **a, socklen_t *n) {
  if (!w->at) return 0;
  *a = w->at->ai_addr; *n = w->at->ai_addrlen;
  w->at = w->at->ai_next;
  return 1;
}
int enumerator_in_sight(struct addrinfo *all) {
  struct walk w = { all };
  struct sockaddr *a; socklen_t n;
  while (enum_next(&w, &a, &n)) {
    int s = socket(a->sa_family, SOCK_STREAM, 0);
    if (connect(s, a, n) == 0)
      return s;
    close(s);
  }
  return -1;
}
static int for_each_address(struct addrinfo *all, int (*fn)(struct sockaddr *, socklen_t, void *), void *arg) {
  for (; all; all = all->ai_next) {
    int r = fn(all->ai_addr, all->ai_addrlen, arg);
    if (r >= 0) return r;
  }
  return -1;
}
static int try_one(struct sockaddr *a, socklen_t n, void *arg) {
  int s = socket(a->sa_family, SOCK_STREAM, 0);
  if (connect(s, a, n) == 0)
    return s;
  close(s);
  return -1;
}
int each_by_callback(struct addrinfo *all) { return for_each_address(all, try_one, 0); }
int next_server_address(struct walk *w, struct sockaddr_storage *a, socklen_t *n);
int next_by_name(struct walk *w) {
  struct sockaddr_storage a; socklen_t n = sizeof a;
  while (next_server_address(w, &a, &n) == 0) {
    int s = socket(a.ss_family, SOCK_STREAM, 0);
    if (connect(s, (struct sockaddr *)&a, n) == 0)
      return s;
    close(s);
  }
  return -1;
}
// A loop that no address ends: what it asks for may be the same each time.
extern struct sockaddr *walk_first(const struct walk *w);
int always_the_first(struct walk *w) {
  for (;;) {
    struct sockaddr *a = walk_first(w);
    int s = socket(a->sa_family, SOCK_STREAM, 0);
    if (connect(s, a, sizeof(struct sockaddr_in)) == 0)
    // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: retried connect()
      return s;
    close(s);
    sleep(1);
  }
}
// --- a list in one string ------------------------------------------------------
static int dial(const char *host) {
  struct sockaddr_in a = {.sin_family = AF_INET, .sin_port = htons(40000)};
  inet_pton(AF_INET, host, &a.sin_addr);
  int s = socket(AF_INET, SOCK_STREAM, 0);
  if (connect(s, (struct sockaddr *)&a, sizeof a) < 0) {
    close(s);
    return -1;
  }
  return s;
}
int cut_at_commas(char *list) {
  while (list && *list) {
    char *comma = strchr(list, ',');
    if (comma) *comma++ = 0;
    int s = dial(list);
    if (s >= 0) return s;
    list = comma;
  }
  return -1;
}
static int dial2(const char *host) {
  struct sockaddr_in a = {.sin_family = AF_INET, .sin_port = htons(40000)};
  inet_pton(AF_INET, host, &a.sin_addr);
  int s = socket(AF_INET, SOCK_STREAM, 0);
  if (connect(s, (struct sockaddr *)&a, sizeof a) < 0) {
    close(s);
    return -1;
  }
  return s;
}
int copied_to_the_separator(const char *list) {
  char one[64];
  const char *p = list, *end;
  int s;
  do {
    end = strchr(p, ';');
    size_t n = end ? (size_t)(end - p) : strlen(p);
    memcpy(one, p, n);
    one[n] = 0;
    s = dial2(one);
    if (end) p = end + 1;
  } while (s < 0 && end);
  return s;
}
static int dial3(const char *host) {
  struct sockaddr_in a = {.sin_family = AF_INET, .sin_port = htons(40000)};
  inet_pton(AF_INET, host, &a.sin_addr);
  int s = socket(AF_INET, SOCK_STREAM, 0);
  if (connect(s, (struct sockaddr *)&a, sizeof a) < 0) {
    close(s);
    return -1;
  }
  return s;
}
int cut_in_a_copy(const char *list) {
  char *copy = strdup(list), *host = copy, *next;
  int s = -1;
  for (; host; host = next) {
    next = strchr(host, ' ');
    if (next) { *next = '\0'; next++; }
    if ((s = dial3(host)) >= 0) break;
  }
  free(copy);
  return s;
}
static int dial4(const char *host) {
  struct sockaddr_in a = {.sin_family = AF_INET, .sin_port = htons(40000)};
  inet_pton(AF_INET, host, &a.sin_addr);
  int s = socket(AF_INET, SOCK_STREAM, 0);
  if (connect(s, (struct sockaddr *)&a, sizeof a) < 0) {
  // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: retried connect()
    close(s);
    return -1;
  }
  return s;
}
int only_the_port_cut_off(char *hostport) {
  int s;
  char *colon = strchr(hostport, ':');
  if (colon) *colon = 0;
  while ((s = dial4(hostport)) < 0) sleep(1);
  return s;
}
static int dial5(const char *host) {
  struct sockaddr_in a = {.sin_family = AF_INET, .sin_port = htons(40000)};
  inet_pton(AF_INET, host, &a.sin_addr);
  int s = socket(AF_INET, SOCK_STREAM, 0);
  if (connect(s, (struct sockaddr *)&a, sizeof a) < 0) {
  // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: retried connect()
    close(s);
    return -1;
  }
  return s;
}
int host_copied_on_each_turn(char *hostport) {
  for (;;) {
    char host[64];
    char *colon = strchr(hostport, ':');
    size_t n = colon ? (size_t)(colon - hostport) : strlen(hostport);
    memcpy(host, hostport, n);
    host[n] = 0;
    int s = dial5(host);
    if (s >= 0) return s;
    sleep(1);
  }
}
