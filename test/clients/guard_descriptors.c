/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
/* guard_descriptors PORT, under the guard and where each connect draws PORT:
   what the guard knows is about a socket, whatever became of its descriptor. */

#include "selfconnect/guard.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>

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

/* --- copies --------------------------------------------------------------- */

static int errorOf(int fd) {
  int error = 0;
  socklen_t size = sizeof(error);
  getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &size);
  return error;
}

static int boundSocket(void) {
  int fd = newSocket(0);
  expect(bind(fd, (struct sockaddr *)&own, sizeof(own)) == 0, "bind");
  return fd;
}

/* Who bound the port knows what it is; the log has that. */
static void expectLeftAlone(int fd, const char *what) {
  expect(connectTo(fd, &own) == 0, what);
  selfconnect_close(fd);
}

static int byDup2(int fd) { return dup2(fd, 100); }
static int byDup3(int fd) { return dup3(fd, 101, O_CLOEXEC); }
static int byFcntl(int fd) { return fcntl(fd, F_DUPFD, 102); }
static int byFcntl64(int fd) { return fcntl64(fd, F_DUPFD_CLOEXEC, 103); }

static void copyBound(int (*copyOf)(int fd), const char *what) {
  int fd = boundSocket();
  int copy = copyOf(fd);
  close(fd);
  expectLeftAlone(copy, what);
}

static void replaceBound(void) {
  int fd = boundSocket(), other = newSocket(0);
  dup2(other, fd);
  close(other);
  expect(connectTo(fd, &own) != 0 && errno == ECONNREFUSED,
         "another socket in place of one that was bound");
  close(fd);
}

/* The program is told once, by whichever it asks. */
static void copyUntold(void) {
  int fd = untold(), copy = dup(fd);
  expect(errorOf(copy) == ECONNREFUSED, "the error of a copy");
  expect(connectTo(fd, &own) != 0 && errno == EINPROGRESS, "another attempt");
  expect(errorOf(fd) == ECONNREFUSED, "its error");
  close(fd), close(copy);
}

/* Shares our memory, but not our descriptors. */
static void vforkAndClose(void) {
  pid_t child = vfork();
  if (child == 0) {
    for (int fd = 3; fd < 20; ++fd)
      close(fd);
    (void)dup2(1, 3);
    (void)write(3, "", 0);
    _exit(0);
  }
  int status = 0;
  waitpid(child, &status, 0);
  expect(status == 0, "vfork");
}

static void vforkBesideBound(void) {
  int fd = boundSocket();
  vforkAndClose();
  expectLeftAlone(fd, "bound before vfork()");
}

static void vforkBesideUntold(void) {
  int fd = untold();
  vforkAndClose();
  expect(errorOf(fd) == ECONNREFUSED, "the error after vfork()");
  close(fd);
}

/* This child shares nothing, and is guarded as its parent. */
static void forkAndCopy(void) {
  int status = 0;
  pid_t child = fork();
  if (child == 0) {
    copyBound(dup, "dup() after fork()");
    _exit(0);
  }
  waitpid(child, &status, 0);
  expect(status == 0, "fork");
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
  copyBound(dup, "after dup()");
  copyBound(byDup2, "after dup2()");
  copyBound(byDup3, "after dup3()");
  copyBound(byFcntl, "after fcntl()");
  copyBound(byFcntl64, "after fcntl64()");
  replaceBound();
  copyUntold();
  vforkBesideBound();
  vforkBesideUntold();
  forkAndCopy();
  puts("as expected");
  return 0;
}
