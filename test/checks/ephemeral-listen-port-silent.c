// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What is no listening port inside the range; each name says what protects it.
//
// RUN: %check_clang_tidy -std=c11,c++17 %s selfconnect-ephemeral-listen-port %t -- -- %mock -O0
// RUN: %check_clang_tidy -std=c11,c++17 %s selfconnect-ephemeral-listen-port %t -- -- %mock -O2
// RUN: %check_clang_tidy -std=c11,c++17 %s selfconnect-ephemeral-listen-port %t -- -- %mock -O2 -D_GNU_SOURCE
// RUN: %check_clang_tidy -check-suffix=WHY -std=c11,c++17 %s selfconnect-ephemeral-listen-port %t -- \
// RUN:   -config='{CheckOptions: [{key: ExplainSilence, value: true}]}' -- %mock -O0

#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/un.h>

void well_known_port(void) {
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  struct sockaddr_in addr;
  addr.sin_port = htons(8080);
  bind(fd, (struct sockaddr *)&addr, sizeof(addr));
  listen(fd, 5);
// CHECK-NOTES-WHY: :[[@LINE-1]]:3: warning: not reported
// CHECK-NOTES-WHY: :[[@LINE-4]]:25: note: port 8080 is outside the range 32768-60999; it comes from here
}

void one_below_the_range(void) {
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  struct sockaddr_in addr;
  addr.sin_port = htons(32767);
  bind(fd, (struct sockaddr *)&addr, sizeof(addr));
  listen(fd, 5);
// CHECK-NOTES-WHY: :[[@LINE-1]]:3: warning: not reported
// CHECK-NOTES-WHY: :[[@LINE-4]]:25: note: port 32767 is outside the range 32768-60999; it comes from here
}

void one_above_the_range(void) {
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  struct sockaddr_in addr;
  addr.sin_port = htons(61000);
  bind(fd, (struct sockaddr *)&addr, sizeof(addr));
  listen(fd, 5);
// CHECK-NOTES-WHY: :[[@LINE-1]]:3: warning: not reported
// CHECK-NOTES-WHY: :[[@LINE-4]]:25: note: port 61000 is outside the range 32768-60999; it comes from here
}

void port_zero_asks_the_kernel(void) {
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  struct sockaddr_in addr;
  addr.sin_port = htons(0);
  bind(fd, (struct sockaddr *)&addr, sizeof(addr));
  listen(fd, 5);
// CHECK-NOTES-WHY: :[[@LINE-1]]:3: warning: not reported
// CHECK-NOTES-WHY: :[[@LINE-4]]:25: note: port 0 lets the kernel choose; it comes from here
}

void zeroed_address_is_port_zero(void) {
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  struct sockaddr_in addr;
  memset(&addr, 0, sizeof(addr));
  bind(fd, (struct sockaddr *)&addr, sizeof(addr));
  listen(fd, 5);
// CHECK-NOTES-WHY: :[[@LINE-1]]:3: warning: not reported
// CHECK-NOTES-WHY: :[[@LINE-4]]:3: note: port 0 lets the kernel choose; it comes from here
}

void port_is_unknown_parameter(int port) {
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  struct sockaddr_in addr;
  addr.sin_port = htons(port);
  bind(fd, (struct sockaddr *)&addr, sizeof(addr));
  listen(fd, 5);
// CHECK-NOTES-WHY: :[[@LINE-1]]:3: warning: not reported
// CHECK-NOTES-WHY: :[[@LINE-2]]:3: note: the port is not known
}

void port_is_read_from_text(const char *text) {
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  struct sockaddr_in addr;
  addr.sin_port = htons(atoi(text));
  bind(fd, (struct sockaddr *)&addr, sizeof(addr));
  listen(fd, 5);
// CHECK-NOTES-WHY: :[[@LINE-1]]:3: warning: not reported
// CHECK-NOTES-WHY: :[[@LINE-2]]:3: note: the port is not known
}

void datagram_socket(void) {
  int fd = socket(AF_INET, SOCK_DGRAM, 0);
  struct sockaddr_in addr;
  addr.sin_port = htons(33334);
  bind(fd, (struct sockaddr *)&addr, sizeof(addr));
}

void bound_but_never_listening(void) {
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  struct sockaddr_in addr;
  addr.sin_port = htons(33334);
  bind(fd, (struct sockaddr *)&addr, sizeof(addr));
}

