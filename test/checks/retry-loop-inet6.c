// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// IPv6 addresses as code writes them: which host is it?
//
// RUN: %check_clang_tidy -std=c11 -check-suffixes=,C %s selfconnect-retry-loop %t -- \
// RUN:   -config='{CheckOptions: [{key: ExplainSilence, value: true}]}' -- %mock -O0
// RUN: %check_clang_tidy -std=c++17 %s selfconnect-retry-loop %t -- \
// RUN:   -config='{CheckOptions: [{key: ExplainSilence, value: true}]}' -- %mock -O2

#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>
#include <unistd.h>

#define RETRY(addr)                                                            \
  while (connect(fd, (struct sockaddr *)&(addr), sizeof(addr)) < 0)            \
  sleep(1)

static const struct in6_addr loopback_constant = IN6ADDR_LOOPBACK_INIT;
static struct sockaddr_in6 global = {AF_INET6, 0, 0, IN6ADDR_LOOPBACK_INIT, 0};

void braced(int fd) {
  struct sockaddr_in6 addr = {AF_INET6, htons(33334), 0, IN6ADDR_LOOPBACK_INIT, 0};
  RETRY(addr);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: retried connect() can connect to itself when no server is listening
  // CHECK-MESSAGES: note: reproduce with: selfconnect reproduce [::1]:33334 --socket=same
}

void any_braced(int fd) {
  struct sockaddr_in6 addr = {AF_INET6, htons(33336), 0, IN6ADDR_ANY_INIT, 0};
  RETRY(addr);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: retried connect()
  // CHECK-MESSAGES: note: reproduce with: selfconnect reproduce [::]:33336 --socket=same
}

void copied_variable(int fd) {
  struct in6_addr host = IN6ADDR_LOOPBACK_INIT;
  struct sockaddr_in6 addr;
  memset(&addr, 0, sizeof(addr));
  addr.sin6_port = htons(33338);
  addr.sin6_addr = host;
  RETRY(addr);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: retried connect()
  // CHECK-MESSAGES: note: reproduce with: selfconnect reproduce [::1]:33338 --socket=same
}

void copied_constant(int fd) {
  struct sockaddr_in6 addr;
  memset(&addr, 0, sizeof(addr));
  addr.sin6_port = htons(33340);
  memcpy(&addr.sin6_addr, &loopback_constant, sizeof(loopback_constant));
  RETRY(addr);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: retried connect()
  // CHECK-MESSAGES: note: reproduce with: selfconnect reproduce [::1]:33340 --socket=same
}

void copied_named(int fd) {
  struct sockaddr_in6 addr;
  memset(&addr, 0, sizeof(addr));
  addr.sin6_port = htons(33342);
  memcpy(&addr.sin6_addr, &in6addr_loopback, sizeof(in6addr_loopback));
  RETRY(addr);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: retried connect()
  // CHECK-MESSAGES: note: reproduce with: selfconnect reproduce [::1]:33342 --socket=same
}

void last_byte(int fd) {
  struct sockaddr_in6 addr;
  memset(&addr, 0, sizeof(addr));
  addr.sin6_port = htons(33344);
  addr.sin6_addr.s6_addr[15] = 1;
  RETRY(addr);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: retried connect()
  // CHECK-MESSAGES: note: reproduce with: selfconnect reproduce [::1]:33344 --socket=same
}

void bytes_in_a_loop(int fd) {
  struct sockaddr_in6 addr;
  addr.sin6_port = htons(33346);
  for (int i = 0; i < 15; i++)
    addr.sin6_addr.s6_addr[i] = 0;
  addr.sin6_addr.s6_addr[15] = 1;
  RETRY(addr);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: retried connect()
  // CHECK-MESSAGES: note: reproduce with: selfconnect reproduce [::1]:33346 --socket=same
}

void words(int fd) {
  struct sockaddr_in6 addr;
  memset(&addr, 0, sizeof(addr));
  addr.sin6_port = htons(33348);
  addr.sin6_addr.s6_addr32[3] = htonl(1);
  RETRY(addr);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: retried connect()
  // CHECK-MESSAGES: note: reproduce with: selfconnect reproduce [::1]:33348 --socket=same
}

