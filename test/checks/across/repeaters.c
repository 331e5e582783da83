// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// RUN: %across -O2
// A function that is handed on once, and called again and again by a loop of
// another file.

//--- loop.h
#include <stdint.h>
#define every(seconds, fun) every_named(seconds, fun, #fun)
void *every_named(uint32_t seconds, void (*fun)(void), const char *name);
void at_end(void (*fun)(void));
void on_reload(void (*fun)(void));
void on_signal(int number, void (*fun)(void));
void after(unsigned seconds, void (*fun)(void *), void *argument);
void each_turn(void (*fun)(void *), void *argument);
int main_loop(void);
void run_thread(void (*fun)(void));

//--- loop.c
#include "loop.h"
#include <poll.h>
#include <stdlib.h>
#include <unistd.h>
typedef struct timer {
  uint64_t due, period;
  void (*fun)(void);
  struct timer *next;
} timer;
static timer *timers;
static uint64_t now;
static void *every_us(uint64_t us, void (*fun)(void)) {
  timer *t = malloc(sizeof *t);
  t->due = now;
  t->period = us;
  t->fun = fun;
  t->next = timers;
  timers = t;
  return t;
}
void *every_named(uint32_t seconds, void (*fun)(void), const char *name) {
  return every_us(seconds * 1000000ull, fun);
}
struct plain {
  int number;
  void (*fun)(void);
  struct plain *next;
};
static struct plain *ends, *reloads, *signals;
static void add(struct plain **to, int number, void (*fun)(void)) {
  struct plain *p = malloc(sizeof *p);
  p->number = number;
  p->fun = fun;
  p->next = *to;
  *to = p;
}
void at_end(void (*fun)(void)) { add(&ends, 0, fun); }
struct once {
  uint64_t due;
  void (*fun)(void *);
  void *argument;
  struct once *next;
};
static struct once *onces;
void after(unsigned seconds, void (*fun)(void *), void *argument) {
  struct once *o = malloc(sizeof *o);
  *o = (struct once){now + seconds, fun, argument, onces};
  onces = o;
}
static struct { void (*fun)(void *); void *argument; } hooks[8];
static int hook_count;
void each_turn(void (*fun)(void *), void *argument) {
  hooks[hook_count].fun = fun;
  hooks[hook_count].argument = argument;
  hook_count++;
}
int main_loop(void) {
  struct pollfd fds[1] = {{0, POLLIN, 0}};
  for (;;) {
    int n = poll(fds, 1, 100);
    now += 100000;
    for (timer *t = timers; t; t = t->next)
      if (now >= t->due) {
        t->fun();
        t->due += t->period;
      }
    for (int i = 0; i < hook_count; i++)
      hooks[i].fun(hooks[i].argument);
    if (n > 0 && fds[0].revents & POLLIN)
      break;
    while (onces && onces->due <= now) {
      struct once *o = onces;
      onces = o->next;
      o->fun(o->argument);
      free(o);
    }
  }
  for (struct plain *p = ends; p; p = p->next)
    p->fun();
  return 0;
}
void run_thread(void (*fun)(void)) {
  while (1) {
    fun();
    sleep(1);
  }
}

//--- events.c
#include "loop.h"
#include <poll.h>
#include <stddef.h>
// What is called where something has happened.
static void (*reload)(void);
static struct { int number; void (*fun)(void); } slots[8];
static int slot_count;
void on_reload(void (*fun)(void)) { reload = fun; }
void on_signal(int number, void (*fun)(void)) {
  slots[slot_count].number = number;
  slots[slot_count++].fun = fun;
}
int last_signal(void);
void watch(void) {
  while (poll(NULL, 0, 100) >= 0) {
    int got = last_signal();
    if (got == 1)
      reload();
    for (int i = 0; i < slot_count; i++)
      if (slots[i].number == got)
        slots[i].fun();
  }
}

//--- client.h
struct link {
  int fd;
  int up;
};
int dial(int port);

//--- dial.c
#include "client.h"
#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>
int dial(int port) {
  struct sockaddr_in addr = {.sin_family = AF_INET, .sin_port = htons(port)};
  addr.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  if (connect(fd, (struct sockaddr *)&addr, sizeof addr) < 0) {
    close(fd);
    return -1;
  }
  return fd;
}

//--- client.c
#include "client.h"
#include "loop.h"
static int fd = -1;
static void reconnect(void) {
  if (fd < 0)
    fd = dial(33334); // retry: 127.0.0.1:33334 --socket=new
}
enum { FREE, BUSY };
static struct state { int mode, fd; } *state;
static int begin(struct state *s) {
  s->fd = dial(33335); // retry: 127.0.0.1:33335 --socket=new
  if (s->fd < 0)
    return -1;
  s->mode = BUSY;
  return 0;
}
static void check(void) {
  struct state *s = state;
  if (s->mode == FREE)
    begin(s);
}
int init(void) {
  if (begin(state) < 0)
    return -1;
  every(5, reconnect);
  every(10, check);
  return 0;
}

//--- hooks.c
#include "client.h"
#include "loop.h"
static void turn(void *argument) {
  struct link *l = argument;
  if (l->up)
    return;
  l->fd = dial(33336); // retry: 127.0.0.1:33336 --socket=new
  l->up = l->fd >= 0;
}
static int alive;
static void work(void) {
  if (!alive && dial(33337) >= 0) // retry: 127.0.0.1:33337 --socket=new
    alive = 1;
}
void start(struct link *l) {
  each_turn(turn, l);
  run_thread(work);
}

//--- silent.c
#include "client.h"
#include "loop.h"
static int fd = -1;
static void open_it(void) {
  if (fd < 0)
    fd = dial(40000);
}
static void open_again(void) {
  if (fd < 0)
    fd = dial(40001);
}
static void open_once(void *argument) {
  if (fd < 0)
    fd = dial(40002);
}
static void open_on_signal(void) {
  if (fd < 0)
    fd = dial(40003);
}
// A report every minute, to whom it may concern: a success does it again.
static void report(void) { dial(40004); }
static int tried;
static void first(void) {
  if (!tried) {
    tried = 1;
    fd = dial(40005);
  }
}
void init_silent(void) {
  at_end(open_it);
  on_reload(open_again);
  after(5, open_once, 0);
  on_signal(1, open_on_signal);
  every(60, report);
  every(1, first);
}

//--- apart.c
#include "client.h"
// It is handed on in another file.
static int up;
void keep_up(void) {
  if (!up)
    up = dial(33338) >= 0; // retry: 127.0.0.1:33338 --socket=new
}
void end_up(void) {
  if (!up)
    up = dial(40006) >= 0;
}

//--- main.c
#include "loop.h"
void keep_up(void);
void end_up(void);
int main(void) {
  every(3, keep_up);
  at_end(end_up);
  return main_loop();
}
