// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// RUN: %across -O2
// A loop around a method that classes of other files override.

//--- link.h
class Link {
public:
  virtual ~Link();
  virtual bool open() = 0;
};
class TcpLink : public Link {
public:
  bool open() override;
private:
  int fd_ = -1;
};

// By default, there is nothing to open.
class Port {
public:
  virtual ~Port();
  virtual bool open() { return false; }
  virtual bool idle() { return false; }
};
class TcpPort : public Port {
public:
  bool open() override;
  bool idle() override;

private:
  int fd_ = -1;
};

//--- tcp.cpp
#include "link.h"
#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>
bool TcpLink::open() {
  sockaddr_in addr{};
  addr.sin_family = AF_INET;
  addr.sin_port = htons(33334);
  addr.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  fd_ = socket(AF_INET, SOCK_STREAM, 0);
  if (connect(fd_, reinterpret_cast<sockaddr *>(&addr), sizeof addr) < 0) { // note: TcpLink::open() connects here
    close(fd_);
    return false;
  }
  return true;
}

bool TcpPort::open() {
  sockaddr_in addr{};
  addr.sin_family = AF_INET;
  addr.sin_port = htons(33336);
  addr.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  fd_ = socket(AF_INET, SOCK_STREAM, 0);
  if (connect(fd_, reinterpret_cast<sockaddr *>(&addr), sizeof addr) < 0) { // note: TcpPort::open() connects here
    close(fd_);
    return false;
  }
  return true;
}
bool TcpPort::idle() { return fd_ < 0; }

//--- manager.cpp
#include "link.h"
#include <unistd.h>
void keep(Link &link) {
  while (!link.open()) // retry: 127.0.0.1:33334 --socket=new
    sleep(1);
}
void once(Link &link) { link.open(); }
void keep(Port *port) {
  while (!port->open()) // retry: 127.0.0.1:33336 --socket=new
    sleep(1);
}
// Each of these runs what stands in the header.
void of_the_base(Port *port) {
  while (!port->Port::open())
    sleep(1);
}
void of_a_plain_one() {
  Port port;
  while (!port.open())
    sleep(1);
}
void of_another(Port *port) {
  while (!port->idle())
    sleep(1);
}
