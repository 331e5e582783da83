// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What counts the tries: a comparison that ends the loop does, one that says
// something after the first try does not. A counter beside the address is no
// part of the address. A bound holds for one call, and a clock for no pause.
//
// RUN: %check_clang_tidy -std=c11,c++17 %s selfconnect-retry-loop %t -- -- %mock -O0
// RUN: %check_clang_tidy -std=c11,c++17 %s selfconnect-retry-loop %t -- -- %mock -O2

#include <arpa/inet.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

void note(const char *text);

static void fill(struct sockaddr_in *addr, unsigned short port) {
  memset(addr, 0, sizeof(*addr));
  addr->sin_family = AF_INET;
  addr->sin_port = htons(port);
  addr->sin_addr.s_addr = htonl(INADDR_LOOPBACK);
}

int speaks_at_the_first(void) {
  struct sockaddr_in addr;
  int tries = 0;
  fill(&addr, 33334);
  for (;;) {
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(fd, (const struct sockaddr *)&addr, sizeof(addr)) == 0)
      // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: retried connect()
      // CHECK-MESSAGES: :[[@LINE-2]]:9: note: about 22 % per hour without a server, at one try per second
      return fd;
    close(fd);
    if (++tries == 1)
      note("waiting for the server");
    sleep(1);
  }
}

int slows_down(void) {
  struct sockaddr_in addr;
  int tries = 0, pause = 1;
  fill(&addr, 33336);
  for (;;) {
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(fd, (const struct sockaddr *)&addr, sizeof(addr)) == 0)
      // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: retried connect()
      // CHECK-MESSAGES-NOT: note: about
      return fd;
    close(fd);
    if (++tries > 10)
      pause = 60;
    sleep(pause);
  }
}

int in_rounds_of_three(void) {
  struct sockaddr_in addr;
  fill(&addr, 33338);
  for (;;) {
    for (int i = 0; i < 3; i++) {
      int fd = socket(AF_INET, SOCK_STREAM, 0);
      if (connect(fd, (const struct sockaddr *)&addr, sizeof(addr)) == 0)
        // CHECK-MESSAGES: :[[@LINE-1]]:11: warning: retried connect()
        // CHECK-MESSAGES-NOT: note: about
        return fd;
      close(fd);
    }
    sleep(10);
  }
}

int three_times(void) {
  struct sockaddr_in addr;
  fill(&addr, 33340);
  for (int i = 0; i < 3; i++) {
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(fd, (const struct sockaddr *)&addr, sizeof(addr)) == 0)
      // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: retried connect()
      // CHECK-MESSAGES: :[[@LINE-2]]:9: note: about 0.02 % per call, at 3 tries
      return fd;
    close(fd);
  }
  return -1;
}

// --- a bounded helper in an endless loop ---------------------------------------

static int dial_twice(void) {
  struct sockaddr_in addr;
  int tries = 1, fd;
  fill(&addr, 33342);
  do {
    fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(fd, (const struct sockaddr *)&addr, sizeof(addr)) == 0)
      // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: retried connect()
      // CHECK-MESSAGES-NOT: note: about
      return fd;
    close(fd);
  } while (tries-- > 0);
  return -1;
}

int dials_for_ever(void) {
  int fd;
  while ((fd = dial_twice()) < 0)
    sleep(1);
  return fd;
}

// --- not more often than the clock allows ------------------------------------

int by_the_clock(void) {
  struct sockaddr_in addr;
  time_t last = 0;
  fill(&addr, 33344);
  for (;;) {
    usleep(100000);
    if (time(NULL) - last < 10)
      continue;
    last = time(NULL);
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(fd, (const struct sockaddr *)&addr, sizeof(addr)) == 0)
      // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: retried connect()
      // CHECK-MESSAGES-NOT: note: about
      return fd;
    close(fd);
  }
}

// --- a counter beside the address ----------------------------------------------

struct conn {
  int fd;
  int retries;
  struct sockaddr_in addr;
};

static int dial_conn(struct conn *c) {
  c->fd = socket(AF_INET, SOCK_STREAM, 0);
  if (connect(c->fd, (const struct sockaddr *)&c->addr, sizeof(c->addr)) < 0) {
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: retried connect()
    close(c->fd);
    c->fd = -1;
    return -1;
  }
  return 0;
}

int counts_in_the_object(struct conn *c) {
  while (dial_conn(c) < 0) {
    c->retries++;
    sleep(1);
  }
  return 0;
}

struct pool {
  int next;
  struct sockaddr_in addrs[4];
};

// An index beside the addresses is what chooses one of them.
static int dial_pool(struct pool *p) {
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  if (connect(fd, (const struct sockaddr *)&p->addrs[p->next],
              sizeof(p->addrs[0])) < 0) {
    close(fd);
    return -1;
  }
  return fd;
}

int walks_a_pool(struct pool *p) {
  int fd = -1;
  while (p->next < 4 && (fd = dial_pool(p)) < 0)
    p->next++;
  return fd;
}

// The object itself, by its address.
static int dial_address(struct conn *c) {
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  if (connect(fd, (const struct sockaddr *)&c->addr, sizeof(c->addr)) < 0) {
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: retried connect()
    close(fd);
    return -1;
  }
  return fd;
}

int counts_in_a_local_object(void) {
  struct conn c;
  int fd;
  fill(&c.addr, 33346);
  c.retries = 0;
  while ((fd = dial_address(&c)) < 0) {
    c.retries += 1;
    sleep(1);
  }
  return fd;
}

// The whole address, one after the other.
int walks_local_objects(struct conn *all, int count) {
  int fd = -1;
  for (int i = 0; i < count && fd < 0; i++)
    fd = dial_address(&all[i]);
  return fd;
}
