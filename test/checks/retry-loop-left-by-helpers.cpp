// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What helpers of the file leave behind, by what they set and what they test,
// tells a refusal from a success where nothing is returned.
//
// RUN: %check_clang_tidy -std=c++17 %s selfconnect-retry-loop %t -- -- %mock -O0
// RUN: %check_clang_tidy -std=c++17 %s selfconnect-retry-loop %t -- -- %mock -O2

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

bool stopped(int ms);
void log(const char *format, ...);

class Worker {
public:
  void work();
  void work_until();

private:
  void dial();
  void disconnect();
  sockaddr_in addr_;
  int fd_ = -1;
};

void Worker::disconnect() {
  if (fd_ >= 0) {
    close(fd_);
    fd_ = -1;
  }
}

void Worker::dial() {
  fd_ = socket(AF_INET, SOCK_STREAM, 0);
  if (connect(fd_, (const sockaddr *)&addr_, sizeof addr_) != 0) {
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: retried connect()
    log("refused");
    disconnect();
  }
}

void Worker::work() {
  int seconds = 0;
  while (!stopped(1000)) {
    seconds++;
    if (fd_ < 0 && seconds % 30 == 0)
      dial();
  }
}

// --- a pointer, set to null by whoever comes first ---------------------------

struct Buffer {
  int size;
};

class Session {
public:
  void run(const sockaddr_in &to);

private:
  void open(const sockaddr_in &to);
  void drop();
  Buffer *buffer_ = nullptr;
};

void Session::drop() {
  if (!buffer_)
    return;
  delete buffer_;
  buffer_ = nullptr;
}

void Session::open(const sockaddr_in &to) {
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  buffer_ = new Buffer();
  if (connect(fd, (const sockaddr *)&to, sizeof to) < 0) {
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: retried connect()
    close(fd);
    drop();
  }
}

void Session::run(const sockaddr_in &to) {
  while (!stopped(100))
    if (buffer_ == nullptr)
      open(to);
}

// --- in C, by a pointer; what the function has set before counts as well ------

struct conn {
  sockaddr_in addr;
  int fd;
  enum { IDLE, OPEN, FAILED } state;
};

static void set_up(conn *c) {
  c->state = conn::OPEN;
  log("up: %d", c->fd);
}

static void open_conn(conn *c) {
  c->state = conn::IDLE;
  c->fd = socket(AF_INET, SOCK_STREAM, 0);
  if (connect(c->fd, (const sockaddr *)&c->addr, sizeof c->addr) == 0) {
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: retried connect()
    set_up(c);
    return;
  }
  close(c->fd);
}

void keep_open(conn *c) {
  for (;;) {
    if (c->state != conn::OPEN)
      open_conn(c);
    sleep(1);
  }
}

// --- what is left behind ends the loop ----------------------------------------

class Once {
public:
  void run();

private:
  void dial();
  void disconnect();
  sockaddr_in addr_;
  int fd_ = -1;
};

void Once::disconnect() {
  if (fd_ != -1)
    close(fd_);
  fd_ = -1;
}

void Once::dial() {
  fd_ = socket(AF_INET, SOCK_STREAM, 0);
  if (connect(fd_, (const sockaddr *)&addr_, sizeof addr_) != 0)
    disconnect();
}

void Once::run() {
  do
    dial();
  while (fd_ != -1 && !stopped(1000));
}

static void mark_failed(conn *c) { c->state = conn::FAILED; }

static void open_once(conn *c) {
  c->fd = socket(AF_INET, SOCK_STREAM, 0);
  if (connect(c->fd, (const sockaddr *)&c->addr, sizeof c->addr) != 0)
    mark_failed(c);
}

void serve(conn *c) {
  while (c->state != conn::FAILED) {
    open_once(c);
    while (c->state == conn::OPEN && !stopped(10))
      ;
  }
}
