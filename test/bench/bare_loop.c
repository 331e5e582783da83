/*===- bare_loop.c - the least that self-connects ---------------------------===
 *
 * Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
 * See LICENSE for license information.
 * SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 *===------------------------------------------------------------------------===
 *
 * connect() to 127.0.0.1:33334 on one blocking socket, in a fresh network
 * namespace (its range is 32768-60999), until it succeeds. Prints the tries and
 * the seconds.
 *
 *===------------------------------------------------------------------------===
 */

#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <net/if.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <time.h>

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static int enter_network(void) {
  struct ifreq lo = {.ifr_name = "lo"};
  int fd;
  if (unshare(CLONE_NEWNET) != 0 && unshare(CLONE_NEWUSER | CLONE_NEWNET) != 0)
    return -1;
  fd = socket(AF_INET, SOCK_DGRAM, 0);
  if (fd < 0 || ioctl(fd, SIOCGIFFLAGS, &lo) != 0)
    return -1;
  lo.ifr_flags |= IFF_UP;
  return ioctl(fd, SIOCSIFFLAGS, &lo);
}

int main(void) {
  struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(33334)};
  long tries = 1;
  double start;
  int fd;
  if (enter_network() != 0) {
    fprintf(stderr, "bare_loop: network namespace: %s\n", strerror(errno));
    return 3;
  }
  to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  fd = socket(AF_INET, SOCK_STREAM, 0);
  start = now();
  while (connect(fd, (struct sockaddr *)&to, sizeof(to)) != 0) {
    if (errno != ECONNREFUSED || tries == 1000000) {
      fprintf(stderr, "bare_loop: connect: %s\n", strerror(errno));
      return 1;
    }
    ++tries;
  }
  printf("%ld %.9f\n", tries, now() - start);
  return 0;
}
