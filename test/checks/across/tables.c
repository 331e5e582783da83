// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// RUN: %across -O2
// Calls of what tables hold that another file fills.

//--- ops.h
struct ops {
  const char *name;
  int (*connect)(const char *host, int port);
  int (*listen)(int port);
  void (*start)(const char *host, int port);
};
struct quiet { int (*connect)(const char *host, int port); };
extern const struct ops tcp_ops;
extern const struct quiet quiet_ops;
void ops_init(struct ops *ops);
int plain_dial(const char *host, int port);

//--- tcp.c
#include "ops.h"
#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>
static int open_to(const char *host, int port) {
  struct sockaddr_in addr = {.sin_family = AF_INET, .sin_port = htons(port)};
  inet_pton(AF_INET, host, &addr.sin_addr);
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  if (connect(fd, (struct sockaddr *)&addr, sizeof addr) < 0) { // note: open_to() connects here
    close(fd);
    return -1;
  }
  return fd;
}
static int tcp_connect(const char *host, int port) { return open_to(host, port); }
static void tcp_start(const char *host, int port) { open_to(host, port); }
static int tcp_listen(int port) {
  struct sockaddr_in addr = {.sin_family = AF_INET, .sin_port = htons(port)};
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  bind(fd, (struct sockaddr *)&addr, sizeof addr);
  listen(fd, 5); // note: tcp_listen() listens here
  return fd;
}
static int checked(const char *host, int port) {
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
const struct ops tcp_ops = {
    .name = "tcp", .connect = tcp_connect, .listen = tcp_listen, .start = tcp_start};
const struct quiet quiet_ops = {checked};
int plain_dial(const char *host, int port) { return open_to(host, port); }

//--- client.c
#include "ops.h"
#include <unistd.h>
int by_table(const struct ops *ops) {
  int fd;
  while ((fd = ops->connect("127.0.0.1", 33334)) < 0) // retry: 127.0.0.1:33334 --socket=new
    sleep(1);
  return fd;
}
int by_object(void) {
  int fd = -1;
  do
    fd = tcp_ops.connect("127.0.0.1", 40001); // retry: 127.0.0.1:40001 --socket=new
  while (fd < 0);
  return fd;
}
int by_deref(const struct ops *ops) {
  int fd = -1;
  while (fd < 0)
    fd = (*ops->connect)("localhost", 40002); // retry: 127.0.0.1:40002 --socket=new
  return fd;
}
int serve(const struct ops *ops) {
  return ops->listen(50000); // listen: 50000
}

//--- silent.c
#include "ops.h"
#include <unistd.h>
int once(const struct ops *ops) { return ops->connect("127.0.0.1", 33334); }
int outside(const struct ops *ops) {
  int fd;
  while ((fd = ops->connect("127.0.0.1", 80)) < 0)
    sleep(1);
  return fd;
}
// What the table of that type holds is guarded.
int guarded(const struct quiet *quiet) {
  int fd;
  while ((fd = quiet->connect("127.0.0.1", 33334)) < 0)
    sleep(1);
  return fd;
}
// Nobody is told what came of it.
void untold(const struct ops *ops, int n) {
  for (;;)
    ops->start("127.0.0.1", 33334);
}
// A walk over the tables.
int walk(const struct ops *const *list, int n) {
  for (int i = 0; i < n; i++) {
    int fd = list[i]->connect("192.0.2.1", 33334);
    if (fd >= 0)
      return fd;
  }
  return -1;
}
int serve_low(const struct ops *ops) { return ops->listen(8080); }

//--- filled.c
#include "ops.h"
#include <unistd.h>
void ops_init(struct ops *ops) { ops->connect = plain_dial; }
// The table is here, and what it holds is elsewhere.
int by_own_table(void) {
  struct ops ops;
  ops_init(&ops);
  int fd;
  while ((fd = ops.connect("127.0.0.1", 40003)) < 0) // retry: 127.0.0.1:40003 --socket=new
    sleep(1);
  return fd;
}
