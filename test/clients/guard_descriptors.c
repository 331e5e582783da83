/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/* guard_descriptors PORT, under the guard and where each connect draws PORT:
   what the guard knows is about a socket, whatever became of its descriptor. */

#include "selfconnect/guard.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/syscall.h>

static struct sockaddr_in own;

static void expect(int condition, const char *what) {
  if (condition)
    return;
  perror(what);
  exit(9);
}

static int connectTo(int fd, const struct sockaddr_in *address) {
  errno = 0;
  return connect(fd, (const struct sockaddr *)address, sizeof(*address));
}

static int newSocket(int flags) {
  int fd = socket(AF_INET, SOCK_STREAM | flags, 0);
  expect(fd >= 0, "socket");
  return fd;
}

/* Met itself at once and was released, which the program has yet to ask. */
static int untold(void) {
  int fd = newSocket(SOCK_NONBLOCK);
  expect(connectTo(fd, &own) != 0 && errno == EINPROGRESS, "connect waits");
  return fd;
}

/* --- descriptors that end unseen by the guard ----------------------------- */

static void endByFclose(int fd) { fclose(fdopen(fd, "w")); }

static void endByCloseRange(int fd) {
  expect(syscall(SYS_close_range, fd, fd, 0) == 0, "close_range");
}

static void endUnseen(void (*end)(int fd), const char *what) {
  char byte = 0;
  int fd = untold();
  end(fd);
  int file = memfd_create("file", 0);
  expect(file == fd, "the file has the number of the socket");
  expect(write(file, "x", 1) == 1 && lseek(file, 0, SEEK_SET) == 0 &&
             read(file, &byte, 1) == 1 && byte == 'x',
         what);
  close(file);
}

static void replaceUnseen(void) {
  int fd = untold(), pair[2];
  expect(socketpair(AF_UNIX, SOCK_STREAM, 0, pair) == 0, "socketpair");
  expect(syscall(SYS_dup3, pair[0], fd, 0) == fd, "dup3");
  expect(write(fd, "x", 1) == 1, "another socket");
  close(fd), close(pair[0]), close(pair[1]);
}

/* As by another process that shares the socket. */
static void connectUnseen(void) {
  struct sockaddr_in other = own;
  other.sin_port = htons((unsigned short)(ntohs(own.sin_port) + 1));
  int fd = untold(), server = newSocket(0);
  expect(bind(server, (struct sockaddr *)&other, sizeof(other)) == 0 &&
             listen(server, 1) == 0,
         "server");
  (void)syscall(SYS_connect, fd, &other, sizeof(other)); /* the reset's error */
  (void)syscall(SYS_connect, fd, &other, sizeof(other));
  int peer = accept(server, NULL, NULL);
  expect(peer >= 0 && write(fd, "x", 1) == 1, "the same socket, connected");
  selfconnect_close(fd);
  close(peer), close(server);
}

int main(int argc, char **argv) {
  if (argc != 2)
    return 2;
  own.sin_family = AF_INET;
  own.sin_port = htons((unsigned short)atoi(argv[1]));
  own.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  endUnseen(endByFclose, "a file after fclose()");
  endUnseen(endByCloseRange, "a file after close_range()");
  replaceUnseen();
  connectUnseen();
  puts("as expected");
  return 0;
}
