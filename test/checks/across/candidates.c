// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// RUN: %across -O2
// RUN: %across --relative -O2
// Several programs define functions of one name: those of the caller's folder
// count, else what all of them say.

//--- a/lib.c
#include <arpa/inet.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>
void die(const char *why) { exit(1); }
void stop(const char *why) { exit(why != 0); }
int dial(int port) {
  struct sockaddr_in addr = {.sin_family = AF_INET, .sin_port = htons(port)};
  addr.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  if (connect(fd, (struct sockaddr *)&addr, sizeof addr) < 0) {
    close(fd);
    return -1;
  }
  return fd;
}
int reach(int port) { return dial(port); }

//--- a/client.c
void die(const char *why);
int dial(int port);
int ends(void) {
  int fd = -1;
  while (fd < 0) {
    fd = dial(33334);
    if (fd < 0)
      die("dial");
  }
  return fd;
}
int again(void) {
  int fd;
  while ((fd = dial(33334)) < 0) // retry: 127.0.0.1:33334 --socket=new
    ;
  return fd;
}

//--- b/lib.c
#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>
void die(const char *why) { perror(why); }
void stop(const char *why) { abort(); }
// It rejects a socket that met itself.
int dial(int port) {
  struct sockaddr_in addr = {.sin_family = AF_INET, .sin_port = htons(port)}, own;
  socklen_t size = sizeof own;
  addr.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
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

//--- b/client.c
void die(const char *why);
int dial(int port);
int guarded(void) {
  int fd;
  while ((fd = dial(33334)) < 0)
    die("dial");
  return fd;
}

//--- c/client.c
void stop(const char *why);
int dial(int port);
int reach(int port);
// Which of the two it is, nobody knows.
int unknown(void) {
  int fd;
  while ((fd = dial(33334)) < 0)
    ;
  return fd;
}
// Both of them end the program.
int ends(void) {
  int fd = -1;
  while (fd < 0) {
    fd = reach(40404);
    if (fd < 0)
      stop("reach");
  }
  return fd;
}
int again(void) {
  int fd;
  while ((fd = reach(40404)) < 0) // retry: 127.0.0.1:40404 --socket=new
    ;
  return fd;
}

//--- d/util.c
#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>
// Of internal linkage: nobody else calls it.
static int open_it(int port) {
  struct sockaddr_in addr = {.sin_family = AF_INET, .sin_port = htons(port)};
  addr.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  return connect(fd, (struct sockaddr *)&addr, sizeof addr) < 0 ? -1 : fd;
}
int (*opener)(int) = open_it;

//--- e/util.c
static int open_it(int port) { return port > 0 ? -1 : 0; }
int wait_for(void) {
  int fd;
  while ((fd = open_it(33334)) < 0)
    ;
  return fd;
}

//--- e/other.c
int open_it(int port);
int wait_here(void) {
  int fd;
  while ((fd = open_it(33334)) < 0)
    ;
  return fd;
}
