// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A guard is what it does, not what it is called: a function of the file that
// compares the socket's names, one that returns one of them, a comparison with
// the port that is connected to. Whether the two addresses are the same says
// nothing: on one host they always are.
//
// RUN: %check_clang_tidy -std=c11,c++17 %s selfconnect-retry-loop %t -- -- %mock -O0
// RUN: %check_clang_tidy -std=c11,c++17 %s selfconnect-retry-loop %t -- -- %mock -O2
// RUN: %check_clang_tidy -std=c11 -check-suffixes=,WHY %s selfconnect-retry-loop %t -- \
// RUN:   -config='{CheckOptions: [{key: ExplainSilence, value: true}]}' -- %mock -O0

#include <arpa/inet.h>
#include <string.h>
#include <unistd.h>

void note(const char *text);

// --- a helper that compares --------------------------------------------------

static int met_itself(int fd) {
  struct sockaddr_in local, peer;
  socklen_t size = sizeof(local);
  if (getsockname(fd, (struct sockaddr *)&local, &size) < 0)
    return 0;
  size = sizeof(peer);
  if (getpeername(fd, (struct sockaddr *)&peer, &size) < 0)
    return 0;
  return local.sin_port == peer.sin_port &&
         local.sin_addr.s_addr == peer.sin_addr.s_addr;
}

int asks_a_helper(const struct sockaddr_in *addr) {
  for (;;) {
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(fd, (const struct sockaddr *)addr, sizeof(*addr)) == 0) {
    // CHECK-MESSAGES-WHY: :[[@LINE-1]]:9: warning: not reported
    // CHECK-MESSAGES-WHY: :[[@LINE+1]]:11: note: guarded here
      if (!met_itself(fd))
        return fd;
    }
    close(fd);
    sleep(1);
  }
}

static int is_other_end(int fd) {
  struct sockaddr_in local, peer;
  socklen_t size = sizeof(local);
  getsockname(fd, (struct sockaddr *)&local, &size);
  getpeername(fd, (struct sockaddr *)&peer, &size);
  return memcmp(&local, &peer, sizeof(local)) != 0;
}

int asks_the_opposite(const struct sockaddr_in *addr) {
  for (;;) {
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(fd, (const struct sockaddr *)addr, sizeof(*addr)) == 0 &&
    // CHECK-MESSAGES-WHY: :[[@LINE-1]]:9: warning: not reported
    // CHECK-MESSAGES-WHY: :[[@LINE+1]]:9: note: guarded here
        is_other_end(fd))
      return fd;
    close(fd);
    sleep(1);
  }
}

int asks_about_another_socket(int other, const struct sockaddr_in *addr) {
  for (;;) {
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(fd, (const struct sockaddr *)addr, sizeof(*addr)) == 0) {
      // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: retried connect()
      if (!met_itself(other))
        return fd;
    }
    close(fd);
    sleep(1);
  }
}

static void print_names(int fd) {
  struct sockaddr_in local, peer;
  socklen_t size = sizeof(local);
  getsockname(fd, (struct sockaddr *)&local, &size);
  getpeername(fd, (struct sockaddr *)&peer, &size);
  if (local.sin_port == peer.sin_port)
    note("odd");
}

int only_prints(const struct sockaddr_in *addr) {
  for (;;) {
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(fd, (const struct sockaddr *)addr, sizeof(*addr)) == 0) {
      // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: retried connect()
      print_names(fd);
      return fd;
    }
    close(fd);
    sleep(1);
  }
}

// --- a helper that returns the port ------------------------------------------

static int local_port(int fd) {
  struct sockaddr_in local;
  socklen_t size = sizeof(local);
  if (getsockname(fd, (struct sockaddr *)&local, &size) < 0)
    return -1;
  return ntohs(local.sin_port);
}

int compares_the_port_of_a_helper(unsigned short port) {
  struct sockaddr_in addr;
  memset(&addr, 0, sizeof(addr));
  addr.sin_family = AF_INET;
  addr.sin_port = htons(port);
  addr.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  for (;;) {
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(fd, (const struct sockaddr *)&addr, sizeof(addr)) == 0 &&
    // CHECK-MESSAGES-WHY: :[[@LINE-1]]:9: warning: not reported
    // CHECK-MESSAGES-WHY: :[[@LINE+1]]:9: note: guarded here
        local_port(fd) != port)
      return fd;
    close(fd);
    sleep(1);
  }
}

// --- the port as a constant --------------------------------------------------

int compares_with_a_constant(void) {
  struct sockaddr_in addr;
  memset(&addr, 0, sizeof(addr));
  addr.sin_family = AF_INET;
  addr.sin_port = htons(33334);
  addr.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  for (;;) {
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(fd, (const struct sockaddr *)&addr, sizeof(addr)) == 0) {
    // CHECK-MESSAGES-WHY: :[[@LINE-1]]:9: warning: not reported
    // CHECK-MESSAGES-WHY: :[[@LINE+4]]:11: note: guarded here
      struct sockaddr_in local;
      socklen_t size = sizeof(local);
      getsockname(fd, (struct sockaddr *)&local, &size);
      if (ntohs(local.sin_port) != 33334)
        return fd;
    }
    close(fd);
    sleep(1);
  }
}

int compares_in_network_order(void) {
  struct sockaddr_in addr;
  memset(&addr, 0, sizeof(addr));
  addr.sin_family = AF_INET;
  addr.sin_port = htons(33334);
  addr.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  for (;;) {
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(fd, (const struct sockaddr *)&addr, sizeof(addr)) == 0) {
    // CHECK-MESSAGES-WHY: :[[@LINE-1]]:9: warning: not reported
    // CHECK-MESSAGES-WHY: :[[@LINE+4]]:11: note: guarded here
      struct sockaddr_in local;
      socklen_t size = sizeof(local);
      getsockname(fd, (struct sockaddr *)&local, &size);
      if (local.sin_port != htons(33334))
        return fd;
    }
    close(fd);
    sleep(1);
  }
}

int compares_with_another_constant(void) {
  struct sockaddr_in addr;
  memset(&addr, 0, sizeof(addr));
  addr.sin_family = AF_INET;
  addr.sin_port = htons(33334);
  addr.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  for (;;) {
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(fd, (const struct sockaddr *)&addr, sizeof(addr)) == 0) {
      // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: retried connect()
      struct sockaddr_in local;
      socklen_t size = sizeof(local);
      getsockname(fd, (struct sockaddr *)&local, &size);
      if (ntohs(local.sin_port) != 22)
        return fd;
    }
    close(fd);
    sleep(1);
  }
}

// --- addresses without ports -------------------------------------------------

int only_asks_for_the_host(const struct sockaddr_in *addr, int *same_host) {
  for (;;) {
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(fd, (const struct sockaddr *)addr, sizeof(*addr)) == 0) {
      // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: retried connect()
      struct sockaddr_in local, peer;
      socklen_t size = sizeof(local);
      getsockname(fd, (struct sockaddr *)&local, &size);
      getpeername(fd, (struct sockaddr *)&peer, &size);
      if (local.sin_addr.s_addr == peer.sin_addr.s_addr)
        *same_host = 1;
      else
        *same_host = 0;
      return fd;
    }
    close(fd);
    sleep(1);
  }
}
