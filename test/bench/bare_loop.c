/*===- bare_loop.c - the least that self-connects ---------------------------===
 *
 * Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
 * See LICENSE for license information.
 * SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 *===------------------------------------------------------------------------===
 *
 * bare_loop SOCKET COUNT: COUNT times, connect() to 127.0.0.1:33334 in a fresh
 * network namespace (its range is 32768-60999) until it succeeds, on one
 * blocking socket (SOCKET is "same") or on a new one for each try ("new").
 * Prints the tries and the seconds of each.
 *
 *===------------------------------------------------------------------------===
 */

#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <net/if.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

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

static int newSocket(void) { return socket(AF_INET, SOCK_STREAM, 0); }

static int loop(int isNew) {
  struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(33334)};
  long tries = 1;
  double start;
  int fd;
  to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  fd = newSocket();
  start = now();
  while (connect(fd, (struct sockaddr *)&to, sizeof(to)) != 0) {
    if (errno != ECONNREFUSED || tries == 1000000) {
      fprintf(stderr, "bare_loop: connect: %s\n", strerror(errno));
      return 1;
    }
    ++tries;
    if (isNew) {
      close(fd);
      fd = newSocket();
    }
  }
  printf("%ld %.9f\n", tries, now() - start);
  fflush(stdout);
  return 0;
}

int main(int argc, char **argv) {
  long count;
  if (argc != 3) {
    fprintf(stderr, "usage: bare_loop new|same COUNT\n");
    return 2;
  }
  for (count = atol(argv[2]); count > 0; --count) {
    int status = 0;
    pid_t child = fork();
    if (child == 0) {
      if (enter_network() != 0) {
        fprintf(stderr, "bare_loop: network namespace: %s\n", strerror(errno));
        return 3;
      }
      return loop(strcmp(argv[1], "new") == 0);
    }
    if (child < 0 || waitpid(child, &status, 0) != child || status != 0)
      return 1;
  }
  return 0;
}
