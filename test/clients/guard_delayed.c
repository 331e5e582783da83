/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/* guard_delayed FIRST PORT, under the guard, in a network of its own where each
   connect draws PORT: begins a non-blocking connect while the loopback
   interface is down, so that it meets itself only later, when the kernel sends
   once more. FIRST is the call that then has to find it: getsockopt, send,
   write, poll, select, epoll, connect, dup2, close_range. */

#include <arpa/inet.h>
#include <errno.h>
#include <net/if.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/ioctl.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

static void fail(const char *what) {
  perror(what);
  exit(9);
}

static void setLoopback(int up) {
  int fd = socket(AF_INET, SOCK_DGRAM, 0);
  struct ifreq request = {.ifr_name = "lo"};
  if (ioctl(fd, SIOCGIFFLAGS, &request) != 0)
    fail("SIOCGIFFLAGS");
  if (up)
    request.ifr_flags |= IFF_UP;
  else
    request.ifr_flags &= (short)~IFF_UP;
  if (ioctl(fd, SIOCSIFFLAGS, &request) != 0)
    fail("SIOCSIFFLAGS");
  close(fd);
}

/* Waits without a call that the guard sees. */
static void waitUnseen(int fd) {
  struct pollfd wait = {fd, POLLOUT, 0};
  struct timespec patience = {20, 0};
  if (syscall(SYS_ppoll, &wait, 1, &patience, NULL, 0) != 1)
    fail("ppoll");
}

static int socketError(int fd) {
  int error = 0;
  socklen_t size = sizeof(error);
  getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &size);
  return error;
}

/* Waits by a call of poll()'s kind. Afterwards the port has to be free, before
   the socket is asked for its error. */
static int waitSeen(const char *call, int fd) {
  if (strcmp(call, "poll") == 0) {
    struct pollfd wait = {fd, POLLOUT, 0};
    return poll(&wait, 1, 20000);
  }
  if (strcmp(call, "select") == 0) {
    struct timeval patience = {20, 0};
    fd_set out;
    FD_ZERO(&out);
    FD_SET(fd, &out);
    return select(fd + 1, NULL, &out, NULL, &patience);
  }
  struct epoll_event event = {.events = EPOLLOUT};
  int set = epoll_create1(0);
  epoll_ctl(set, EPOLL_CTL_ADD, fd, &event);
  return epoll_wait(set, &event, 1, 20000);
}

static void expectFreePort(const struct sockaddr_in *server) {
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  if (bind(fd, (const struct sockaddr *)server, sizeof(*server)) != 0)
    fail("the port is not free");
  close(fd);
}

int main(int argc, char **argv) {
  if (argc != 3)
    return 2;
  const char *first = argv[1];
  struct sockaddr_in server = {
      .sin_family = AF_INET, .sin_port = htons((unsigned short)atoi(argv[2]))};
  server.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const struct sockaddr *address = (const struct sockaddr *)&server;

  setLoopback(1); /* the address comes with the first time */
  setLoopback(0);
  int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
  if (connect(fd, address, sizeof(server)) == 0 || errno != EINPROGRESS)
    fail("connect does not wait");
  setLoopback(1);

  int error = 0;
  if (strcmp(first, "poll") == 0 || strcmp(first, "select") == 0 ||
      strcmp(first, "epoll") == 0) {
    if (waitSeen(first, fd) != 1)
      fail(first);
    expectFreePort(&server);
    error = socketError(fd);
  } else if (strcmp(first, "dup2") == 0 || strcmp(first, "close_range") == 0) {
    waitUnseen(fd);
    if (strcmp(first, "dup2") == 0)
      dup2(STDOUT_FILENO, fd);
    else
      close_range((unsigned)fd, (unsigned)fd, 0);
    expectFreePort(&server); /* nobody can be told an error */
    error = ECONNREFUSED;
  } else {
    waitUnseen(fd);
    errno = 0;
    if (strcmp(first, "getsockopt") == 0)
      errno = socketError(fd);
    else if (strcmp(first, "send") == 0)
      (void)!send(fd, "x", 1, 0);
    else if (strcmp(first, "write") == 0)
      (void)!write(fd, "x", 1);
    else
      (void)!connect(fd, address, sizeof(server));
    error = errno;
  }
  errno = error;
  if (error != ECONNREFUSED)
    fail("not refused");
  puts("refused");
  return 0;
}
