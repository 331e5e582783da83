// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// RUN: %across -O2
// Two files call each other: what failed in one is begun again by the other.

//--- link.h
struct link { int port; int fd; int tries; };
void link_open(struct link *link);
void link_failed(struct link *link);
void link_log(struct link *link);
int other_open(struct link *link);
int other_failed(struct link *link);
struct link *net_open(struct link *link);
struct link *wait_for(struct link *link);
int link_connect(struct link *link);
int link_upgrade(struct link *link);
void add_timer(int ms, void (*then)(struct link *), struct link *arg);

//--- open.c
#include "link.h"
#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>
static int dial(struct link *link) {
  struct sockaddr_in addr = {.sin_family = AF_INET, .sin_port = htons(link->port)};
  addr.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  link->fd = socket(AF_INET, SOCK_STREAM, 0);
  if (connect(link->fd, (struct sockaddr *)&addr, sizeof addr) < 0) { // retry: 127.0.0.1:PORT --socket=new
    close(link->fd);
    return -1;
  }
  return 0;
}
void link_open(struct link *link) {
  if (dial(link) < 0)
    link_failed(link);
}

//--- failed.c
#include "link.h"
#include <stdio.h>
void link_failed(struct link *link) {
  if (link->tries++ < 100)
    add_timer(1000, link_open, link);
}
void link_log(struct link *link) { printf("%d\n", link->port); }

//--- other.c
#include "link.h"
#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>
// Failure is only logged.
int other_open(struct link *link) {
  struct sockaddr_in addr = {.sin_family = AF_INET, .sin_port = htons(link->port)};
  addr.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  link->fd = socket(AF_INET, SOCK_STREAM, 0);
  if (connect(link->fd, (struct sockaddr *)&addr, sizeof addr) < 0) {
    close(link->fd);
    link_log(link);
    return -1;
  }
  return 0;
}

//--- net.c
#include "link.h"
#include <arpa/inet.h>
#include <errno.h>
#include <sys/socket.h>
#include <unistd.h>
// A refusal may be told by wait_for(), which nobody knows.
struct link *net_open(struct link *link) {
  struct sockaddr_in addr = {.sin_family = AF_INET, .sin_port = htons(link->port)};
  addr.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (!link)
    return 0;
  link->fd = socket(AF_INET, SOCK_STREAM, 0);
  if (connect(link->fd, (struct sockaddr *)&addr, sizeof addr) < 0)
    return wait_for(link);
  return link;
}

//--- upgrade.c
#include "link.h"
// Success, and not failure, connects once more.
int link_connect(struct link *link) {
  if (!net_open(link))
    return -1;
  if (link->tries)
    return link_upgrade(link);
  return 0;
}
int link_upgrade(struct link *link) {
  link->tries = 0;
  return link_connect(link);
}
