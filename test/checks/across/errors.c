// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// RUN: %across -O2
// A file with errors does not say for certain that it guards, or never returns.

//--- lib.h
void die(const char *why);
int dial(const char *host, int port);
int dial_checked(const char *host, int port);

//--- broken.c
#include "lib.h"
#include <arpa/inet.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>
int broken = undeclared; // error: use of undeclared identifier 'undeclared'
void die(const char *why) { exit(1); }
int dial_checked(const char *host, int port) {
  struct sockaddr_in addr = {.sin_family = AF_INET, .sin_port = htons(port)}, own;
  socklen_t size = sizeof own;
  inet_pton(AF_INET, host, &addr.sin_addr);
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  if (connect(fd, (struct sockaddr *)&addr, sizeof addr) < 0) {
    close(fd);
    return -1;
  }
  getsockname(fd, (struct sockaddr *)&own, &size);
  if (own.sin_port == addr.sin_port && own.sin_addr.s_addr == addr.sin_addr.s_addr) {
    close(fd);
    return -1;
  }
  return fd;
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
int may_come_back(void) {
  int fd = -1;
  while (fd < 0) {
    fd = dial("127.0.0.1", 33334); // retry: 127.0.0.1:33334 --socket=new
    if (fd < 0)
      die("dial");
  }
  return fd;
}
int may_meet_itself(void) {
  int fd;
  while ((fd = dial_checked("127.0.0.1", 33334)) < 0) // retry: 127.0.0.1:33334 --socket=new
    ;
  return fd;
}
