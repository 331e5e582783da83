/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/* guard_hits HOW COUNT PORT, under the guard and where each connect draws PORT:
   COUNT times connects to PORT, which has to be refused, after which a server
   (without SO_REUSEADDR) has to get the port at once. HOW: blocking, same,
   nonblocking, ipv6, threads (four of them, which only connect). */

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static struct sockaddr_storage server;
static socklen_t length;
static const char *how;
static int count;

static int isHow(const char *name) { return strcmp(how, name) == 0; }

static void fail(const char *what) {
  perror(what);
  exit(9);
}

static int newSocket(int flags) {
  int fd = socket(server.ss_family, SOCK_STREAM | flags, 0);
  if (fd < 0)
    fail("socket");
  return fd;
}

static void expectRefused(int fd) {
  errno = 0;
  int result = connect(fd, (struct sockaddr *)&server, length);
  if (result < 0 && errno == EINPROGRESS) {
    struct pollfd wait = {fd, POLLOUT, 0};
    int error = 0;
    socklen_t size = sizeof(error);
    if (poll(&wait, 1, 5000) != 1)
      fail("poll");
    getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &size);
    errno = error;
    result = error ? -1 : 0;
  }
  if (result == 0 || errno != ECONNREFUSED)
    fail("connect is not refused");
}

static void expectServer(void) {
  int fd = newSocket(0);
  if (bind(fd, (struct sockaddr *)&server, length) != 0 || listen(fd, 1) != 0)
    fail("the server cannot have its port");
  close(fd);
}

static void *hit(void *unused) {
  int flags = isHow("nonblocking") ? SOCK_NONBLOCK : 0;
  int fd = newSocket(flags);
  for (int i = 0; i < count; ++i) {
    expectRefused(fd);
    if (!isHow("threads"))
      expectServer(); // also with the client's socket still open
    if (!isHow("same")) {
      close(fd);
      fd = newSocket(flags);
    }
  }
  close(fd);
  return unused;
}

int main(int argc, char **argv) {
  if (argc != 4)
    return 2;
  how = argv[1];
  count = atoi(argv[2]);
  in_port_t port = htons((unsigned short)atoi(argv[3]));
  if (isHow("ipv6")) {
    struct sockaddr_in6 address = {.sin6_family = AF_INET6,
                                   .sin6_port = port,
                                   .sin6_addr = IN6ADDR_LOOPBACK_INIT};
    memcpy(&server, &address, length = sizeof(address));
  } else {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = port};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    memcpy(&server, &address, length = sizeof(address));
  }
  if (isHow("threads")) {
    pthread_t threads[4];
    for (int i = 0; i < 4; ++i)
      pthread_create(&threads[i], NULL, hit, NULL);
    for (int i = 0; i < 4; ++i)
      pthread_join(threads[i], NULL);
  } else {
    hit(NULL);
  }
  puts("all refused");
  return 0;
}
