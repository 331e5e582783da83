// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// RUN: %across -O2
// A file that is made of others.

//--- link.h
int link_open(const char *host, int port);
int link_plain(const char *host, int port);

//--- net.inl
#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>
static int dial(const char *host, int port) {
  struct sockaddr_in addr = {.sin_family = AF_INET, .sin_port = htons(port)};
  inet_pton(AF_INET, host, &addr.sin_addr);
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  if (connect(fd, (struct sockaddr *)&addr, sizeof addr) < 0) { // note: dial() connects here
    close(fd);
    return -1;
  }
  return fd;
}

//--- link.inl
#include "link.h"
int link_open(const char *host, int port) { return dial(host, port); }
int link_plain(const char *host, int port) { return host && port ? -1 : 0; }

//--- all.c
#include "net.inl"
#include "link.inl"

//--- client.c
#include "link.h"
int again(void) {
  int fd;
  while ((fd = link_open("127.0.0.1", 33334)) < 0) // retry: 127.0.0.1:33334 --socket=new
    ;
  return fd;
}
int other(void) {
  int fd;
  while ((fd = link_plain("127.0.0.1", 33334)) < 0)
    ;
  return fd;
}
