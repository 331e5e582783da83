//===- socket_address.cpp - an IPv4 or IPv6 address with its port ---------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "socket_address.h"

#include "selfconnect/reproduce_note.h"

#include <cstring>
#include <memory>
#include <netdb.h>

namespace selfconnect::detail {

std::optional<SocketAddress> SocketAddress::parse(const std::string &host,
                                                  std::uint16_t port) {
  addrinfo hints = {};
  hints.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV;
  hints.ai_socktype = SOCK_STREAM;
  addrinfo *first = nullptr;
  const char *numeric = host == "localhost" ? "127.0.0.1" : host.c_str();
  if (::getaddrinfo(numeric, std::to_string(port).c_str(), &hints, &first) != 0)
    return std::nullopt;
  std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)> owner(first,
                                                             &::freeaddrinfo);
  SocketAddress address;
  std::memcpy(&address.storage_, first->ai_addr, first->ai_addrlen);
  address.length_ = first->ai_addrlen;
  return address;
}

std::optional<SocketAddress> SocketAddress::localOf(int fd) {
  SocketAddress address;
  if (::getsockname(fd, reinterpret_cast<sockaddr *>(&address.storage_),
                    &address.length_) != 0)
    return std::nullopt;
  return address;
}

std::optional<SocketAddress> SocketAddress::peerOf(int fd) {
  SocketAddress address;
  if (::getpeername(fd, reinterpret_cast<sockaddr *>(&address.storage_),
                    &address.length_) != 0)
    return std::nullopt;
  return address;
}

std::uint16_t SocketAddress::port() const {
  return ntohs(family() == AF_INET6 ? as6().sin6_port : as4().sin_port);
}

std::string SocketAddress::host() const {
  char text[NI_MAXHOST] = "";
  if (::getnameinfo(data(), length_, text, sizeof(text), nullptr, 0,
                    NI_NUMERICHOST) != 0)
    return "?";
  return text;
}

std::string SocketAddress::str() const { return Target{host(), port()}.str(); }

std::optional<in_addr> SocketAddress::ipv4() const {
  if (family() == AF_INET)
    return as4().sin_addr;
  if (!IN6_IS_ADDR_V4MAPPED(&as6().sin6_addr))
    return std::nullopt;
  in_addr address = {};
  std::memcpy(&address, &as6().sin6_addr.s6_addr[12], sizeof(address));
  return address;
}

const in6_addr &SocketAddress::ipv6() const { return as6().sin6_addr; }

bool SocketAddress::isLoopbackOrAny() const {
  if (auto address = ipv4())
    return address->s_addr == htonl(INADDR_LOOPBACK) ||
           address->s_addr == htonl(INADDR_ANY);
  return IN6_IS_ADDR_LOOPBACK(&as6().sin6_addr) ||
         IN6_IS_ADDR_UNSPECIFIED(&as6().sin6_addr);
}

bool SocketAddress::hasScope() const {
  return family() == AF_INET6 && as6().sin6_scope_id != 0;
}

bool operator==(const SocketAddress &a, const SocketAddress &b) {
  if (a.family() != b.family() || a.port() != b.port())
    return false;
  if (a.family() == AF_INET)
    return a.as4().sin_addr.s_addr == b.as4().sin_addr.s_addr;
  return IN6_ARE_ADDR_EQUAL(&a.as6().sin6_addr, &b.as6().sin6_addr) &&
         a.as6().sin6_scope_id == b.as6().sin6_scope_id;
}

} // namespace selfconnect::detail
