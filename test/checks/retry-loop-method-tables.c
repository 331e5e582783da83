// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// To put a function into a table of methods is not to call it later. Who calls
// what is in a field calls it.
//
// RUN: %check_clang_tidy -std=c11 %s selfconnect-retry-loop %t -- -- %mock -O0
// RUN: %check_clang_tidy -std=c11 %s selfconnect-retry-loop %t -- -- %mock -O2

#include <arpa/inet.h>
#include <unistd.h>

struct link {
  int fd;
  struct sockaddr_in to;
};

// --- a class of GObject's kind: registered at the first cast ----------------------

struct type_class {
  void (*init)(void *);
  void (*finalize)(void *);
};
struct tcp_class {
  struct type_class parent;
  int (*open)(struct link *);
};
struct type_info {
  void (*class_init)(struct tcp_class *);
  unsigned size;
};
unsigned long type_register(const struct type_info *info);
struct link *type_check(void *object, unsigned long type);

static int tcp_open(struct link *object);
static void tcp_close(void *object);
static void tcp_class_init(struct tcp_class *class) {
  class->open = tcp_open;
  class->parent.finalize = tcp_close;
}
static unsigned long tcp_get_type(void) {
  static unsigned long type;
  if (!type) {
    const struct type_info info = {tcp_class_init, sizeof(struct tcp_class)};
    type = type_register(&info);
  }
  return type;
}
static void tcp_close(void *object) {
  struct link *l = type_check(object, tcp_get_type());
  close(l->fd);
}
static int tcp_open(struct link *object) {
  struct link *l = type_check(object, tcp_get_type());
  l->fd = socket(AF_INET, SOCK_STREAM, 0);
  if (connect(l->fd, (struct sockaddr *)&l->to, sizeof(l->to)) < 0) {
    tcp_close(object);
    return 0;
  }
  return 1;
}

// --- an interface of one method ----------------------------------------------------

struct dialer {
  const char *name;
  int (*dial)(struct link *);
};
struct dialer *find_dialer(const char *name);

static int dial(struct link *l);
static struct dialer *get_dialer(void) {
  struct dialer *own = find_dialer("tcp");
  own->dial = dial;
  return own;
}
static int dial(struct link *l) {
  l->fd = socket(AF_INET, SOCK_STREAM, 0);
  if (connect(l->fd, (struct sockaddr *)&l->to, sizeof(l->to)) < 0) {
    close(l->fd);
    return get_dialer() != 0;
  }
  return -1;
}

// --- a driver that registers its table when it is asked for -------------------------

struct driver {
  int (*open)(struct link *);
  void (*close)(struct link *);
};
void driver_register(struct driver *driver);

static int net_open(struct link *l);
static void net_close(struct link *l) { close(l->fd); }
static struct driver *net_driver(void) {
  static struct driver driver;
  struct driver *own = &driver;
  own->open = net_open;
  own->close = net_close;
  driver_register(own);
  return own;
}
static int net_open(struct link *l) {
  l->fd = socket(AF_INET, SOCK_STREAM, 0);
  if (connect(l->fd, (struct sockaddr *)&l->to, sizeof(l->to)) < 0) {
    net_driver()->close(l);
    return -1;
  }
  return 0;
}

// --- what is called again -----------------------------------------------------------

// One function, in a record that is handed on.
struct timer {
  void (*callback)(void *);
  void *argument;
};
void timer_add(struct timer *timer);
static struct timer again;
static void timer_open(void *argument) {
  struct link *l = argument;
  l->fd = socket(AF_INET, SOCK_STREAM, 0);
  if (connect(l->fd, (struct sockaddr *)&l->to, sizeof(l->to)) < 0) {
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: retried connect()
    close(l->fd);
    again.callback = timer_open;
    again.argument = l;
    timer_add(&again);
  }
}

// A field that is called in sight.
struct client {
  struct link link;
  int (*failed)(struct client *);
  int (*ready)(struct client *);
};
static int fail(struct client *c) { return c->failed ? c->failed(c) : -1; }
static int client_open(struct client *c) {
  struct link *l = &c->link;
  l->fd = socket(AF_INET, SOCK_STREAM, 0);
  if (connect(l->fd, (struct sockaddr *)&l->to, sizeof(l->to)) < 0) {
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: retried connect()
    close(l->fd);
    return fail(c);
  }
  return 0;
}
void client_init(struct client *c) { c->failed = client_open; }

// A loop around a method.
static int method_open(struct link *l) {
  l->fd = socket(AF_INET, SOCK_STREAM, 0);
  if (connect(l->fd, (struct sockaddr *)&l->to, sizeof(l->to)) < 0) {
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: retried connect()
    close(l->fd);
    return -1;
  }
  return 0;
}
struct methods {
  int (*open)(struct link *);
  void (*close)(struct link *);
};
const struct methods method_table = {method_open, net_close};
void run(const struct methods *methods, struct link *l) {
  while (methods->open(l) < 0)
    sleep(1);
}

// --- commands of a table, one after the other ----------------------------------

struct command {
  const char *name;
  int (*run)(struct link *);
};

static int run_connect(struct link *l) {
  l->fd = socket(AF_INET, SOCK_STREAM, 0);
  if (connect(l->fd, (const struct sockaddr *)&l->to, sizeof(l->to)) < 0) {
    close(l->fd);
    return -1;
  }
  return 0;
}
static const struct command commands[] = {{"connect", run_connect}, {0, 0}};

// It goes on to the next command, whatever the first has come to.
int run_all(struct link *l, char initial) {
  const struct command *c;
  int failures = 0;
  for (c = commands; c->name; c++)
    if (*c->name == initial && c->run(l) < 0)
      failures++;
  return failures;
}

static int run_reconnect(struct link *l) {
  l->fd = socket(AF_INET, SOCK_STREAM, 0);
  if (connect(l->fd, (const struct sockaddr *)&l->to, sizeof(l->to)) < 0) {
    close(l->fd);
    return -1;
  }
  return 0;
}
static const struct command keys[] = {{"reconnect", run_reconnect}, {0, 0}};
int next_key(void);

void shell(struct link *l) {
  for (;;) {
    const struct command *c;
    int initial = next_key();
    for (c = keys; c->name; c++)
      if (*c->name == initial)
        c->run(l);
  }
}

struct transport {
  int (*open)(struct link *);
};
static int open_stream(struct link *l) {
  l->fd = socket(AF_INET, SOCK_STREAM, 0);
  if (connect(l->fd, (const struct sockaddr *)&l->to, sizeof(l->to)) < 0) {
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: retried connect()
    close(l->fd);
    return -1;
  }
  return 0;
}
static const struct transport stream = {open_stream};

// The same one again.
void keep_open(const struct transport *t, struct link *l) {
  while (t->open(l) < 0)
    sleep(1);
}
void keep_a_stream_open(struct link *l) { keep_open(&stream, l); }
