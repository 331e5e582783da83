/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * A hazard for each thing that a reproduce note can say. Behind each function, what
 * the note is to be, and the verdict on the range linux, 32768-60999, of which the
 * even ports come first.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static struct sockaddr_in address(const char *host, int port) {
  struct sockaddr_in a;
  memset(&a, 0, sizeof(a));
  a.sin_family = AF_INET;
  a.sin_port = htons(port);
  inet_pton(AF_INET, host, &a.sin_addr);
  return a;
}

int new_socket_each(void) {
  struct sockaddr_in a = address("127.0.0.1", 40404);
  for (;;) {
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(fd, (struct sockaddr *)&a, sizeof(a)) == 0)
      return fd;
    close(fd);
  }
}
// 127.0.0.1:40404 --socket=new => confirmed

int same_socket(void) {
  struct sockaddr_in a = address("127.0.0.1", 40406);
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  while (connect(fd, (struct sockaddr *)&a, sizeof(a)) < 0)
    ;
  return fd;
}
// 127.0.0.1:40406 --socket=same => confirmed

int nonblocking_socket(void) {
  struct sockaddr_in a = address("127.0.0.1", 40408);
  int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
  while (connect(fd, (struct sockaddr *)&a, sizeof(a)) < 0 && errno != EISCONN)
    usleep(1000);
  return fd;
}
// 127.0.0.1:40408 --socket=nonblocking => confirmed

int bounded(void) {
  struct sockaddr_in a = address("127.0.0.1", 40410);
  for (int i = 0; i < 6; i++) {
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(fd, (struct sockaddr *)&a, sizeof(a)) == 0)
      return fd;
    close(fd);
  }
  return -1;
}
// 127.0.0.1:40410 --socket=new --tries=6 => confirmed

int bounded_same(void) {
  struct sockaddr_in a = address("127.0.0.1", 40412);
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  for (int i = 0; i < 3; i++)
    if (connect(fd, (struct sockaddr *)&a, sizeof(a)) == 0)
      return fd;
  close(fd);
  return -1;
}
// 127.0.0.1:40412 --socket=same --tries=3 => confirmed

int any_port_bound(void) {
  struct sockaddr_in a = address("127.0.0.1", 40415);
  struct sockaddr_in own = address("127.0.0.1", 0);
  for (;;) {
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    bind(fd, (struct sockaddr *)&own, sizeof(own));
    if (connect(fd, (struct sockaddr *)&a, sizeof(a)) == 0)
      return fd;
    close(fd);
  }
}
// 127.0.0.1:40415 --socket=new --bind-any-port => confirmed

int any_port_bound_with_reuse(void) {
  struct sockaddr_in a = address("127.0.0.1", 40425);
  struct sockaddr_in own = address("127.0.0.1", 0);
  int on = 1;
  for (int i = 0; i < 4; i++) {
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
    bind(fd, (struct sockaddr *)&own, sizeof(own));
    if (connect(fd, (struct sockaddr *)&a, sizeof(a)) == 0)
      return fd;
    close(fd);
  }
  return -1;
}
// 127.0.0.1:40425 --socket=new --bind-any-port --reuseaddr --tries=4 => confirmed

int other_loopback_address(void) {
  struct sockaddr_in a = address("127.0.0.2", 40417);
  struct sockaddr_in own = address("127.0.0.2", 0);
  for (;;) {
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    bind(fd, (struct sockaddr *)&own, sizeof(own));
    if (connect(fd, (struct sockaddr *)&a, sizeof(a)) == 0)
      return fd;
    close(fd);
  }
}
// 127.0.0.2:40417 --socket=new --bind-any-port => confirmed

int ipv6(void) {
  struct sockaddr_in6 a;
  memset(&a, 0, sizeof(a));
  a.sin6_family = AF_INET6;
  a.sin6_port = htons(40418);
  a.sin6_addr = in6addr_loopback;
  for (;;) {
    int fd = socket(AF_INET6, SOCK_STREAM, 0);
    if (connect(fd, (struct sockaddr *)&a, sizeof(a)) == 0)
      return fd;
    close(fd);
  }
}
// [::1]:40418 --socket=new => confirmed

int any_address(void) {
  struct sockaddr_in a = address("0.0.0.0", 40420);
  for (;;) {
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(fd, (struct sockaddr *)&a, sizeof(a)) == 0)
      return fd;
    close(fd);
  }
}
// 0.0.0.0:40420 --socket=new => confirmed

int other_half(void) {
  struct sockaddr_in a = address("127.0.0.1", 40423);
  for (;;) {
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(fd, (struct sockaddr *)&a, sizeof(a)) == 0)
      return fd;
    close(fd);
  }
}
// 127.0.0.1:40423 --socket=new => confirmed-when-exhausted

int unknown_host(const char *host) {
  struct sockaddr_in a = address(host, 40424);
  for (;;) {
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(fd, (struct sockaddr *)&a, sizeof(a)) == 0)
      return fd;
    close(fd);
  }
}
// HOST:40424 --socket=new => unknown

int unknown_port(int port) {
  struct sockaddr_in a = address("127.0.0.1", port);
  for (;;) {
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(fd, (struct sockaddr *)&a, sizeof(a)) == 0)
      return fd;
    close(fd);
  }
}
// 127.0.0.1:PORT --socket=new => unknown

int listening(void) {
  struct sockaddr_in a = address("127.0.0.1", 40426);
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  bind(fd, (struct sockaddr *)&a, sizeof(a));
  return listen(fd, 5);
}
// 127.0.0.1:40426 --socket=new => confirmed

int outside_the_range(void) {
  struct sockaddr_in a = address("127.0.0.1", 8080);
  for (;;) {
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(fd, (struct sockaddr *)&a, sizeof(a)) == 0)
      return fd;
    close(fd);
  }
}
// nothing
