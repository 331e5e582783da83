// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// RUN: %across -O2
// A loop in one file around a helper in another that connects.

//--- net.h
int dial(const char *host, int port);
int dial_service(const char *host, const char *service);
int dial_default(void);
int dial_checked(const char *host, int port);
int dial_once(const char *host, int port);
int through_layers(const char *host, int port);
int with_out(const char *host, int port, int *fd);
struct conn { int fd; char host[64]; int port; };
int conn_open(struct conn *c);

//--- net.c
#include "net.h"
#include <arpa/inet.h>
#include <netdb.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>
int dial(const char *host, int port) {
  struct sockaddr_in addr = {.sin_family = AF_INET, .sin_port = htons(port)};
  inet_pton(AF_INET, host, &addr.sin_addr);
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  if (connect(fd, (struct sockaddr *)&addr, sizeof addr) < 0) { // note: dial() connects here
    close(fd);
    return -1;
  }
  return fd;
}
int dial_service(const char *host, const char *service) {
  struct addrinfo hints, *list, *at;
  memset(&hints, 0, sizeof hints);
  hints.ai_socktype = SOCK_STREAM;
  if (getaddrinfo(host, service, &hints, &list))
    return -1;
  int fd = -1;
  for (at = list; at; at = at->ai_next) {
    fd = socket(at->ai_family, at->ai_socktype, at->ai_protocol);
    if (fd < 0)
      continue;
    if (connect(fd, at->ai_addr, at->ai_addrlen) == 0)
      break;
    close(fd);
    fd = -1;
  }
  freeaddrinfo(list);
  return fd;
}
int dial_default(void) { return dial("127.0.0.1", 33334); }
int dial_checked(const char *host, int port) {
  struct sockaddr_in addr = {.sin_family = AF_INET, .sin_port = htons(port)};
  struct sockaddr_in own;
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
int dial_once(const char *host, int port) {
  struct sockaddr_in addr = {.sin_family = AF_INET, .sin_port = htons(port)};
  inet_pton(AF_INET, host, &addr.sin_addr);
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  connect(fd, (struct sockaddr *)&addr, sizeof addr); // NOLINT(selfconnect-retry-loop)
  int error = 0;
  socklen_t size = sizeof error;
  return getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &size) || error ? -1 : fd;
}
int with_out(const char *host, int port, int *fd) {
  *fd = dial(host, port);
  return *fd >= 0;
}
int conn_open(struct conn *c) {
  struct sockaddr_in addr = {.sin_family = AF_INET, .sin_port = htons(c->port)};
  inet_pton(AF_INET, c->host, &addr.sin_addr);
  c->fd = socket(AF_INET, SOCK_STREAM, 0);
  return connect(c->fd, (struct sockaddr *)&addr, sizeof addr);
}

//--- layers.c
#include "net.h"
static int inner(const char *host, int port) { return dial(host, port); }
int through_layers(const char *host, int port) {
  int fd = inner(host, port);
  return fd < 0 ? -1 : fd;
}

//--- client.c
#include "net.h"
#include <string.h>
#include <unistd.h>
int known(void) {
  int fd;
  while ((fd = dial("127.0.0.1", 33334)) < 0) // retry: 127.0.0.1:33334 --socket=new
    sleep(1);
  return fd;
}
int by_service(void) {
  int fd;
  do {
    fd = dial_service("localhost", "50000"); // retry: 127.0.0.1:50000 --socket=new
  } while (fd < 0);
  return fd;
}
int by_default(void) {
  int fd;
  for (;;) {
    fd = dial_default(); // retry: 127.0.0.1:33334 --socket=new
    if (fd >= 0)
      return fd;
  }
}
int layered(void) {
  int fd = -1;
  while (fd < 0)
    fd = through_layers("127.0.0.1", 45678); // retry: 127.0.0.1:45678 --socket=new
  return fd;
}
int by_out_parameter(void) {
  int fd;
  while (!with_out("127.0.0.1", 40000, &fd)) // retry: 127.0.0.1:40000 --socket=new
    sleep(1);
  return fd;
}
int of_a_struct(void) {
  struct conn c;
  strcpy(c.host, "127.0.0.1");
  c.port = 41000;
  while (conn_open(&c) < 0) // retry: 127.0.0.1:41000 --socket=new
    sleep(1);
  return c.fd;
}
int unknown(const char *host, int port) {
  int fd;
  while ((fd = dial(host, port)) < 0) // retry: HOST:PORT --socket=new
    sleep(1);
  return fd;
}

//--- silent.c
#include "net.h"
#include <unistd.h>
// The port is outside of the range.
int outside(void) {
  int fd;
  while ((fd = dial("127.0.0.1", 8080)) < 0)
    sleep(1);
  return fd;
}
// Another host.
int remote(void) {
  int fd;
  while ((fd = dial("192.0.2.1", 33334)) < 0)
    sleep(1);
  return fd;
}
// Once.
int once(void) { return dial("127.0.0.1", 33334); }
// The helper rejects a socket that met itself.
int guarded(void) {
  int fd;
  while ((fd = dial_checked("127.0.0.1", 33334)) < 0)
    sleep(1);
  return fd;
}
// A NOLINT stands at the attempt.
int hidden(void) {
  int fd;
  while ((fd = dial_once("127.0.0.1", 33334)) < 0)
    sleep(1);
  return fd;
}
// A walk over servers.
int walk(const char **hosts, int count) {
  for (int i = 0; i < count; i++) {
    int fd = dial(hosts[i], 33334);
    if (fd >= 0)
      return fd;
  }
  return -1;
}
// Failure leaves the loop.
int give_up(int n) {
  int fds[8];
  for (int i = 0; i < n; i++) {
    fds[i] = dial("127.0.0.1", 33334);
    if (fds[i] < 0)
      return -1;
  }
  return fds[0];
}
