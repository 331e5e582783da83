//===- host_addresses.cpp - the addresses of this host --------------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "host_addresses.h"

#include "sandbox/network_namespace.h"
#include "sandbox/socket_address.h"

#include "selfconnect/error.h"
#include "selfconnect/reproduce.h"

#include <arpa/inet.h>
#include <ifaddrs.h>
#include <netinet/in.h>
#include <vector>

namespace selfconnect::detail {
namespace {

std::string hostOf(const sockaddr *address) {
  char text[INET6_ADDRSTRLEN] = {};
  if (address && address->sa_family == AF_INET)
    ::inet_ntop(AF_INET,
                &reinterpret_cast<const sockaddr_in *>(address)->sin_addr, text,
                sizeof(text));
  else if (address && address->sa_family == AF_INET6 &&
           !IN6_IS_ADDR_LINKLOCAL(
               &reinterpret_cast<const sockaddr_in6 *>(address)->sin6_addr))
    ::inet_ntop(AF_INET6,
                &reinterpret_cast<const sockaddr_in6 *>(address)->sin6_addr,
                text, sizeof(text));
  return text;
}

std::vector<std::string> hosts() {
  std::vector<std::string> found;
  ifaddrs *all = nullptr;
  if (::getifaddrs(&all) != 0)
    return found;
  for (const ifaddrs *each = all; each; each = each->ifa_next)
    if (std::string host = hostOf(each->ifa_addr); !host.empty())
      found.push_back(host);
  ::freeifaddrs(all);
  return found;
}

} // namespace

HostAddresses readHostAddresses() {
  HostAddresses addresses;
  for (const std::string &host : hosts()) {
    auto address = SocketAddress::parse(host, 9);
    if (!address || address->isLoopbackOrAny() || host.starts_with("127."))
      continue;
    try {
      addresses[host] = whyNotSameHost(host).value_or("");
    } catch (const std::exception &error) {
      addresses[host] = error.what();
    }
  }
  return addresses;
}

void takeAlong(HostAddresses &addresses) {
  for (auto &[host, obstacle] : addresses) {
    if (!obstacle.empty())
      continue;
    try {
      addToLoopback(SocketAddress::parse(host, 0).value());
    } catch (const EnvironmentError &error) {
      obstacle = error.what();
    }
  }
}

} // namespace selfconnect::detail
