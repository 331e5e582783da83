// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What goes on to the next address, server or descriptor is no retry; the loop
// around it is.
//
// RUN: %check_clang_tidy -std=c11 %s selfconnect-retry-loop %t -- -- %mock -O0
// RUN: %check_clang_tidy -std=c11 %s selfconnect-retry-loop %t -- -- %mock -O2
// RUN: %check_clang_tidy -std=c11 -check-suffixes=,WHY %s selfconnect-retry-loop %t -- \
// RUN:   -config='{CheckOptions: [{key: ExplainSilence, value: true}]}' -- %mock -O0

#include <arpa/inet.h>
#include <errno.h>
#include <netdb.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

extern int verbose, local_port, retries;
void talk(const char *text);
int bind_local(int fd, int port);

// Many ways through the walk, and one out of it.
int around_a_walk_of_many_ways(struct sockaddr_storage **addresses, int count) {
  struct sockaddr_storage address;
  for (int tries = 0; retries < 0 || tries <= retries; tries++) {
    for (int j = 0; j < count; j++) {
      int fd = socket(addresses[j]->ss_family, SOCK_STREAM, 0);
      if (fd < 0)
        exit(1);
      if (local_port && !bind_local(fd, local_port))
        exit(1);
      memcpy(&address, addresses[j], sizeof(address));
      if (verbose & 1)
        talk("connecting");
      if (verbose & 2)
        talk("to");
      if (verbose & 4)
        talk("the server");
      int size = address.ss_family == AF_INET6 ? sizeof(struct sockaddr_in6)
                                               : sizeof(struct sockaddr_in);
      int result = connect(fd, (struct sockaddr *)&address, size);
      // CHECK-MESSAGES: :[[@LINE-1]]:20: warning: retried connect() can connect to itself when no server is listening
      // CHECK-MESSAGES: :[[@LINE-18]]:3: note: the loop is here
      if (result == 0)
        return fd;
      if (errno != ECONNREFUSED && errno != ETIMEDOUT)
        exit(1);
      close(fd);
    }
    if (verbose & 8)
      talk("sleeping");
    sleep(1);
  }
  return -1;
}

// The second call in a function, the first of which leads nowhere.
static int dial_again(const struct sockaddr *server, socklen_t size) {
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  if (connect(fd, server, size) < 0) {
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: retried connect()
    close(fd);
    return -1;
  }
  return fd;
}

int run(const struct sockaddr *server, socklen_t size) {
  int fd = dial_again(server, size);
  if (fd < 0)
    exit(1);
  for (;;) {
    char byte;
    if (read(fd, &byte, 1) > 0)
      continue;
    close(fd);
    for (;;) {
      // CHECK-MESSAGES: :[[@LINE-1]]:5: note: the loop is here
      fd = dial_again(server, size);
      if (fd >= 0)
        break;
      sleep(1);
    }
  }
}

// What follows a success may fail, too, and leads back; success leaves by
// itself all the same.
int greet(int fd);
int with_a_greeting(const struct sockaddr *server, socklen_t size) {
  for (int i = 0; i < 5; i++) {
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(fd, server, size) == 0 && greet(fd) == 0)
      // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: retried connect()
      return fd;
    close(fd);
    sleep(1);
  }
  return -1;
}

// --- Silent -----------------------------------------------------------------

// One walk.
int one_walk(struct sockaddr_storage **addresses, int count) {
  for (int j = 0; j < count; j++) {
    int fd = socket(addresses[j]->ss_family, SOCK_STREAM, 0);
    if (connect(fd, (struct sockaddr *)addresses[j], sizeof(*addresses[j])) == 0)
    // CHECK-MESSAGES-WHY: :[[@LINE-1]]:9: warning: not reported
    // CHECK-MESSAGES-WHY: :[[@LINE-4]]:30: note: the destination advances here
      return fd;
    close(fd);
  }
  return -1;
}

// One descriptor each.
static int dial_one_of_many(const struct sockaddr *server, socklen_t size) {
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  if (connect(fd, server, size) != -1)
  // CHECK-MESSAGES-WHY: :[[@LINE-1]]:7: warning: not reported
  // CHECK-MESSAGES-WHY: :[[@LINE+8]]:30: note: the destination advances here
    return fd;
  close(fd);
  return -1;
}

void one_each(const struct sockaddr *server, socklen_t size, int *fds,
              int count) {
  for (int i = 0; i < count; i++) {
    fds[i] = dial_one_of_many(server, size);
    if (fds[i] < 0)
      talk("failed");
  }
}

// A load: the next connection is made whatever came of the one before.
void a_load(const struct sockaddr *server, socklen_t size) {
  for (int i = 0; i < 1000; i++) {
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(fd, server, size) < 0)
    // CHECK-MESSAGES-WHY: :[[@LINE-1]]:9: warning: not reported
    // CHECK-MESSAGES-WHY: :[[@LINE-4]]:3: note: success drives this loop as well
      talk("refused");
    else if (write(fd, "x", 1) != 1)
      exit(1);
    close(fd);
  }
}
