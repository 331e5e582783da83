//===- loopback.cpp - the loopback interface of a network of our own ------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// By ioctl, so that no other program is needed.
///
//===----------------------------------------------------------------------===//

#include "fd.h"
#include "network_namespace.h"
#include "step.h"

#include <cerrno>
#include <cstring>
#include <linux/ipv6.h>
#include <net/if.h>
#include <string>
#include <sys/ioctl.h>

namespace selfconnect::detail {
namespace {

Fd controlSocket(int family) {
  Fd control(::socket(family, SOCK_DGRAM | SOCK_CLOEXEC, 0));
  if (!control)
    failStep("configure the loopback interface", "socket", errno);
  return control;
}

void request(const Fd &control, unsigned long number, void *argument,
             const char *name) {
  if (::ioctl(control.get(), number, argument) == 0)
    return;
  int error = errno;
  failNamespace("configure the loopback interface", name, error);
}

ifreq named(const char *interface) {
  ifreq result = {};
  std::strncpy(result.ifr_name, interface, IFNAMSIZ - 1);
  return result;
}

constexpr in_addr_t noSubnet = 0xffffffff;
constexpr in_addr_t subnetOf256 = 0xffffff00;

void addIpv4(const char *name, in_addr address, in_addr_t mask) {
  Fd control = controlSocket(AF_INET);
  ifreq alias = named(name);
  sockaddr_in value = {};
  value.sin_family = AF_INET;
  value.sin_addr = address;
  std::memcpy(&alias.ifr_addr, &value, sizeof(value));
  request(control, SIOCSIFADDR, &alias, "SIOCSIFADDR");
  value.sin_addr.s_addr = htonl(mask);
  std::memcpy(&alias.ifr_netmask, &value, sizeof(value));
  request(control, SIOCSIFNETMASK, &alias, "SIOCSIFNETMASK");
}

void addIpv6(const in6_addr &address) {
  Fd control = controlSocket(AF_INET6);
  in6_ifreq alias = {};
  alias.ifr6_addr = address;
  alias.ifr6_prefixlen = 128;
  // if_nametoindex() would need a descriptor of its own, and not say so.
  ifreq loopback = named("lo");
  request(control, SIOCGIFINDEX, &loopback, "SIOCGIFINDEX");
  alias.ifr6_ifindex = loopback.ifr_ifindex;
  request(control, SIOCSIFADDR, &alias, "SIOCSIFADDR");
}

/// A name under which the interface has no address yet.
std::string freeAlias() {
  Fd control = controlSocket(AF_INET);
  for (unsigned number = 1;; ++number) {
    std::string name = "lo:" + std::to_string(number);
    ifreq alias = named(name.c_str());
    if (::ioctl(control.get(), SIOCGIFADDR, &alias) != 0)
      return name;
  }
}

} // namespace

void raiseLoopback() {
  Fd control = controlSocket(AF_INET);
  ifreq loopback = named("lo");
  request(control, SIOCGIFFLAGS, &loopback, "SIOCGIFFLAGS");
  loopback.ifr_flags |= IFF_UP;
  request(control, SIOCSIFFLAGS, &loopback, "SIOCSIFFLAGS");
}

void addToLoopback(const SocketAddress &address) {
  if (auto ipv4 = address.ipv4())
    addIpv4(freeAlias().c_str(), *ipv4, noSubnet);
  else
    addIpv6(address.ipv6());
}

void addSubnetToLoopback(const SocketAddress &first,
                         const SocketAddress &second) {
  addIpv4(freeAlias().c_str(), first.ipv4().value(), subnetOf256);
  addIpv4(freeAlias().c_str(), second.ipv4().value(), subnetOf256);
}

} // namespace selfconnect::detail
