// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// An object whose constructor makes the socket has a new one each time it is
// constructed; one that is handed a socket has that one.
//
// RUN: %check_clang_tidy -std=c++17 %s selfconnect-retry-loop %t -- -- %mock -fexceptions

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

struct Refused {};

class Stream {
public:
  explicit Stream(const sockaddr_in &to) : fd_(socket(AF_INET, SOCK_STREAM, 0)) {
    if (connect(fd_, (const sockaddr *)&to, sizeof(to)) < 0) {
      // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: retried connect()
      // CHECK-MESSAGES: note: reproduce with: selfconnect reproduce HOST:PORT --socket=new
      close(fd_);
      throw Refused();
    }
  }
  int fd() const { return fd_; }

private:
  int fd_;
};

int constructs_one(const sockaddr_in &to) {
  for (;;)
    try {
      Stream stream(to);
      return stream.fd();
    } catch (const Refused &) {
      sleep(1);
    }
}

class Borrowed {
public:
  Borrowed(int fd, const sockaddr_in &to) : fd_(fd) {
    if (connect(fd_, (const sockaddr *)&to, sizeof(to)) < 0)
      // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: retried connect()
      // CHECK-MESSAGES: note: reproduce with: selfconnect reproduce HOST:PORT --socket=same
      throw Refused();
  }

private:
  int fd_;
};

void borrows_one(int fd, const sockaddr_in &to) {
  for (;;)
    try {
      Borrowed borrowed(fd, to);
      return;
    } catch (const Refused &) {
      sleep(1);
    }
}
