//===- stage.cpp - where the cases of explain are played ------------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "stage.h"

#include "sandbox/bound_child.h"
#include "sandbox/step.h"
#include "sandbox/tcp_socket.h"

#include <cerrno>
#include <csignal>
#include <cstring>
#include <sys/wait.h>

namespace selfconnect::detail {
namespace {

/// More than a class A or E walk needs on the few ports of a case.
constexpr int triesOfACase = 20;

Fd newSocket(int family) {
  Fd fd(::socket(family, SOCK_STREAM | SOCK_CLOEXEC, 0));
  if (!fd)
    failStep("make a TCP socket", "socket", errno);
  timeval patience = {2, 0};
  ::setsockopt(fd.get(), SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof(patience));
  return fd;
}

std::string describe(int error, std::uint16_t from) {
  if (error == ECONNREFUSED)
    return "refused, from port " + std::to_string(from);
  if (error == EADDRNOTAVAIL || error == EADDRINUSE)
    return "no source port is free";
  return std::strerror(error);
}

} // namespace

SocketAddress at(const std::string &host, unsigned port) {
  return SocketAddress::parse(host, static_cast<std::uint16_t>(port)).value();
}

PortRange ports(unsigned low, unsigned high) {
  return {static_cast<std::uint16_t>(low), static_cast<std::uint16_t>(high)};
}

Fd bindTo(const SocketAddress &address) {
  Fd fd = newSocket(address.family());
  if (::bind(fd.get(), address.data(), address.length()) != 0)
    failStep("set the stage", "bind " + address.str(), errno);
  return fd;
}

Fd listenOn(const SocketAddress &address) {
  Fd fd = bindTo(address);
  if (::listen(fd.get(), 4) != 0)
    failStep("set the stage", "listen on " + address.str(), errno);
  return fd;
}

Fd connectTo(const SocketAddress &target, const SocketAddress *source) {
  Fd fd = source ? bindTo(*source) : newSocket(target.family());
  if (::connect(fd.get(), target.data(), target.length()) != 0)
    failStep("set the stage", "connect to " + target.str(), errno);
  return fd;
}

Fd acceptFrom(const Fd &listener) {
  Fd fd(::accept4(listener.get(), nullptr, nullptr, SOCK_CLOEXEC));
  if (!fd)
    failStep("set the stage", "accept", errno);
  return fd;
}

void killHolderOf(std::vector<Fd> fds) {
  pid_t holder = forkBound();
  if (holder < 0)
    failStep("set the stage", "fork", errno);
  if (holder == 0)
    for (;;)
      ::pause();
  fds.clear();
  ::kill(holder, SIGKILL);
  while (::waitpid(holder, nullptr, 0) < 0 && errno == EINTR) {
  }
}

Happening tryToMeet(const SocketAddress &target, const SocketAddress *source) {
  Happening happening;
  for (int tries = 0; tries < triesOfACase; ++tries) {
    Fd fd = newSocket(target.family());
    if (source && ::bind(fd.get(), source->data(), source->length()) != 0) {
      happening.detail = describe(errno, 0);
      continue;
    }
    if (::connect(fd.get(), target.data(), target.length()) != 0) {
      int error = errno;
      happening.detail =
          describe(error, SocketAddress::localOf(fd.get()).value().port());
      continue;
    }
    happening.selfConnected = isSelfConnected(fd.get());
    SocketAddress local = SocketAddress::localOf(fd.get()).value();
    happening.detail = happening.selfConnected
                           ? "connected to itself, " + local.str()
                           : "connected to the server, from " + local.str();
    resetSocket(fd);
    break;
  }
  return happening;
}

} // namespace selfconnect::detail
