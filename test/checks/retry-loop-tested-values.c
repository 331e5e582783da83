// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A type or a family that comes from outside may be known by what it has been
// compared with: where that says that it is not TCP's, nothing is reported.
//
// RUN: %check_clang_tidy -std=c11 %s selfconnect-retry-loop %t -- -- %mock -O0
// RUN: %check_clang_tidy -std=c11 %s selfconnect-retry-loop %t -- -- %mock -O2

#include <arpa/inet.h>
#include <netdb.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

// --- the type ---------------------------------------------------------------
int excluded_in_front(const struct sockaddr *to, socklen_t n, int type) {
  if (type == SOCK_STREAM)
    return -1;
  for (;;) {
    int s = socket(AF_INET, type, 0);
    if (connect(s, to, n) == 0)
      return s;
    close(s);
    sleep(1);
  }
}
int another_type_excluded(const struct sockaddr *to, socklen_t n, int type) {
  if (type == SOCK_DGRAM)
    return -1;
  for (;;) {
    int s = socket(AF_INET, type, 0);
    if (connect(s, to, n) == 0)
    // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: retried connect()
      return s;
    close(s);
    sleep(1);
  }
}
int of_a_resolved_address(struct addrinfo *ai) {
  if (ai->ai_socktype != SOCK_DGRAM) {
    return -1;
  }
  int s = socket(ai->ai_family, ai->ai_socktype, ai->ai_protocol);
  while (connect(s, ai->ai_addr, ai->ai_addrlen) < 0)
    sleep(1);
  return s;
}
int in_a_case(const struct sockaddr *to, socklen_t n, int type) {
  int s;
  switch (type) {
  case SOCK_DGRAM:
    for (;;) {
      s = socket(AF_INET, type, 0);
      if (connect(s, to, n) == 0)
        return s;
      close(s);
    }
  default:
    return -1;
  }
}
struct conf { int stream; int type; const char *path; struct sockaddr_storage ss; socklen_t len;};
int beside_it_in_the_loop(struct conf *c) {
  int s;
  do {
    if (c->type != SOCK_STREAM)
      s = socket(AF_INET, c->type, 0);
    else
      return -1;
    if (connect(s, (struct sockaddr *)&c->ss, c->len) == 0)
      return s;
    close(s);
  } while (1);
}
int between_socket_and_connect(struct conf *c) {
  for (;;) {
    int s = socket(AF_INET, c->type, 0);
    if (c->type != SOCK_STREAM) {
      if (connect(s, (struct sockaddr *)&c->ss, c->len) == 0)
        return s;
    } 
    close(s);
  } 
}
int chosen_in_place(struct conf *c) {
  for (;;) {
    int s = socket(AF_INET, c->type == SOCK_STREAM ? SOCK_DGRAM : c->type, 0);
    if (connect(s, (struct sockaddr *)&c->ss, c->len) == 0)
      return s;
    close(s);
  } 
}
// --- the family --------------------------------------------------------------
int only_unix(struct sockaddr *to, socklen_t n) {
  if (to->sa_family != AF_UNIX)
    return -1;
  for (;;) {
    int s = socket(to->sa_family, SOCK_STREAM, 0);
    if (connect(s, to, n) == 0)
      return s;
    close(s);
    sleep(1);
  }
}
int all_but_unix(struct sockaddr *to, socklen_t n) {
  if (to->sa_family == AF_UNIX)
    return -1;
  for (;;) {
    int s = socket(to->sa_family, SOCK_STREAM, 0);
    if (connect(s, to, n) == 0)
    // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: retried connect()
      return s;
    close(s);
    sleep(1);
  }
}
int unix_in_a_branch(int s, struct conf *c) {
  if (c->ss.ss_family == AF_UNIX) {
    while (connect(s, (struct sockaddr *)&c->ss, c->len) < 0)
      sleep(1);
  }
  return 0;
}
int unix_in_a_case(int s, struct sockaddr *to, socklen_t n) {
  switch (to->sa_family) {
  case AF_INET:
  case AF_INET6:
    return -1;
  case AF_UNIX:
    while (connect(s, to, n) < 0)
      sleep(1);
    return 0;
  }
  return -1;
}
int unix_in_one_condition(int s, struct sockaddr *to, socklen_t n) {
  while (1) {
    if (to->sa_family == AF_UNIX && connect(s, to, n) == 0)
      return 0;
    sleep(1);
  }
}
static int is_local(const struct sockaddr *a) { return a->sa_family == AF_UNIX; }
int unix_by_a_helper(int s, struct sockaddr *to, socklen_t n) {
  if (!is_local(to))
    return -1;
  while (connect(s, to, n) < 0)
    sleep(1);
  return 0;
}
int neither_inet_family(int family, struct sockaddr *to, socklen_t n) {
  if (family == AF_INET || family == AF_INET6)
    return -1;
  for (;;) {
    int s = socket(family, SOCK_STREAM, 0);
    if (connect(s, to, n) == 0)
      return s;
    close(s);
    sleep(1);
  }
}
