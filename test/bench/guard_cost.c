/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/* guard_cost WHAT COUNT: does WHAT so often, on the loopback interface, and
   prints the seconds of CPU time that it took. WHAT: refused (connect() with
   nobody there, one socket), accepted (a new socket, connect(), accept(), close
   of both), nonblocking (the same with poll() and SO_ERROR), transfer (a byte
   sent and received), poll. */

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

static struct sockaddr_in server;
static int listener;

static void fail(const char *what) {
  perror(what);
  exit(9);
}

static int newSocket(int flags) {
  int fd = socket(AF_INET, SOCK_STREAM | flags, 0);
  if (fd < 0)
    fail("socket");
  return fd;
}

static int tryServer(int fd) {
  return connect(fd, (struct sockaddr *)&server, sizeof(server));
}

static int accepted(void) {
  int fd = accept(listener, NULL, NULL);
  if (fd < 0)
    fail("accept");
  return fd;
}

/* Without TIME_WAIT, so that the ports do not run out. */
static void drop(int fd) {
  struct linger reset = {1, 0};
  setsockopt(fd, SOL_SOCKET, SO_LINGER, &reset, sizeof(reset));
  close(fd);
}

static void connectOnce(int flags) {
  int fd = newSocket(flags);
  if (tryServer(fd) != 0) {
    struct pollfd wait = {fd, POLLOUT, 0};
    int error = 0;
    socklen_t size = sizeof(error);
    if (errno != EINPROGRESS || poll(&wait, 1, -1) != 1 ||
        getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &size) != 0 || error)
      fail("connect");
  }
  int other = accepted();
  drop(fd);
  close(other);
}

static void run(const char *what, long count) {
  int fd = newSocket(0);
  if (strcmp(what, "refused") == 0) {
    close(listener);
    for (long i = 0; i < count; ++i)
      if (tryServer(fd) == 0 || errno != ECONNREFUSED)
        fail("not refused");
  } else if (strcmp(what, "accepted") == 0) {
    for (long i = 0; i < count; ++i)
      connectOnce(0);
  } else if (strcmp(what, "nonblocking") == 0) {
    for (long i = 0; i < count; ++i)
      connectOnce(SOCK_NONBLOCK);
  } else {
    if (tryServer(fd) != 0)
      fail("connect");
    int other = accepted();
    struct pollfd wait = {fd, POLLOUT, 0};
    char byte = 0;
    if (strcmp(what, "transfer") == 0) {
      for (long i = 0; i < count; ++i)
        if (send(fd, "x", 1, 0) != 1 || recv(other, &byte, 1, 0) != 1)
          fail("transfer");
    } else {
      for (long i = 0; i < count; ++i)
        if (poll(&wait, 1, -1) != 1)
          fail("poll");
    }
  }
}

int main(int argc, char **argv) {
  if (argc != 3)
    return 2;
  socklen_t length = sizeof(server);
  server.sin_family = AF_INET;
  server.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  listener = newSocket(0);
  if (bind(listener, (struct sockaddr *)&server, length) != 0 ||
      listen(listener, 16) != 0 ||
      getsockname(listener, (struct sockaddr *)&server, &length) != 0)
    fail("listen");
  struct timespec start, end;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &start);
  run(argv[1], atol(argv[2]));
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &end);
  printf("%.9f\n", (double)(end.tv_sec - start.tv_sec) +
                       (double)(end.tv_nsec - start.tv_nsec) / 1e9);
  return 0;
}
