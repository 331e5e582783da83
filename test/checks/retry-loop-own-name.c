// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The name of the host that the program runs on is this host.
//
// RUN: %check_clang_tidy -std=c11,c++17 %s selfconnect-retry-loop %t -- -- %mock -O0
// RUN: %check_clang_tidy -std=c11 -check-suffixes=,WHY %s selfconnect-retry-loop %t -- \
// RUN:   -config='{CheckOptions: [{key: ExplainSilence, value: true}]}' -- %mock -O0

#include <netdb.h>
#include <string.h>
#include <unistd.h>

int gethostname(char *name, size_t length);
int gethostname_of(int peer, char *name, size_t length);

static int dial(const char *host, const char *port) {
  struct addrinfo hints, *result;
  int fd = -1;
  memset(&hints, 0, sizeof(hints));
  hints.ai_socktype = SOCK_STREAM;
  while (getaddrinfo(host, port, &hints, &result) == 0) {
    fd = socket(result->ai_family, result->ai_socktype, 0);
    if (connect(fd, result->ai_addr, result->ai_addrlen) == 0)
      // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: retried connect() can connect to itself
      // CHECK-MESSAGES: note: reproduce with: selfconnect reproduce 127.0.0.1:33334 --socket=new
      break;
    close(fd);
    sleep(1);
  }
  return fd;
}

int own_name(void) {
  char name[256];
  gethostname(name, sizeof(name));
  return dial(name, "33334");
}

static int dial_remote(const char *host, const char *port) {
  struct addrinfo hints, *result;
  int fd = -1;
  memset(&hints, 0, sizeof(hints));
  hints.ai_socktype = SOCK_STREAM;
  while (getaddrinfo(host, port, &hints, &result) == 0) {
    fd = socket(result->ai_family, result->ai_socktype, 0);
    if (connect(fd, result->ai_addr, result->ai_addrlen) == 0)
    // CHECK-MESSAGES-WHY: :[[@LINE-1]]:9: warning: not reported
    // CHECK-MESSAGES-WHY: :[[@LINE+8]]:53: note: another host, server.example.net
      break;
    close(fd);
    sleep(1);
  }
  return fd;
}

int name_of_another_host(void) { return dial_remote("server.example.net", "33334"); }
