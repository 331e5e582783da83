// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A client whose socket was bound to a port of its own does not draw one, in
// whatever function that was done.
//
// RUN: %check_clang_tidy -std=c11,c++17 %s selfconnect-retry-loop %t -- -- %mock -O0
// RUN: %check_clang_tidy -std=c11,c++17 %s selfconnect-retry-loop %t -- -- %mock -O2

#include <arpa/inet.h>
#include <unistd.h>

static int reach(int fd) {
  struct sockaddr_in addr = {0};
  addr.sin_family = AF_INET;
  addr.sin_port = htons(33334);
  addr.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return connect(fd, (struct sockaddr *)&addr, sizeof(addr));
  // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: retried connect()
}

static int bind_source(int fd, unsigned short port) {
  struct sockaddr_in source = {0};
  source.sin_family = AF_INET;
  source.sin_port = htons(port);
  return bind(fd, (struct sockaddr *)&source, sizeof(source));
}

static int try_bound(int fd) {
  struct sockaddr_in addr = {0};
  addr.sin_family = AF_INET;
  addr.sin_port = htons(33334);
  addr.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return connect(fd, (struct sockaddr *)&addr, sizeof(addr));
}

// Silent: bound by a helper, connected by another.
void bound_by_helper(void) {
  for (;;) {
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (bind_source(fd, 1023) == 0 && try_bound(fd) == 0)
      return;
    close(fd);
  }
}

static int make_bound(void) {
  struct sockaddr_in source = {0};
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  source.sin_family = AF_INET;
  source.sin_port = htons(1023);
  if (bind(fd, (struct sockaddr *)&source, sizeof(source)) != 0) {
    close(fd);
    return -1;
  }
  return fd;
}

// Silent: the maker has bound what it returns.
void bound_by_maker(void) {
  struct sockaddr_in addr = {0};
  addr.sin_family = AF_INET;
  addr.sin_port = htons(33334);
  addr.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  for (;;) {
    int fd = make_bound();
    if (connect(fd, (struct sockaddr *)&addr, sizeof(addr)) == 0)
      return;
    close(fd);
  }
}

void unbound(void) {
  for (;;) {
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (reach(fd) == 0)
      return;
    close(fd);
  }
}

static void bind_any_port(int fd) {
  struct sockaddr_in source = {0};
  source.sin_family = AF_INET;
  source.sin_port = 0;
  bind(fd, (struct sockaddr *)&source, sizeof(source));
}

void bound_to_any_port(void) {
  struct sockaddr_in addr = {0};
  addr.sin_family = AF_INET;
  addr.sin_port = htons(33334);
  addr.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  for (;;) {
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    bind_any_port(fd);
    if (connect(fd, (struct sockaddr *)&addr, sizeof(addr)) == 0)
      // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: retried connect()
      // CHECK-MESSAGES: :[[@LINE-2]]:9: note: reproduce with: selfconnect reproduce 127.0.0.1:33334 --socket=new --bind-any-port
      return;
    close(fd);
  }
}

static void bind_if(int fd, int wanted) {
  struct sockaddr_in source = {0};
  source.sin_family = AF_INET;
  source.sin_port = htons(1023);
  if (wanted)
    bind(fd, (struct sockaddr *)&source, sizeof(source));
}

void bound_only_sometimes(int wanted) {
  struct sockaddr_in addr = {0};
  addr.sin_family = AF_INET;
  addr.sin_port = htons(33334);
  addr.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  for (;;) {
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    bind_if(fd, wanted);
    if (connect(fd, (struct sockaddr *)&addr, sizeof(addr)) == 0)
      // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: retried connect()
      return;
    close(fd);
  }
}