void the_port_is_that_of_a_peer(void) {
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  struct sockaddr_in addr;
  addr.sin_port = htons(33334);
  connect(fd, (struct sockaddr *)&addr, sizeof(addr));
}

void another_socket_listens(void) {
  int client = socket(AF_INET, SOCK_STREAM, 0);
  int server = socket(AF_INET, SOCK_STREAM, 0);
  struct sockaddr_in source, local;
  source.sin_port = htons(33334);
  local.sin_port = htons(8080);
  bind(client, (struct sockaddr *)&source, sizeof(source));
  bind(server, (struct sockaddr *)&local, sizeof(local));
  listen(server, 5);
// CHECK-NOTES-WHY: :[[@LINE-1]]:3: warning: not reported
// CHECK-NOTES-WHY: :[[@LINE-5]]:26: note: port 8080 is outside the range 32768-60999; it comes from here
}

void overwritten_before_bind(void) {
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  struct sockaddr_in addr;
  addr.sin_port = htons(33334);
  addr.sin_port = htons(8080);
  bind(fd, (struct sockaddr *)&addr, sizeof(addr));
  listen(fd, 5);
// CHECK-NOTES-WHY: :[[@LINE-1]]:3: warning: not reported
// CHECK-NOTES-WHY: :[[@LINE-4]]:25: note: port 8080 is outside the range 32768-60999; it comes from here
}

void cleared_before_bind(void) {
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  struct sockaddr_in addr;
  addr.sin_port = htons(33334);
  memset(&addr, 0, sizeof(addr));
  bind(fd, (struct sockaddr *)&addr, sizeof(addr));
  listen(fd, 5);
// CHECK-NOTES-WHY: :[[@LINE-1]]:3: warning: not reported
// CHECK-NOTES-WHY: :[[@LINE-4]]:3: note: port 0 lets the kernel choose; it comes from here
}

void address_reused_for_a_peer_after_bind(int peer) {
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  struct sockaddr_in addr;
  addr.sin_port = htons(8080);
  bind(fd, (struct sockaddr *)&addr, sizeof(addr));
  addr.sin_port = htons(33334);
  listen(fd, 5);
// CHECK-NOTES-WHY: :[[@LINE-1]]:3: warning: not reported
// CHECK-NOTES-WHY: :[[@LINE-5]]:25: note: port 8080 is outside the range 32768-60999; it comes from here
  connect(peer, (struct sockaddr *)&addr, sizeof(addr));
}

// Without htons the port on the wire is 13954.
void swapped_out_of_the_range(void) {
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  struct sockaddr_in addr;
  addr.sin_port = 33334;
  bind(fd, (struct sockaddr *)&addr, sizeof(addr));
  listen(fd, 5);
// CHECK-NOTES-WHY: :[[@LINE-1]]:3: warning: not reported
// CHECK-NOTES-WHY: :[[@LINE-4]]:19: note: port 13954 is outside the range 32768-60999; it comes from here
}

void unix_socket(void) {
  int fd = socket(AF_UNIX, SOCK_STREAM, 0);
  struct sockaddr_un addr;
  addr.sun_family = AF_UNIX;
  strncpy(addr.sun_path, "33334", sizeof(addr.sun_path));
  bind(fd, (struct sockaddr *)&addr, sizeof(addr));
  listen(fd, 5);
// CHECK-NOTES-WHY: :[[@LINE-1]]:3: warning: not reported
// CHECK-NOTES-WHY: :[[@LINE-2]]:3: note: an address of another family than IPv4 and IPv6
}

void sctp_has_ports_of_its_own(void) {
  int fd = socket(AF_INET, SOCK_STREAM, IPPROTO_SCTP);
  struct sockaddr_in addr;
  addr.sin_port = htons(33334);
  bind(fd, (struct sockaddr *)&addr, sizeof(addr));
  listen(fd, 5);
// CHECK-NOTES-WHY: :[[@LINE-1]]:3: warning: not reported
// CHECK-NOTES-WHY: :[[@LINE-6]]:12: note: a socket of another protocol than TCP
}

void only_in_dead_code(void) {
  struct sockaddr_in addr;
  if (0) {
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    addr.sin_port = htons(33334);
    bind(fd, (struct sockaddr *)&addr, sizeof(addr));
    listen(fd, 5);
// CHECK-NOTES-WHY: :[[@LINE-1]]:5: warning: not reported
// CHECK-NOTES-WHY: :[[@LINE-2]]:5: note: no way leads here
  }
}
