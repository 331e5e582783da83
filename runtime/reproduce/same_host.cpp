//===- same_host.cpp - is a destination this very host --------------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "sandbox/fd.h"
#include "sandbox/socket_address.h"
#include "sandbox/step.h"
#include "selfconnect/reproduce.h"

#include <cerrno>
#include <cstring>

namespace selfconnect {

using detail::Fd;
using detail::SocketAddress;

namespace {

/// Whether the kernel has no IPv6, rather than that this process may not ask.
bool isWithoutIpv6(const SocketAddress &target) {
  return target.family() == AF_INET6 &&
         ::access("/proc/self/net/if_inet6", F_OK) != 0;
}

} // namespace

std::optional<std::string> whyNotSameHost(const std::string &host,
                                          bool boundToIt) {
  constexpr std::uint16_t anyPort = 9;
  auto target = SocketAddress::parse(host, anyPort);
  if (!target)
    throw InputError("host '" + host +
                     "' is neither localhost nor a numeric address, and names "
                     "are not resolved; write its address");
  if (target->hasScope())
    throw InputError("host '" + host +
                     "' is an address with a scope, which a new network "
                     "namespace does not have; write ::1");
  if (target->isLoopbackOrAny())
    return std::nullopt;

  Fd probe(::socket(target->family(), SOCK_DGRAM | SOCK_CLOEXEC, 0));
  if (!probe && !(errno == EAFNOSUPPORT && isWithoutIpv6(*target)))
    detail::failStep("ask for the source address of " + host, "socket", errno);
  int on = 1; // else a broadcast address is refused like what may not be asked
  ::setsockopt(probe.get(), SOL_SOCKET, SO_BROADCAST, &on, sizeof(on));
  auto refuse = [&](const char *call) {
    if (probe && (errno == EPERM || errno == EACCES))
      detail::failStep("ask for the source address of " + host, call, errno);
  };
  if (boundToIt) {
    auto source = SocketAddress::parse(host, 0);
    if (probe && ::bind(probe.get(), source->data(), source->length()) == 0)
      return std::nullopt;
    refuse("bind");
    return "no socket of this host can be bound to " + host + ": " +
           std::strerror(errno);
  }
  // The route decides which source address a connecting socket gets. Connecting
  // a datagram socket asks for it and sends nothing.
  if (!probe || ::connect(probe.get(), target->data(), target->length()) != 0) {
    refuse("connect");
    return "no socket of this host can connect to " + host + ": " +
           std::strerror(errno);
  }
  std::string source = SocketAddress::localOf(probe.get())->host();
  if (source == target->host())
    return std::nullopt;
  return "a socket that connects to " + host + " gets the source address " +
         source + ", so it cannot meet itself";
}

} // namespace selfconnect
