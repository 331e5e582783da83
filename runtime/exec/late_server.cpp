//===- late_server.cpp - the server that starts after its client ----------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "late_server.h"

#include <cerrno>
#include <cstring>
#include <netinet/in.h>
#include <sys/socket.h>

namespace selfconnect::detail {
namespace {

/// Nothing, with errno, if the port cannot be bound.
Fd listenOn(std::uint16_t port) {
  Fd server(::socket(AF_INET6, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  int on = 1;
  int off = 0;
  ::setsockopt(server.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
  ::setsockopt(server.get(), IPPROTO_IPV6, IPV6_V6ONLY, &off, sizeof(off));
  sockaddr_in6 any = {};
  any.sin6_family = AF_INET6;
  any.sin6_port = htons(port);
  if (::bind(server.get(), reinterpret_cast<sockaddr *>(&any), sizeof(any)) !=
          0 ||
      ::listen(server.get(), SOMAXCONN) != 0)
    return Fd();
  return server;
}

} // namespace

void LateServer::tryToStart(double now) {
  if (listener_)
    return;
  listener_ = listenOn(port_);
  if (listener_)
    since_ = now;
  else if (refusal_.empty())
    refusal_ = ::strerrorname_np(errno);
}

void LateServer::addTo(std::vector<pollfd> &waits) const {
  if (listener_)
    waits.push_back({listener_.get(), POLLIN, 0});
  for (const Fd &client : clients_)
    waits.push_back({client.get(), POLLIN, 0});
}

void LateServer::serve() {
  if (!listener_)
    return;
  for (;;) {
    Fd client(::accept4(listener_.get(), nullptr, nullptr,
                        SOCK_CLOEXEC | SOCK_NONBLOCK));
    if (!client)
      break;
    ++accepted_;
    clients_.push_back(std::move(client));
  }
  std::erase_if(clients_, [](const Fd &client) {
    char bytes[4096];
    ssize_t size = 0;
    while ((size = ::recv(client.get(), bytes, sizeof(bytes), 0)) > 0) {
    }
    return size == 0 || (errno != EAGAIN && errno != EINTR);
  });
}

} // namespace selfconnect::detail
