/*===- bare_hits.c - the calls that forced self-connects need ---------------===
 *
 * Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
 * See LICENSE for license information.
 * SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 *===------------------------------------------------------------------------===
 *
 * bare_hits COUNT: in a fresh network namespace whose range is one port, COUNT
 * times a socket that connects to itself, is seen to, and is reset.
 *
 *===------------------------------------------------------------------------===
 */

#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <net/if.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

static int fail(const char *what) {
  fprintf(stderr, "bare_hits: ");
  perror(what);
  return 1;
}

static int enter_network(void) {
  static const char range[] = "33334 33334";
  struct ifreq lo = {.ifr_name = "lo"};
  int fd;
  if (unshare(CLONE_NEWNET) != 0 && unshare(CLONE_NEWUSER | CLONE_NEWNET) != 0)
    return -1;
  fd = socket(AF_INET, SOCK_DGRAM, 0);
  if (fd < 0 || ioctl(fd, SIOCGIFFLAGS, &lo) != 0)
    return -1;
  lo.ifr_flags |= IFF_UP;
  if (ioctl(fd, SIOCSIFFLAGS, &lo) != 0)
    return -1;
  fd = open("/proc/sys/net/ipv4/ip_local_port_range", O_WRONLY);
  return fd < 0 || write(fd, range, strlen(range)) < 0 ? -1 : 0;
}

int main(int argc, char **argv) {
  struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(33334)};
  const struct linger reset = {1, 0};
  long count = argc == 2 ? atol(argv[1]) : 0;
  if (enter_network() != 0)
    return fail("network namespace");
  to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  for (; count > 0; --count) {
    struct sockaddr_in local, peer;
    socklen_t localLength = sizeof(local), peerLength = sizeof(peer);
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    /* For a moment the port may still be that of the one before. */
    while (connect(fd, (struct sockaddr *)&to, sizeof(to)) != 0)
      if (errno != EADDRNOTAVAIL)
        return fail("connect");
    if (getsockname(fd, (struct sockaddr *)&local, &localLength) != 0 ||
        getpeername(fd, (struct sockaddr *)&peer, &peerLength) != 0 ||
        local.sin_port != peer.sin_port)
      return fail("not connected to itself");
    if (setsockopt(fd, SOL_SOCKET, SO_LINGER, &reset, sizeof(reset)) != 0 ||
        close(fd) != 0)
      return fail("reset");
  }
  return 0;
}
