// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// While someone types, `T x(io)` of an io that is not declared right has an
// initialiser that clang gives no type. No place where one is read may fall
// over it, and code beside it is still checked.
//
// RUN: not timeout 60 %tidy --checks=-*,selfconnect-* %s -- -std=c++17 > %t.out 2>&1
// RUN: FileCheck %s < %t.out
// CHECK-NOT: PLEASE submit a bug report

#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

extern missing_type io;

struct descriptor {
  descriptor(int number = -1);
  operator int() const;
};

struct address : sockaddr_in {
  address(int port);
};

int a_local_is_the_socket(const sockaddr *server, socklen_t size, missing &io) {
  for (;;) {
    descriptor fd(io);
    if (connect(fd, server, size) == 0)
      return fd;
    close(fd);
  }
}

int a_local_is_the_address(missing &io) {
  for (;;) {
    address server(io);
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(fd, (sockaddr *)&server, sizeof(server)) == 0)
      return fd;
    close(fd);
  }
}

int a_constant_is_asked_for_from_a_lambda(missing &io) {
  const descriptor limit(io);
  const address server(io);
  auto dial = [&] {
    for (int tries = 0; tries < limit; tries++) {
      int fd = socket(AF_INET, SOCK_STREAM, 0);
      if (connect(fd, (const sockaddr *)&server, sizeof(server)) == 0)
        return fd;
      close(fd);
    }
    return -1;
  };
  return dial();
}

static address everywhere(io);
static const descriptor port(io);

void a_global_is_the_address_or_the_port() {
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  bind(fd, (sockaddr *)&everywhere, sizeof(everywhere));
  listen(fd, 5);
  sockaddr_in own;
  memset(&own, 0, sizeof(own));
  own.sin_port = htons(port);
  int other = socket(AF_INET, SOCK_STREAM, 0);
  bind(other, (sockaddr *)&own, sizeof(own));
  listen(other, 5);
}

class server {
  address own;
  descriptor port;
  address *made;

public:
  server(missing &io) : own(io), port(io), made(new address(io)) {}
  void a_field_is_the_address_or_the_port() {
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    bind(fd, (sockaddr *)&own, sizeof(own));
    listen(fd, 5);
    own.sin_port = htons(port);
    int other = socket(AF_INET, SOCK_STREAM, 0);
    bind(other, (sockaddr *)made, sizeof(*made));
    listen(other, 5);
  }
};

int what_is_whole_is_reported(const sockaddr *server, socklen_t size) {
  for (;;) {
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    // CHECK: :[[@LINE+1]]:9: warning: retried connect() can connect to itself
    if (connect(fd, server, size) == 0)
      return fd;
    close(fd);
  }
}

// CHECK-NOT: PLEASE submit a bug report
