// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// guard_exceptions PORT, under the guard and where each connect draws PORT:
// what is to be left alone, and the places where code runs that a preloaded
// library may trip over.

#include <arpa/inet.h>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

namespace {

sockaddr_in loopback(int port) {
  sockaddr_in address = {};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<in_port_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

int connectTo(int fd, const sockaddr_in &address) {
  return ::connect(fd, reinterpret_cast<const sockaddr *>(&address),
                   sizeof(address));
}

void expect(bool condition, const char *what) {
  if (condition)
    return;
  std::perror(what);
  std::_Exit(9);
}

bool isRefused(int port) {
  int fd = ::socket(AF_INET, SOCK_STREAM, 0);
  errno = 0;
  bool refused = connectTo(fd, loopback(port)) != 0 && errno == ECONNREFUSED;
  ::close(fd);
  return refused;
}

int portFromEnvironment() {
  const char *port = std::getenv("TEST_PORT");
  return std::atoi(port ? port : "0");
}

// A call with an address that cannot be read fails, and nothing else.
void callFromNowhere(int port) {
  void *nowhere =
      ::mmap(nullptr, 4096, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  auto *address = static_cast<sockaddr *>(nowhere);
  int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
  expect(::connect(fd, address, sizeof(sockaddr_in)) != 0 && errno == EFAULT,
         "connect() from nowhere");
  expect(::sendto(fd, "x", 1, MSG_FASTOPEN, address, sizeof(sockaddr_in)) < 0 &&
             errno == EFAULT,
         "sendto() from nowhere");
  expect(::sendmsg(fd, static_cast<msghdr *>(nowhere), MSG_FASTOPEN) < 0 &&
             errno == EFAULT,
         "sendmsg() from nowhere");
  expect(connectTo(fd, loopback(port)) != 0 && errno == EINPROGRESS,
         "connect() waits");
  expect(::connect(fd, address, sizeof(sockaddr_in)) != 0 &&
             errno == ECONNREFUSED,
         "connect() from nowhere after a refusal");
  ::close(fd);
}

// Not a question how the attempt went.
void dissolve(int port) {
  int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
  expect(connectTo(fd, loopback(port)) != 0 && errno == EINPROGRESS,
         "connect() waits");
  sockaddr_in unspecified = {};
  expect(connectTo(fd, unspecified) == 0, "connect() to AF_UNSPEC");
  ::close(fd);
}

// Before main().
struct Early {
  bool refused = isRefused(portFromEnvironment());
} early;

volatile sig_atomic_t refusedInHandler = 0;
void onSignal(int /*signal*/) {
  refusedInHandler = isRefused(portFromEnvironment());
}

} // namespace

int main() {
  int port = portFromEnvironment();
  expect(early.refused, "static constructor");

  std::signal(SIGUSR1, onSignal);
  std::raise(SIGUSR1);
  expect(refusedInHandler, "signal handler");

  pid_t child = ::fork();
  if (child == 0)
    ::_exit(isRefused(port) ? 0 : 1);
  int status = 0;
  ::waitpid(child, &status, 0);
  expect(status == 0, "child process");

  callFromNowhere(port);
  dissolve(port);

  sockaddr_in own = loopback(port);
  int udp = ::socket(AF_INET, SOCK_DGRAM, 0);
  ::bind(udp, reinterpret_cast<sockaddr *>(&own), sizeof(own));
  expect(connectTo(udp, own) == 0, "UDP to itself");
  char byte = 0;
  expect(::send(udp, "u", 1, 0) == 1 && ::recv(udp, &byte, 1, 0) == 1 &&
             byte == 'u',
         "UDP talks to itself");

  int pair[2];
  expect(::socketpair(AF_UNIX, SOCK_STREAM, 0, pair) == 0, "socketpair");
  sockaddr_un name = {}; // an abstract name that the kernel chooses
  name.sun_family = AF_UNIX;
  socklen_t length = sizeof(name);
  int local = ::socket(AF_UNIX, SOCK_DGRAM, 0);
  ::bind(local, reinterpret_cast<sockaddr *>(&name), sizeof(sa_family_t));
  ::getsockname(local, reinterpret_cast<sockaddr *>(&name), &length);
  expect(::connect(local, reinterpret_cast<sockaddr *>(&name), length) == 0,
         "AF_UNIX to itself");

  // On purpose: who binds the port knows what it is.
  int deliberate = ::socket(AF_INET, SOCK_STREAM, 0);
  expect(::bind(deliberate, reinterpret_cast<sockaddr *>(&own), sizeof(own)) ==
             0,
         "bind");
  expect(connectTo(deliberate, own) == 0, "deliberate connect");
  expect(::write(deliberate, "x", 1) == 1 &&
             ::read(deliberate, &byte, 1) == 1 && byte == 'x',
         "deliberate connection");
  std::puts("as expected");
  return 0;
}
