// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// RUN: %across -O2
// An object that is made in one file and started by a method of another.

//--- server.h
#include <string>
#include <memory>
class Base {
protected:
  explicit Base(int port);
  int base_port_;
};
class Server {
public:
  explicit Server(int port);
  Server(const std::string &host, int port);
  void start();
  Server &setPort(int port);
private:
  int port_ = 0;
  int fd_ = -1;
};
class Derived : public Base {
public:
  explicit Derived(int port);
  void run();
};
class Now {
public:
  explicit Now(unsigned short port);
};

//--- server.cpp
#include "server.h"
#include <netinet/in.h>
#include <sys/socket.h>
static int open_port(int port) {
  sockaddr_in addr{};
  addr.sin_family = AF_INET;
  addr.sin_port = htons(port);
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  bind(fd, reinterpret_cast<sockaddr *>(&addr), sizeof addr);
  listen(fd, 5);
  return fd;
}
Server::Server(int port) : port_(port) {}
Server::Server(const std::string &, int port) { port_ = port; }
Server &Server::setPort(int port) {
  port_ = port;
  return *this;
}
void Server::start() { fd_ = open_port(port_); }
Now::Now(unsigned short port) { open_port(port); }

//--- base.cpp
#include "server.h"
Base::Base(int port) : base_port_(port) {}

//--- derived.cpp
#include "server.h"
#include <netinet/in.h>
#include <sys/socket.h>
Derived::Derived(int port) : Base(port) {}
void Derived::run() {
  sockaddr_in addr{};
  addr.sin_family = AF_INET;
  addr.sin_port = htons(base_port_);
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  bind(fd, reinterpret_cast<sockaddr *>(&addr), sizeof addr);
  listen(fd, 5);
}

//--- main.cpp
#include "server.h"
int main() {
  Server a(50000);
  a.start(); // listen: 50000
  Now now(45001); // listen: 45001
  Now low(8081);
  Derived d(46001);
  d.run(); // listen: 46001
  auto made = std::make_unique<Now>(47001); // listen: 47001
}

//--- setter.cpp
#include "server.h"
void by_setter() {
  Server s("0.0.0.0", 80);
  s.setPort(51000).start(); // listen: 51000
}