void mapped(int fd) {
  struct sockaddr_in6 addr;
  memset(&addr, 0, sizeof(addr));
  addr.sin6_port = htons(33350);
  addr.sin6_addr.s6_addr[10] = 0xff;
  addr.sin6_addr.s6_addr[11] = 0xff;
  addr.sin6_addr.s6_addr[12] = 127;
  addr.sin6_addr.s6_addr[15] = 1;
  RETRY(addr);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: retried connect()
  // CHECK-MESSAGES: note: reproduce with: selfconnect reproduce [::ffff:127.0.0.1]:33350 --socket=same
}

#ifndef __cplusplus
void compound_literal(int fd) {
  struct sockaddr_in6 addr;
  addr.sin6_port = htons(33352);
  addr.sin6_addr = (struct in6_addr)IN6ADDR_LOOPBACK_INIT;
  RETRY(addr);
  // CHECK-MESSAGES-C: :[[@LINE-1]]:3: warning: retried connect()
  // CHECK-MESSAGES-C: note: reproduce with: selfconnect reproduce [::1]:33352 --socket=same
}
#endif

void filled_by_pton(int fd) {
  struct in6_addr host;
  struct sockaddr_in6 addr;
  inet_pton(AF_INET6, "::1", &host);
  addr.sin6_port = htons(33354);
  addr.sin6_addr = host;
  RETRY(addr);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: retried connect()
  // CHECK-MESSAGES: note: reproduce with: selfconnect reproduce [::1]:33354 --socket=same
}

void inet_object(int fd) {
  struct in_addr host;
  struct sockaddr_in addr;
  host.s_addr = htonl(INADDR_LOOPBACK);
  addr.sin_port = htons(33356);
  addr.sin_addr = host;
  RETRY(addr);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: retried connect()
  // CHECK-MESSAGES: note: reproduce with: selfconnect reproduce 127.0.0.1:33356 --socket=same
}

// What is not known is HOST: a byte that is one of two, one that is computed.
void one_of_two(int fd, int far) {
  struct sockaddr_in6 addr;
  memset(&addr, 0, sizeof(addr));
  addr.sin6_port = htons(33358);
  addr.sin6_addr.s6_addr[15] = far ? 9 : 1;
  RETRY(addr);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: retried connect()
  // CHECK-MESSAGES: note: reproduce with: selfconnect reproduce HOST:33358 --socket=same
}

void computed(int fd, unsigned char last) {
  struct in6_addr host;
  struct sockaddr_in6 addr;
  memset(&host, 0, sizeof(host));
  host.s6_addr[15] = last;
  addr.sin6_port = htons(33360);
  addr.sin6_addr = host;
  RETRY(addr);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: retried connect()
  // CHECK-MESSAGES: note: reproduce with: selfconnect reproduce HOST:33360 --socket=same
}

void not_cleared(int fd) {
  struct sockaddr_in6 addr;
  addr.sin6_port = htons(33362);
  addr.sin6_addr.s6_addr[15] = 1;
  RETRY(addr);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: retried connect()
  // CHECK-MESSAGES: note: reproduce with: selfconnect reproduce HOST:33362 --socket=same
}

// Other hosts.
void link_local(int fd) {
  struct sockaddr_in6 addr;
  memset(&addr, 0, sizeof(addr));
  addr.sin6_port = htons(33364);
  addr.sin6_addr.s6_addr[0] = 0xfe;
  addr.sin6_addr.s6_addr[1] = 0x80;
  addr.sin6_addr.s6_addr[15] = 1;
  RETRY(addr);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: not reported
  // CHECK-MESSAGES: note: {{.*}}fe80::1
}

void braced_elsewhere(int fd) {
  struct sockaddr_in6 addr = {
      AF_INET6, htons(33366), 0, {{{0x20, 1, 0xd, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}}}, 0};
  RETRY(addr);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: not reported
  // CHECK-MESSAGES: note: {{.*}}2001:db8::1
}

void of_a_global(int fd) {
  global.sin6_port = htons(33368);
  RETRY(global);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: retried connect()
}
