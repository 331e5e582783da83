//===- reachability.cpp - whether a try can meet itself -------------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "reachability.h"

#include "process_files.h"
#include "sandbox/socket_address.h"

#include "selfconnect/error.h"
#include "selfconnect/reproduce.h"

#include <cerrno>
#include <fmt/format.h>
#include <poll.h>

namespace selfconnect::detail {
namespace {

constexpr std::uint16_t nameServer = 53;

std::string endpoint(const SystemCall &call) {
  return Target{call.host, call.port}.str();
}

} // namespace

bool Reachability::isLocal(const std::string &host) {
  if (local_.contains(host))
    return true;
  try {
    if (whyNotSameHost(host, /*boundToIt=*/true))
      return false;
  } catch (const std::exception &) {
    return false;
  }
  local_.insert(host);
  return true;
}

void Reachability::takeBind(const SystemCall &call, int socket) {
  if (!call.host.empty())
    bound_[inodeOf(socket)] = call.port;
}

void Reachability::takeOther(const SystemCall &call) {
  if (!wanted_.empty() || call.host.empty())
    return;
  if (call.port == nameServer)
    wanted_ = endpoint(call) + ", a name server";
  else if (!isLocal(call.host))
    wanted_ = endpoint(call);
}

std::string Reachability::whyNotAt(const std::string &host, int socket) {
  auto target = SocketAddress::parse(host, port_);
  if (!target)
    return host + " is not an address that this namespace can have";
  if (auto own = addresses_.find(host);
      own != addresses_.end() && !own->second.empty())
    return own->second;
  if (!isLocal(host) && !target->isLoopbackOrAny()) {
    wanted_ = wanted_.empty() ? target->str() : wanted_;
    return host +
           " is not an address of this host, and there is no network in here";
  }
  auto source = SocketAddress::localOf(socket);
  if (!source || source->isLoopbackOrAny() || target->isLoopbackOrAny()) {
    bool otherLoopback =
        source && target->isLoopbackOrAny() && !source->isLoopbackOrAny();
    if (otherLoopback)
      return fmt::format("it connects to {} from a socket bound to {}", host,
                         source->host());
    return whyNotSameHost(host).value_or("");
  }
  if (source->host() == target->host())
    return "";
  return fmt::format("it connects to {} from a socket bound to {}", host,
                     source->host());
}

std::string Reachability::takeConnect(const SystemCall &call, int socket) {
  std::string obstacle;
  try {
    obstacle = whyNotAt(call.host, socket);
  } catch (const std::exception &error) {
    obstacle = error.what();
  }
  if (!obstacle.empty())
    return obstacle;
  auto bound = bound_.find(inodeOf(socket));
  if (bound == bound_.end())
    return "";
  if (bound->second == 0) {
    spendPort(call, socket);
    bound_.erase(bound);
    return "";
  }
  if (bound->second == port_)
    return "";
  return fmt::format("it binds port {} itself before it connects",
                     bound->second);
}

void Reachability::spendPort(const SystemCall &call, int socket) {
  auto source = SocketAddress::localOf(socket);
  auto target = SocketAddress::parse(call.host, call.port);
  // With IP_BIND_ADDRESS_NO_PORT it has none yet. Where somebody listens, the
  // try would reach them.
  if (!source || !target || source->port() == 0 || source->port() == port_ ||
      isListened(port_))
    return;
  ++ownTries_;
  while (::connect(socket, target->data(), target->length()) != 0 &&
         (errno == EINPROGRESS || errno == EALREADY || errno == EINTR)) {
    pollfd done = {socket, POLLOUT, 0};
    ::poll(&done, 1, 100);
  }
}

} // namespace selfconnect::detail
