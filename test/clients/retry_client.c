/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/* retry_client HOW PORT: connects to 127.0.0.1:PORT until it succeeds, then
   writes "hello" and waits for an answer until the other side closes.
   HOW: blocking, same (socket), nonblocking, threads, fork, guarded, probe, nothing
   (ends with success as soon as it is connected), ipv6. */

#include "selfconnect/guard.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>

static int useIpv6;
static unsigned short port;

static void fail(const char *what) {
  perror(what);
  exit(9);
}

static int newSocket(int flags) {
  int fd = socket(useIpv6 ? AF_INET6 : AF_INET, SOCK_STREAM | flags, 0);
  if (fd < 0)
    fail("socket");
  return fd;
}

typedef int Connect(int fd, const struct sockaddr *address, socklen_t length);

static int connectPlainly(int fd, const struct sockaddr *address,
                          socklen_t length) {
  return connect(fd, address, length);
}

static int connectGuarded(int fd, const struct sockaddr *address,
                          socklen_t length) {
  return selfconnect_connect(fd, address, length);
}

static int connectWaiting(int fd, const struct sockaddr *address,
                          socklen_t length) {
  struct pollfd wait = {fd, POLLOUT, 0};
  int error = 0;
  socklen_t size = sizeof(error);
  if (connect(fd, address, length) == 0)
    return 0;
  if (errno != EINPROGRESS)
    return -1;
  poll(&wait, 1, -1);
  getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &size);
  errno = error;
  return error ? -1 : 0;
}

static int tryConnect(Connect *how, int fd) {
  struct sockaddr_in ipv4 = {.sin_family = AF_INET, .sin_port = htons(port)};
  struct sockaddr_in6 ipv6 = {.sin6_family = AF_INET6,
                              .sin6_port = htons(port),
                              .sin6_addr = IN6ADDR_LOOPBACK_INIT};
  ipv4.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return useIpv6 ? how(fd, (struct sockaddr *)&ipv6, sizeof(ipv6))
                 : how(fd, (struct sockaddr *)&ipv4, sizeof(ipv4));
}

/* The loop of so many clients. */
static int connectAtLast(Connect *how, int flags, int sameSocket) {
  int fd = newSocket(flags);
  while (tryConnect(how, fd) != 0) {
    if (errno != ECONNREFUSED)
      fail("connect");
    usleep(20000);
    if (!sameSocket) {
      close(fd);
      fd = newSocket(flags);
    }
  }
  return fd;
}

static void talk(int fd) {
  char answer[64];
  struct pollfd wait = {fd, POLLIN, 0};
  if (write(fd, "hello", 5) != 5)
    fail("write");
  while (poll(&wait, 1, -1) > 0 && recv(fd, answer, sizeof(answer), 0) > 0) {
  }
  close(fd);
}

static void *runThread(void *unused) {
  talk(connectAtLast(connectPlainly, 0, 0));
  return unused;
}

int main(int argc, char **argv) {
  const char *how = argc == 3 ? argv[1] : "";
  port = (unsigned short)atoi(argc == 3 ? argv[2] : "0");
  useIpv6 = strcmp(how, "ipv6") == 0;
  if (strcmp(how, "nothing") == 0)
    return 0; /* it is only to be started */
  if (strcmp(how, "nonblocking") == 0) {
    talk(connectAtLast(connectWaiting, SOCK_NONBLOCK, 0));
  } else if (strcmp(how, "same") == 0) {
    talk(connectAtLast(connectPlainly, 0, 1));
  } else if (strcmp(how, "guarded") == 0) {
    talk(connectAtLast(connectGuarded, 0, 0));
  } else if (strcmp(how, "probe") == 0) {
    close(connectAtLast(connectPlainly, 0, 0));
  } else if (strcmp(how, "threads") == 0) {
    pthread_t threads[2];
    for (int i = 0; i < 2; ++i)
      pthread_create(&threads[i], NULL, runThread, NULL);
    for (int i = 0; i < 2; ++i)
      pthread_join(threads[i], NULL);
  } else if (strcmp(how, "fork") == 0) {
    pid_t child = fork();
    if (child == 0)
      talk(connectAtLast(connectPlainly, 0, 0));
    else
      waitpid(child, NULL, 0);
  } else {
    talk(connectAtLast(connectPlainly, 0, 0));
  }
  return 0;
}
