// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// RUN: %across -O2
// A function of another file that never comes back ends the way.

//--- lib.h
void die(const char *why);
void usage(void);
void complain(const char *why);
int dial(const char *host, int port);

//--- lib.c
#include "lib.h"
#include <stdio.h>
#include <stdlib.h>
void die(const char *why) {
  perror(why);
  exit(1);
}
void usage(void) { die("usage"); }
void complain(const char *why) {
  if (!why)
    exit(1);
  perror(why);
}

//--- dial.c
#include "lib.h"
#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>
int dial(const char *host, int port) {
  struct sockaddr_in addr = {.sin_family = AF_INET, .sin_port = htons(port)};
  inet_pton(AF_INET, host, &addr.sin_addr);
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  if (connect(fd, (struct sockaddr *)&addr, sizeof addr) < 0) {
    close(fd);
    return -1;
  }
  return fd;
}

//--- client.c
#include "lib.h"
int load(int n) {
  int fd = -1;
  while (n-- > 0) {
    fd = dial("127.0.0.1", 33334);
    if (fd < 0)
      die("dial");
  }
  return fd;
}
int by_helper(int n) {
  int fd = -1;
  while (n-- > 0) {
    fd = dial("127.0.0.1", 33334);
    if (fd < 0)
      usage();
  }
  return fd;
}
int goes_on(void) {
  int fd;
  while ((fd = dial("127.0.0.1", 33334)) < 0) // retry: 127.0.0.1:33334 --socket=new
    complain("dial");
  return fd;
}
