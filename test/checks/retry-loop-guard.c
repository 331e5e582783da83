// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A guard rejects a socket that is connected to itself, on the way on from a
// connect() that succeeded. Looking at the local address is not yet a guard.
//
// RUN: %check_clang_tidy -std=c11,c++17 %s selfconnect-retry-loop %t -- -- %mock -O0
// RUN: %check_clang_tidy -std=c11,c++17 %s selfconnect-retry-loop %t -- -- %mock -O2
// RUN: %check_clang_tidy -std=c11,c++17 -check-suffixes=,UNKNOWN-GUARD %s selfconnect-retry-loop %t -- -- %mock -DUNKNOWN_GUARD
// RUN: %check_clang_tidy -std=c11,c++17 %s selfconnect-retry-loop %t -- --config="{CheckOptions: [{key: selfconnect-retry-loop.ExtraGuardFunctions, value: 'other;is_ourselves'}]}" -- %mock -DUNKNOWN_GUARD
// RUN: %check_clang_tidy -std=c11 -check-suffixes=,WHY %s selfconnect-retry-loop %t -- \
// RUN:   -config='{CheckOptions: [{key: ExplainSilence, value: true}]}' -- %mock -O0

#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

int compares_both_ends(const struct sockaddr_in *addr) {
  for (;;) {
    struct sockaddr_in local, peer;
    socklen_t size = sizeof(local);
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(fd, (const struct sockaddr *)addr, sizeof(*addr)) == 0) {
    // CHECK-MESSAGES-WHY: :[[@LINE-1]]:9: warning: not reported
    // CHECK-MESSAGES-WHY: :[[@LINE+4]]:11: note: guarded here
      getsockname(fd, (struct sockaddr *)&local, &size);
      size = sizeof(peer);
      getpeername(fd, (struct sockaddr *)&peer, &size);
      if (local.sin_port != peer.sin_port ||
          local.sin_addr.s_addr != peer.sin_addr.s_addr)
        return fd;
    }
    close(fd);
    sleep(1);
  }
}

int compares_memory(const struct sockaddr_in *addr) {
  for (;;) {
    struct sockaddr_in local, peer;
    socklen_t size = sizeof(local);
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(fd, (const struct sockaddr *)addr, sizeof(*addr)) < 0) {
    // CHECK-MESSAGES-WHY: :[[@LINE-1]]:9: warning: not reported
    // CHECK-MESSAGES-WHY: :[[@LINE+6]]:9: note: guarded here
      close(fd);
      continue;
    }
    getsockname(fd, (struct sockaddr *)&local, &size);
    getpeername(fd, (struct sockaddr *)&peer, &size);
    if (memcmp(&local, &peer, sizeof(local)) == 0) {
      close(fd);
      continue;
    }
    return fd;
  }
}

int compares_with_the_destination(const struct sockaddr_in *addr) {
  for (;;) {
    struct sockaddr_in local;
    socklen_t size = sizeof(local);
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(fd, (const struct sockaddr *)addr, sizeof(*addr)) == 0) {
    // CHECK-MESSAGES-WHY: :[[@LINE-1]]:9: warning: not reported
    // CHECK-MESSAGES-WHY: :[[@LINE+2]]:11: note: guarded here
      getsockname(fd, (struct sockaddr *)&local, &size);
      if (local.sin_port == addr->sin_port &&
          local.sin_addr.s_addr == addr->sin_addr.s_addr) {
        close(fd);
        continue;
      }
      return fd;
    }
    close(fd);
  }
}

int guard_after_the_loop(const struct sockaddr_in *addr) {
  struct sockaddr_in local, peer;
  socklen_t size = sizeof(local);
  int fd;
  for (;;) {
    fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(fd, (const struct sockaddr *)addr, sizeof(*addr)) == 0)
    // CHECK-MESSAGES-WHY: :[[@LINE-1]]:9: warning: not reported
    // CHECK-MESSAGES-WHY: :[[@LINE+6]]:7: note: guarded here
      break;
    close(fd);
  }
  getsockname(fd, (struct sockaddr *)&local, &size);
  getpeername(fd, (struct sockaddr *)&peer, &size);
  if (local.sin_port == peer.sin_port) {
    close(fd);
    return -1;
  }
  return fd;
}

int local_port_for_the_log(const struct sockaddr_in *addr) {
  for (;;) {
    struct sockaddr_in local;
    socklen_t size = sizeof(local);
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(fd, (const struct sockaddr *)addr, sizeof(*addr)) == 0) {
      // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: retried connect() can connect to itself when no server is listening [selfconnect-retry-loop]
      getsockname(fd, (struct sockaddr *)&local, &size);
      printf("connected from port %d\n", ntohs(local.sin_port));
      return fd;
    }
    close(fd);
  }
}

int peer_for_the_log(const struct sockaddr_in *addr) {
  for (;;) {
    struct sockaddr_in peer;
    socklen_t size = sizeof(peer);
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(fd, (const struct sockaddr *)addr, sizeof(*addr)) == 0) {
      // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: retried connect() can connect to itself
      if (getpeername(fd, (struct sockaddr *)&peer, &size) < 0)
        return -1;
      return fd;
    }
    close(fd);
  }
}

int compared_only_after_a_failure(const struct sockaddr_in *addr) {
  for (;;) {
    struct sockaddr_in local, peer;
    socklen_t size = sizeof(local);
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(fd, (const struct sockaddr *)addr, sizeof(*addr)) == 0)
      // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: retried connect() can connect to itself
      return fd;
    getsockname(fd, (struct sockaddr *)&local, &size);
    getpeername(fd, (struct sockaddr *)&peer, &size);
    if (local.sin_port == peer.sin_port)
      printf("odd\n");
    close(fd);
  }
}

#ifdef UNKNOWN_GUARD
int is_ourselves(int fd);
int project_function(const struct sockaddr_in *addr) {
  for (;;) {
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(fd, (const struct sockaddr *)addr, sizeof(*addr)) == 0 &&
        // CHECK-MESSAGES-UNKNOWN-GUARD: :[[@LINE-1]]:{{[0-9]+}}: warning: retried connect() can connect to itself
        !is_ourselves(fd))
      return fd;
    close(fd);
  }
}
#endif
