// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Two objects of one struct are two, and a cleared host is one only where
// nothing else is written.
//
// RUN: %check_clang_tidy -std=c++17 %s selfconnect-retry-loop %t -- -- %mock
// RUN: %check_clang_tidy -std=c++17 -check-suffixes=,WHY %s selfconnect-retry-loop %t -- \
// RUN:   -config='{CheckOptions: [{key: ExplainSilence, value: true}]}' -- %mock

#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>
struct config { const char *name; int port; };
static config client = {"client", 50021};
static config metrics = {"metrics", 8080};
static void dial(const config *c) {
  sockaddr_in a = {};
  a.sin_family = AF_INET;
  a.sin_port = htons(c->port);
  a.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  for (;;) {
    int s = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(s, (sockaddr *)&a, sizeof a) == 0)
      // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: retried connect()
      // CHECK-MESSAGES: :[[@LINE-2]]:9: note: reproduce with: selfconnect reproduce 127.0.0.1:50021 --socket=new
      return;
    close(s);
  }
}
void start() { dial(&client); }
int port_of_metrics() { return metrics.port; }

void die(const char *);
void cleared_beside_unknown(const char *host) {
  sockaddr_in a;
  memset(&a, 0, sizeof a);
  a.sin_family = AF_INET;
  a.sin_port = htons(50022);
  if (host)
    inet_pton(AF_INET, host, &a.sin_addr);
  for (;;) {
    int s = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(s, (sockaddr *)&a, sizeof a) == 0)
      // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: retried connect()
      // CHECK-MESSAGES: :[[@LINE-2]]:9: note: reproduce with: selfconnect reproduce HOST:50022 --socket=new
      return;
    close(s);
  }
}
void cleared_and_nothing_else() {
  sockaddr_in a;
  memset(&a, 0, sizeof a);
  a.sin_family = AF_INET;
  a.sin_port = htons(50023);
  for (;;) {
    int s = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(s, (sockaddr *)&a, sizeof a) == 0)
      // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: retried connect()
      // CHECK-MESSAGES: :[[@LINE-2]]:9: note: reproduce with: selfconnect reproduce 0.0.0.0:50023 --socket=new
      return;
    close(s);
  }
}
struct peer { sockaddr_in6 addr; };
void serve(peer *p, int fd) {
  p->addr.sin6_addr = in6addr_any;
  bind(fd, (sockaddr *)&p->addr, sizeof p->addr);
}
void reach(peer *p) {
  for (;;) {
    int s = socket(AF_INET6, SOCK_STREAM, 0);
    if (connect(s, (sockaddr *)&p->addr, sizeof p->addr) == 0)
      // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: retried connect()
      // CHECK-MESSAGES: :[[@LINE-2]]:9: note: reproduce with: selfconnect reproduce HOST:PORT --socket=new
      return;
    close(s);
  }
}

// --- Silent: the object that is dialled is outside the range ------------------

static config near_one = {"near", 8081};
static config far_one = {"far", 50024};
static void dial_near(const config *c) {
  sockaddr_in a = {};
  a.sin_family = AF_INET;
  a.sin_port = htons(c->port);
  for (;;) {
    int s = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(s, (sockaddr *)&a, sizeof a) == 0)
    // CHECK-MESSAGES-WHY: :[[@LINE-1]]:9: warning: not reported
    // CHECK-MESSAGES-WHY: :[[@LINE-10]]:35: note: port 8081 is outside the range 32768-60999; it comes from here
      return;
    close(s);
  }
}
void start_near() { dial_near(&near_one); }
int port_of_far() { return far_one.port; }
