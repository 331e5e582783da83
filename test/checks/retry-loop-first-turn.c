// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What only the first turn of a counted loop does is not done again, be the
// counter compared in the loop's own condition or in its body.
//
// RUN: %check_clang_tidy -std=c11,c++17 %s selfconnect-retry-loop %t -- -- %mock -O0
// RUN: %check_clang_tidy -std=c11,c++17 %s selfconnect-retry-loop %t -- -- %mock -O2

#include <arpa/inet.h>
#include <unistd.h>

int take_cached(const struct sockaddr_in *to);
int greet(int fd);

static int dial(const struct sockaddr_in *to) {
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  if (fd < 0)
    return -1;
  if (connect(fd, (const struct sockaddr *)to, sizeof(*to)) < 0) {
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: retried connect()
    close(fd);
    return -1;
  }
  return fd;
}

int cached_first(const struct sockaddr_in *to) {
  int i, fd = -1;
  for (i = 0; i < 10 && fd < 0; i++) {
    if (i == 0)
      fd = take_cached(to);
    if (fd < 0)
      fd = dial(to);
    if (fd >= 0) {
      if (greet(fd))
        break;
      close(fd);
      fd = -1;
    }
  }
  if (fd < 0)
    return -1;
  return greet(fd);
}

static int dial_then(const struct sockaddr_in *to) {
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  if (connect(fd, (const struct sockaddr *)to, sizeof(*to)) == 0)
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: retried connect()
    return fd;
  close(fd);
  return -1;
}

int cached_by_a_while(const struct sockaddr_in *to) {
  unsigned tries = 0;
  int fd = -1;
  while (tries != 5) {
    if (!tries)
      fd = take_cached(to);
    else
      fd = dial_then(to);
    if (fd >= 0 && greet(fd))
      return fd;
    tries++;
  }
  return -1;
}

// A load: each turn connects, whatever came of the one before.
static int dial_for_a_load(const struct sockaddr_in *to) {
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  if (connect(fd, (const struct sockaddr *)to, sizeof(*to)) == 0)
    return fd;
  close(fd);
  return -1;
}

void a_load(const struct sockaddr_in *to) {
  int i;
  for (i = 0; i < 100; i++) {
    int fd = dial_for_a_load(to);
    if (i == 0)
      greet(0);
    if (fd >= 0) {
      greet(fd);
      close(fd);
    }
  }
}
