// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// RUN: %across -O2
// Functions of another file that make a socket: of which type it is, they or
// their callers say.

//--- sock.h
#include <sys/socket.h>
int tcp_socket(void);
int udp_socket(void);
int udp_socket_here(int reuse);
int any_socket(int type);
int any_socket_of(const char *name, int type, int family);
int wrapped_socket(int type);
int try_to(int fd, const struct sockaddr *to, socklen_t size);

//--- sock.c
#include "sock.h"
#include <netinet/in.h>
int tcp_socket(void) { return socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0); }
int udp_socket(void) { return socket(AF_INET, SOCK_DGRAM, 0); }
int udp_socket_here(int reuse) {
  int fd = socket(AF_INET, SOCK_DGRAM, IPPROTO_UDP);
  if (fd < 0)
    return -1;
  setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &reuse, sizeof reuse);
  return fd;
}
int any_socket(int type) { return socket(AF_INET, type, 0); }
int any_socket_of(const char *name, int type, int family) {
  int fd = socket(family, type, 0);
  return fd < 0 ? -1 : fd;
}

//--- wrap.c
#include "sock.h"
int wrapped_socket(int type) { return any_socket(type); }

//--- client.c
#include "sock.h"
#include <netinet/in.h>
#include <unistd.h>
#define TO (const struct sockaddr *)to, sizeof *to
void by_tcp(const struct sockaddr_in *to) {
  for (;;) {
    int fd = tcp_socket();
    if (connect(fd, TO) == 0) // retry: HOST:PORT --socket=new
      return;
    close(fd);
  }
}
void by_udp(const struct sockaddr_in *to) {
  for (;;) {
    int fd = udp_socket();
    if (connect(fd, TO) == 0)
      return;
    close(fd);
  }
}
void by_udp_here(const struct sockaddr_in *to) {
  for (;;) {
    int fd = udp_socket_here(1);
    if (connect(fd, TO) == 0)
      return;
    close(fd);
  }
}
void by_a_stream(const struct sockaddr_in *to) {
  for (;;) {
    int fd = any_socket(SOCK_STREAM);
    if (connect(fd, TO) == 0) // retry: HOST:PORT --socket=new
      return;
    close(fd);
  }
}
void by_datagrams(const struct sockaddr_in *to) {
  for (;;) {
    int fd = any_socket(SOCK_DGRAM);
    if (connect(fd, TO) == 0)
      return;
    close(fd);
  }
}
void by_either(const struct sockaddr_in *to, int type) {
  for (;;) {
    int fd = any_socket(type);
    if (connect(fd, TO) == 0) // retry: HOST:PORT --socket=new
      return;
    close(fd);
  }
}
// Its three arguments are not those of socket().
void by_a_name(const struct sockaddr_in *to) {
  for (;;) {
    int fd = any_socket_of("server", SOCK_STREAM, AF_INET);
    if (connect(fd, TO) == 0) // retry: HOST:PORT --socket=new
      return;
    close(fd);
  }
}
void datagrams_by_a_name(const struct sockaddr_in *to) {
  for (;;) {
    int fd = any_socket_of("server", SOCK_DGRAM, AF_INET);
    if (connect(fd, TO) == 0)
      return;
    close(fd);
  }
}
void by_a_third_file(const struct sockaddr_in *to) {
  for (;;) {
    int fd = wrapped_socket(SOCK_DGRAM);
    if (connect(fd, TO) == 0)
      return;
    close(fd);
  }
}
void streams_by_a_third_file(const struct sockaddr_in *to) {
  for (;;) {
    int fd = wrapped_socket(SOCK_STREAM);
    if (connect(fd, TO) == 0) // retry: HOST:PORT --socket=new
      return;
    close(fd);
  }
}
