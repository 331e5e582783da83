// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// RUN: %check_clang_tidy %s selfconnect-* %t -- -- %mock -O2

#include <netinet/in.h>

int not_silenced(int fd, const struct sockaddr *addr, socklen_t size) {
  while (connect(fd, addr, size) < 0) { // NOLINT(bugprone-infinite-loop)
    // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: {{.*}}[selfconnect-retry-loop]
  }
  return fd;
}

int by_name(int fd, const struct sockaddr *addr, socklen_t size) {
  while (connect(fd, addr, size) < 0) { // NOLINT(selfconnect-retry-loop)
  }
  return fd;
}

int by_glob(int fd, const struct sockaddr *addr, socklen_t size) {
  while (connect(fd, addr, size) < 0) { // NOLINT(selfconnect-*): see the guard in caller()
  }
  return fd;
}

int next_line(int fd, const struct sockaddr *addr, socklen_t size) {
  // NOLINTNEXTLINE(selfconnect-retry-loop)
  while (connect(fd, addr, size) < 0) {
  }
  return fd;
}

void block(int fd) {
  struct sockaddr_in addr;
  addr.sin_port = htons(33334);
  bind(fd, (struct sockaddr *)&addr, sizeof(addr));
  // NOLINTBEGIN(selfconnect-ephemeral-listen-port)
  listen(fd, 5);
  // NOLINTEND(selfconnect-ephemeral-listen-port)
}
