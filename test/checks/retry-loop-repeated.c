// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What is handed on once and is called again and again: by a timer of the file,
// a table of jobs, a hook of its main loop.
//
// RUN: %check_clang_tidy -std=c11 %s selfconnect-retry-loop %t -- -- %mock -O0
// RUN: %check_clang_tidy -std=c11 %s selfconnect-retry-loop %t -- -- %mock -O2

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

static int dial(const struct sockaddr_in *addr) {
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  if (connect(fd, (const struct sockaddr *)addr, sizeof *addr) < 0) {
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: retried connect()
    close(fd);
    return -1;
  }
  return fd;
}

struct link {
  struct sockaddr_in addr;
  int fd;
  enum { DOWN, UP } state;
};

// --- a table of jobs, which its time comes for -------------------------------

static void check_link(void *argument);
static struct link uplink;

static struct job {
  void (*run)(void *);
  void *argument;
  long interval, next;
} jobs[] = {{check_link, &uplink, 5, 0}};

static void check_link(void *argument) {
  struct link *l = argument;
  if (l->state == UP)
    return;
  l->fd = dial(&l->addr);
  if (l->fd >= 0)
    l->state = UP;
}

void run_due_jobs(void) {
  long now = time(NULL);
  for (unsigned i = 0; i < sizeof jobs / sizeof *jobs; i++) {
    if (jobs[i].next > now)
      continue;
    jobs[i].run(jobs[i].argument);
    jobs[i].next = now + jobs[i].interval;
  }
}

// --- a hook of the main loop; what success leaves, a helper leaves ------------

typedef void (*hook)(struct link *);
static hook on_idle;

void set_idle_hook(hook f) { on_idle = f; }

static void greet(struct link *l) { l->fd = l->fd + 0; }

static void link_up(struct link *l, int fd) {
  l->state = UP;
  l->fd = fd;
  greet(l);
}

static void open_link(struct link *l) {
  if (l->state != DOWN)
    return;
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  if (connect(fd, (const struct sockaddr *)&l->addr, sizeof l->addr) != 0) {
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: retried connect()
    close(fd);
    return;
  }
  link_up(l, fd);
}

void serve(struct link *l) {
  struct pollfd fds[1] = {{0, POLLIN, 0}};
  set_idle_hook(open_link);
  while (poll(fds, 1, 1000) >= 0)
    if (on_idle)
      on_idle(l);
}

// --- what is called once ------------------------------------------------------

static struct once {
  void (*run)(struct once *);
  struct sockaddr_in addr;
  struct once *next;
} *onces;

static void open_later(struct once *o) {
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  if (connect(fd, (const struct sockaddr *)&o->addr, sizeof o->addr) < 0)
    close(fd);
}

void add_once(struct once *o) {
  o->run = open_later;
  o->next = onces;
  onces = o;
}

void run_onces(void) {
  for (;;) {
    struct once *o = onces;
    sleep(1);
    if (!o)
      continue;
    onces = o->next;
    o->run(o);
    free(o);
  }
}

// --- and what is called where something has come in ---------------------------

static void (*on_command)(const struct sockaddr_in *);

static void open_as_told(const struct sockaddr_in *to) {
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  if (connect(fd, (const struct sockaddr *)to, sizeof *to) < 0)
    close(fd);
}

void obey(const struct sockaddr_in *to) {
  struct pollfd fds[1] = {{0, POLLIN, 0}};
  on_command = open_as_told;
  while (poll(fds, 1, -1) >= 0)
    if (fds[0].revents & POLLIN)
      on_command(to);
}
