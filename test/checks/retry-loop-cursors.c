// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The cursor of a walk may be a field, or be moved by a function that is
// called; what is put back has not moved.
//
// RUN: %check_clang_tidy -std=c11 %s selfconnect-retry-loop %t -- -- %mock -O0
// RUN: %check_clang_tidy -std=c11 %s selfconnect-retry-loop %t -- -- %mock -O2
// RUN: %check_clang_tidy -std=c11 -check-suffixes=,WHY %s selfconnect-retry-loop %t -- \
// RUN:   -config='{CheckOptions: [{key: ExplainSilence, value: true}]}' -- %mock -O0

#include <arpa/inet.h>
#include <netdb.h>
#include <stddef.h>
#include <string.h>
#include <unistd.h>

struct channel {
  struct addrinfo *at;
  struct addrinfo *first;
  const char *name;
  int tries;
};
struct session {
  struct channel channel;
  struct channel *other;
};

int a_field_in_a_for(struct channel *c) {
  for (; c->at; c->at = c->at->ai_next) {
    int s = socket(c->at->ai_family, c->at->ai_socktype, c->at->ai_protocol);
    if (connect(s, c->at->ai_addr, c->at->ai_addrlen) == 0) {
    // CHECK-MESSAGES-WHY: :[[@LINE-1]]:9: warning: not reported
    // CHECK-MESSAGES-WHY: :[[@LINE-4]]:17: note: the destination advances here
      c->at = c->at->ai_next;
      return s;
    }
    close(s);
  }
  return -1;
}

int a_field_two_steps_away(struct session *session) {
  while (session->other->at) {
    struct addrinfo *ai = session->other->at;
    int s = socket(ai->ai_family, ai->ai_socktype, ai->ai_protocol);
    if (connect(s, ai->ai_addr, ai->ai_addrlen) == 0)
    // CHECK-MESSAGES-WHY: :[[@LINE-1]]:9: warning: not reported
    // CHECK-MESSAGES-WHY: :[[@LINE+3]]:5: note: the destination advances here
      return s;
    close(s);
    session->other->at = ai->ai_next;
  }
  return -1;
}

int through_another_variable(struct channel *c) {
  struct addrinfo *next;
  while (c->at) {
    next = c->at->ai_next;
    int s = socket(c->at->ai_family, c->at->ai_socktype, c->at->ai_protocol);
    if (connect(s, c->at->ai_addr, c->at->ai_addrlen) == 0)
    // CHECK-MESSAGES-WHY: :[[@LINE-1]]:9: warning: not reported
    // CHECK-MESSAGES-WHY: :[[@LINE-4]]:5: note: the destination advances here
      return s;
    close(s);
    c->at = next;
  }
  return -1;
}

static struct channel the_channel;
int a_field_of_a_global(void) {
  for (; the_channel.at; the_channel.at = the_channel.at->ai_next) {
    int s = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(s, the_channel.at->ai_addr, the_channel.at->ai_addrlen) == 0)
    // CHECK-MESSAGES-WHY: :[[@LINE-1]]:9: warning: not reported
    // CHECK-MESSAGES-WHY: :[[@LINE-4]]:26: note: the destination advances here
      return s;
    close(s);
  }
  return -1;
}

static void move_on(struct channel *c) { c->at = c->at->ai_next; }
static void move_on_deeper(struct session *s) { move_on(&s->channel); }

int moved_by_a_function(struct channel *c) {
  while (c->at) {
    int s = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(s, c->at->ai_addr, c->at->ai_addrlen) == 0)
    // CHECK-MESSAGES-WHY: :[[@LINE-1]]:9: warning: not reported
    // CHECK-MESSAGES-WHY: :[[@LINE+3]]:5: note: the destination advances here
      return s;
    close(s);
    move_on(c);
  }
  return -1;
}

int moved_two_calls_away(struct session *s) {
  while (s->channel.at) {
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(fd, s->channel.at->ai_addr, s->channel.at->ai_addrlen) == 0)
    // CHECK-MESSAGES-WHY: :[[@LINE-1]]:9: warning: not reported
    // CHECK-MESSAGES-WHY: :[[@LINE+3]]:5: note: the destination advances here
      return fd;
    close(fd);
    move_on_deeper(s);
  }
  return -1;
}

// The same shapes without a move.

int only_the_tries_are_counted(struct channel *c) {
  while (c->tries++ < 10) {
    int s = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(s, c->at->ai_addr, c->at->ai_addrlen) == 0)
      // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: retried connect()
      return s;
    close(s);
  }
  return -1;
}

static void count(struct channel *c) { c->tries++; }
int counted_by_a_function(struct channel *c) {
  while (c->tries < 10) {
    int s = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(s, c->at->ai_addr, c->at->ai_addrlen) == 0)
      // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: retried connect()
      return s;
    close(s);
    count(c);
  }
  return -1;
}

static void look_ahead(struct channel *c) {
  struct addrinfo *saved = c->at;
  c->at = NULL;
  c->tries++;
  c->at = saved;
}
int put_back(struct channel *c) {
  for (;;) {
    int s = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(s, c->at->ai_addr, c->at->ai_addrlen) == 0)
      // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: retried connect()
      return s;
    close(s);
    look_ahead(c);
  }
}

int a_walk_begun_anew(struct channel *c) {
  for (;;) {
    for (c->at = c->first; c->at; c->at = c->at->ai_next) {
      int s = socket(AF_INET, SOCK_STREAM, 0);
      if (connect(s, c->at->ai_addr, c->at->ai_addrlen) == 0)
        // CHECK-MESSAGES: :[[@LINE-1]]:11: warning: retried connect()
        return s;
      close(s);
    }
    sleep(1);
  }
}

// The variable that went over the arguments counts the tries afterwards.
int counts_with_the_same_variable(int argc, char **argv) {
  struct sockaddr_in addr;
  const char *host = "127.0.0.1";
  int i, fd;
  for (i = 1; i < argc; i++)
    if (argv[i][0] != '-')
      host = argv[i];
  memset(&addr, 0, sizeof(addr));
  addr.sin_port = htons(33334);
  inet_pton(AF_INET, host, &addr.sin_addr);
  for (i = 0; i < 10; i++) {
    fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(fd, (struct sockaddr *)&addr, sizeof(addr)) == 0)
      // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: retried connect() can connect to itself when no server is listening
      return fd;
    close(fd);
  }
  return -1;
}

// Here it goes on over the arguments, one further on each try.
int takes_the_next_argument(int argc, char **argv) {
  struct sockaddr_in addr;
  const char *host = argv[1];
  int i, fd;
  for (i = 2; i < argc; i++) {
    memset(&addr, 0, sizeof(addr));
    addr.sin_port = htons(33334);
    inet_pton(AF_INET, host, &addr.sin_addr);
    fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(fd, (struct sockaddr *)&addr, sizeof(addr)) == 0)
      // CHECK-MESSAGES-WHY: :[[@LINE-1]]:9: warning: not reported
      // CHECK-MESSAGES-WHY: note: the destination advances here
      return fd;
    close(fd);
    host = argv[i];
  }
  return -1;
}
