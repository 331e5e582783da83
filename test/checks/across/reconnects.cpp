// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// RUN: %across -O2
// What comes back to the attempt stands in another file: a timer of the base
// class, reconnect() of another class.

//--- loop.h
#include <functional>
class Loop {
public:
  void after(int ms, std::function<void()> then);
};

//--- connecter.h
#include "loop.h"
#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>
class Connecter {
public:
  virtual ~Connecter();
  virtual void open() = 0;
protected:
  void retry_later();
  void give_up();
  void on_timer();
  Loop loop_;
  int tries_ = 0;
  int fd_ = -1;
};
class TcpConnecter : public Connecter {
public:
  void open() override;
};
class OnceConnecter : public Connecter {
public:
  void open() override;
};
class UnixConnecter : public Connecter {
public:
  void open() override;
};
inline sockaddr_in local(int port) {
  sockaddr_in addr{};
  addr.sin_family = AF_INET;
  addr.sin_port = htons(port);
  addr.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return addr;
}

//--- base.cpp
#include "connecter.h"
Connecter::~Connecter() = default;
void Connecter::on_timer() { open(); }
void Connecter::retry_later() {
  loop_.after(1000, [this] { on_timer(); });
}
void Connecter::give_up() { tries_ = 0; }

//--- tcp.cpp
#include "connecter.h"
void TcpConnecter::open() {
  sockaddr_in addr = local(33334);
  fd_ = socket(AF_INET, SOCK_STREAM, 0);
  if (connect(fd_, reinterpret_cast<sockaddr *>(&addr), sizeof addr) < 0) { // retry: 127.0.0.1:33334 --socket=new
    close(fd_);
    retry_later();
  }
}

//--- once.cpp
#include "connecter.h"
// Failure schedules nothing.
void OnceConnecter::open() {
  sockaddr_in addr = local(33334);
  fd_ = socket(AF_INET, SOCK_STREAM, 0);
  if (connect(fd_, reinterpret_cast<sockaddr *>(&addr), sizeof addr) < 0) {
    close(fd_);
    give_up();
  }
}

//--- guarded.cpp
#include "connecter.h"
// A socket that met itself is rejected.
void UnixConnecter::open() {
  sockaddr_in addr = local(33334), own{};
  socklen_t size = sizeof own;
  fd_ = socket(AF_INET, SOCK_STREAM, 0);
  bool failed = connect(fd_, reinterpret_cast<sockaddr *>(&addr), sizeof addr) < 0;
  if (!failed) {
    getsockname(fd_, reinterpret_cast<sockaddr *>(&own), &size);
    failed = own.sin_port == addr.sin_port && own.sin_addr.s_addr == addr.sin_addr.s_addr;
  }
  if (failed) {
    close(fd_);
    retry_later();
  }
}
