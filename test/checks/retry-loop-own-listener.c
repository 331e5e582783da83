// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Two ends of one connection in one program, where there is no socketpair(): as
// long as the own listener is open, nobody refuses.
//
// RUN: %check_clang_tidy -std=c11 %s selfconnect-retry-loop %t -- -- %mock -O0
// RUN: %check_clang_tidy -std=c11 %s selfconnect-retry-loop %t -- -- %mock -O2

#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>
// All in one condition, as most of these are written.
int all_in_one(int sp[2]) {
  struct sockaddr_in a; socklen_t n = sizeof a; int l, ok = 0;
  sp[0] = sp[1] = -1;
  memset(&a, 0, sizeof a); a.sin_family = AF_INET; a.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if ((l = socket(AF_INET, SOCK_STREAM, 0)) != -1 && !bind(l, (struct sockaddr *)&a, n) && !listen(l, 1) &&
      !getsockname(l, (struct sockaddr *)&a, &n) && (sp[0] = socket(AF_INET, SOCK_STREAM, 0)) != -1 &&
      !connect(sp[0], (struct sockaddr *)&a, n) && (sp[1] = accept(l, 0, 0)) != -1) ok = 1;
  else { close(sp[0]); sp[0] = -1; }
  close(l);
  return ok;
}
void until_there_are_two(int sp[2]) { do all_in_one(sp); while (sp[0] == -1); }
// The loop around connect() alone.
int loop_inside(int sp[2]) {
  struct sockaddr_in a; socklen_t n = sizeof a;
  memset(&a, 0, sizeof a); a.sin_family = AF_INET; a.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  int l = socket(AF_INET, SOCK_STREAM, 0);
  bind(l, (struct sockaddr *)&a, sizeof a);
  listen(l, 1);
  getsockname(l, (struct sockaddr *)&a, &n);
  sp[0] = socket(AF_INET, SOCK_STREAM, 0);
  while (connect(sp[0], (struct sockaddr *)&a, n) < 0)
    usleep(1000);
  sp[1] = accept(l, 0, 0);
  close(l);
  return 0;
}
// Closed before: another may have taken the port, or nobody.
int closed_before(int sp[2]) {
  struct sockaddr_in a; socklen_t n = sizeof a;
  memset(&a, 0, sizeof a); a.sin_family = AF_INET; a.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  int l = socket(AF_INET, SOCK_STREAM, 0);
  bind(l, (struct sockaddr *)&a, sizeof a);
  listen(l, 1);
  getsockname(l, (struct sockaddr *)&a, &n);
  close(l);
  sp[0] = socket(AF_INET, SOCK_STREAM, 0);
  while (connect(sp[0], (struct sockaddr *)&a, n) < 0)
  // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: retried connect()
    usleep(1000);
  return 0;
}
// It never listens.
int never_listens(int sp[2]) {
  struct sockaddr_in a; socklen_t n = sizeof a;
  memset(&a, 0, sizeof a); a.sin_family = AF_INET; a.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  int l = socket(AF_INET, SOCK_STREAM, 0);
  bind(l, (struct sockaddr *)&a, sizeof a);
  getsockname(l, (struct sockaddr *)&a, &n);
  sp[0] = socket(AF_INET, SOCK_STREAM, 0);
  while (connect(sp[0], (struct sockaddr *)&a, n) < 0)
  // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: retried connect()
    usleep(1000);
  return 0;
}
// A helper that listens.
static int listener(struct sockaddr_in *a) {
  socklen_t n = sizeof *a;
  memset(a, 0, sizeof *a); a->sin_family = AF_INET; a->sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  int l = socket(AF_INET, SOCK_STREAM, 0);
  if (bind(l, (struct sockaddr *)a, sizeof *a) || listen(l, 1) || getsockname(l, (struct sockaddr *)a, &n)) { close(l); return -1; }
  return l;
}
int by_helper(int sp[2]) {
  struct sockaddr_in a;
  int l = listener(&a);
  if (l < 0) return -1;
  for (int i = 0; i < 10; i++) {
    sp[0] = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(sp[0], (struct sockaddr *)&a, sizeof a) == 0) {
      sp[1] = accept(l, 0, 0);
      close(l);
      return 0;
    }
    close(sp[0]);
  }
  close(l);
  return -1;
}
// Only the port of it.
int port_alone(int sp[2]) {
  struct sockaddr_in own, to; socklen_t n = sizeof own;
  int l = socket(AF_INET, SOCK_STREAM, 0);
  listen(l, 1);
  getsockname(l, (struct sockaddr *)&own, &n);
  memset(&to, 0, sizeof to);
  to.sin_family = AF_INET;
  to.sin_port = own.sin_port;
  to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  for (;;) {
    sp[0] = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(sp[0], (struct sockaddr *)&to, sizeof to) == 0)
      break;
    close(sp[0]);
  }
  sp[1] = accept(l, 0, 0);
  return close(l);
}
// The port by a helper.
static unsigned short port_of(int fd) {
  struct sockaddr_in own; socklen_t n = sizeof own;
  getsockname(fd, (struct sockaddr *)&own, &n);
  return ntohs(own.sin_port);
}
int port_by_helper(int sp[2]) {
  struct sockaddr_in to = {.sin_family = AF_INET};
  int l = socket(AF_INET, SOCK_STREAM, 0);
  listen(l, 1);
  to.sin_port = htons(port_of(l));
  to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  do {
    sp[0] = socket(AF_INET, SOCK_STREAM, 0);
  } while (connect(sp[0], (struct sockaddr *)&to, sizeof to) != 0);
  sp[1] = accept(l, 0, 0);
  return close(l);
}
// A port of its own, and the address that it was bound to.
int bound_to_a_number(int sp[2]) {
  struct sockaddr_in a = {.sin_family = AF_INET, .sin_port = htons(40001)};
  a.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  int l = socket(AF_INET, SOCK_STREAM, 0);
  if (bind(l, (struct sockaddr *)&a, sizeof a) < 0 || listen(l, 5) < 0) return -1;
  sp[0] = socket(AF_INET, SOCK_STREAM, 0);
  while (connect(sp[0], (struct sockaddr *)&a, sizeof a) < 0)
    usleep(1000);
  sp[1] = accept(l, 0, 0);
  return close(l);
}
// Another port than the one that it listens on.
int another_number(int sp[2]) {
  struct sockaddr_in a = {.sin_family = AF_INET, .sin_port = htons(40001)};
  a.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  int l = socket(AF_INET, SOCK_STREAM, 0);
  if (bind(l, (struct sockaddr *)&a, sizeof a) < 0 || listen(l, 5) < 0) return -1;
  a.sin_port = htons(40002);
  sp[0] = socket(AF_INET, SOCK_STREAM, 0);
  while (connect(sp[0], (struct sockaddr *)&a, sizeof a) < 0)
  // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: retried connect()
    usleep(1000);
  sp[1] = accept(l, 0, 0);
  return close(l);
}
// In fields, over several functions.
struct wake { int listener, in, out; struct sockaddr_in addr; };
static int wake_listen(struct wake *w) {
  socklen_t n = sizeof w->addr;
  w->listener = socket(AF_INET, SOCK_STREAM, 0);
  memset(&w->addr, 0, sizeof w->addr);
  w->addr.sin_family = AF_INET;
  if (bind(w->listener, (struct sockaddr *)&w->addr, n) < 0) return -1;
  if (listen(w->listener, 1) < 0) return -1;
  return getsockname(w->listener, (struct sockaddr *)&w->addr, &n);
}
static int wake_connect(struct wake *w) {
  w->out = socket(AF_INET, SOCK_STREAM, 0);
  return connect(w->out, (struct sockaddr *)&w->addr, sizeof w->addr);
}
int wake_open(struct wake *w) {
  if (wake_listen(w) < 0) return -1;
  while (wake_connect(w) < 0) close(w->out);
  w->in = accept(w->listener, 0, 0);
  close(w->listener);
  return 0;
}
