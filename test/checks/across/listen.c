// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// RUN: %across -O2
// The port in one file, bind() and listen() in another.

//--- server.h
struct config { int port; const char *name; };
int listen_on(int port);
int serve(const char *service);
int serve_config(const struct config *c);
int start(int backlog, int port);
int fill(void *addr, int port);

//--- server.c
#include "server.h"
#include <arpa/inet.h>
#include <netdb.h>
#include <string.h>
#include <sys/socket.h>
int listen_on(int port) {
  struct sockaddr_in addr = {.sin_family = AF_INET, .sin_port = htons(port)};
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  bind(fd, (struct sockaddr *)&addr, sizeof addr);
  listen(fd, 5); // note: listen_on() listens here
  return fd;
}
static int open_port(unsigned short port) {
  struct sockaddr_in addr;
  memset(&addr, 0, sizeof addr);
  addr.sin_port = htons(port);
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  bind(fd, (struct sockaddr *)&addr, sizeof addr);
  return fd;
}
int start(int backlog, int port) {
  int fd = open_port(port);
  return listen(fd, backlog);
}
int serve(const char *service) {
  struct addrinfo hints, *list;
  memset(&hints, 0, sizeof hints);
  hints.ai_flags = AI_PASSIVE;
  hints.ai_socktype = SOCK_STREAM;
  if (getaddrinfo(0, service, &hints, &list))
    return -1;
  int fd = socket(list->ai_family, list->ai_socktype, 0);
  bind(fd, list->ai_addr, list->ai_addrlen);
  return listen(fd, 5);
}
int serve_config(const struct config *c) { return listen_on(c->port); }

//--- main.c
#include "server.h"
enum { CONTROL_PORT = 45000 };
int main(void) {
  listen_on(50000); // listen: 50000
  listen_on(8080);
  start(5, CONTROL_PORT); // listen: 45000
  serve("50051"); // listen: 50051
  serve("8080");
  struct config c = {.port = 47001};
  serve_config(&c); // listen: 47001
  return 0;
}
