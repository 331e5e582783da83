// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// RUN: %across -O2
// What an attempt has left in an object, small functions of its file tell to
// the others.

//--- link.h
class Link {
public:
  enum State { CLOSED, CONNECTED, BROKEN };
  int connect(const char *host, int port);
  void open(const char *host, int port);
  State getState() const;
  bool isOpen() const;
  int fd() const;
  int tries() const;
private:
  State state_;
  int fd_ = -1;
  int tries_ = 0;
};
struct conn {
  int fd, up;
};
extern "C" {
void conn_open(struct conn *c, int port);
int conn_is_up(const struct conn *c);
int conn_failed(struct conn *c);
int conn_is_up_too(const struct conn *c);
int conn_is_up_now(const struct conn *c);
}

//--- link.cpp
#include "link.h"
#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>
int Link::connect(const char *host, int port) {
  state_ = CLOSED;
  tries_++;
  fd_ = socket(AF_INET, SOCK_STREAM, 0);
  if (fd_ < 0)
    return 1;
  sockaddr_in address = {};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  inet_pton(AF_INET, host, &address.sin_addr);
  if (::connect(fd_, (sockaddr *)&address, sizeof address) < 0) {
    close(fd_);
    fd_ = -1;
    return 1;
  }
  state_ = CONNECTED;
  return 0;
}
void Link::open(const char *host, int port) { connect(host, port); }
Link::State Link::getState() const { return state_; }
bool Link::isOpen() const { return fd_ != -1; }
int Link::fd() const { return (fd_); }
int Link::tries() const { return tries_; }
void conn_open(struct conn *c, int port) {
  sockaddr_in address = {};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  c->up = 0;
  c->fd = socket(AF_INET, SOCK_STREAM, 0);
  if (::connect(c->fd, (sockaddr *)&address, sizeof address) < 0) {
    close(c->fd);
    return;
  }
  c->up = 1;
}
int conn_is_up(const struct conn *c) { return c->up; }
int conn_failed(struct conn *c) { return !c->up; }
int conn_is_up_too(const struct conn *c) { return c ? c->up : 0; }
int conn_is_up_now(const struct conn *c) {
  if (c == nullptr)
    return 0;
  return c->up;
}

//--- status.cpp
#include "link.h"
#include <unistd.h>
bool stopped();
class Hub {
public:
  void work();
private:
  bool dial(const char *host, int port, Link *link);
  bool setup();
  void reset();
  Link *link_ = nullptr;
  int status_ = 0;
};
bool Hub::dial(const char *host, int port, Link *link) {
  link->connect(host, port); // retry: 127.0.0.1:33334 --socket=new
  return link->getState() == Link::CONNECTED;
}
void Hub::reset() {
  delete link_;
  link_ = nullptr;
  status_ = 0;
}
bool Hub::setup() {
  if (link_)
    reset();
  link_ = new Link();
  if (!dial("127.0.0.1", 33334, link_))
    return false;
  status_ = 1;
  return true;
}
void Hub::work() {
  while (!stopped()) {
    if (status_ == 0) {
      setup();
      sleep(1);
    }
  }
}

//--- loops.cpp
#include "link.h"
#include <unistd.h>
void by_number(Link &link) {
  do {
    link.open("127.0.0.1", 33335); // retry: 127.0.0.1:33335
    sleep(1);
  } while (link.fd() < 0);
}
void by_question(Link *link) {
  while (!link->isOpen())
    link->open("127.0.0.1", 33336); // retry: 127.0.0.1:33336
}
void in_c(struct conn *c) {
  for (;;) {
    conn_open(c, 33337); // retry: 127.0.0.1:33337
    if (conn_is_up(c))
      break;
    sleep(1);
  }
}
void in_c_if_there(struct conn *c) {
  do
    conn_open(c, 33339); // retry: 127.0.0.1:33339
  while (!conn_is_up_too(c));
  do
    conn_open(c, 33340); // retry: 127.0.0.1:33340
  while (!conn_is_up_now(c));
}
void in_c_too(struct conn *c) {
  do
    conn_open(c, 33338); // retry: 127.0.0.1:33338
  while (conn_failed(c));
}

//--- silent.cpp
#include "link.h"
// Who gives up, who goes on when connected, and what tells something else.
int gives_up(Link &link) {
  while (true) {
    link.open("127.0.0.1", 40001);
    if (link.getState() != Link::CONNECTED)
      return -1;
    while (link.isOpen())
      ;
  }
}
void holds(struct conn *c) {
  do
    conn_open(c, 40002);
  while (!conn_failed(c));
}
