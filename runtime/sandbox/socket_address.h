//===- socket_address.h - an IPv4 or IPv6 address with its port -*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_SANDBOX_SOCKET_ADDRESS_H
#define SELFCONNECT_SANDBOX_SOCKET_ADDRESS_H

#include <cstdint>
#include <netinet/in.h>
#include <optional>
#include <string>
#include <sys/socket.h>

namespace selfconnect::detail {

class SocketAddress {
public:
  /// A numeric address, or "localhost", which means 127.0.0.1. Nothing is
  /// looked up.
  static std::optional<SocketAddress> parse(const std::string &host,
                                            std::uint16_t port);
  /// getsockname() and getpeername(); nothing where the call fails.
  static std::optional<SocketAddress> localOf(int fd);
  static std::optional<SocketAddress> peerOf(int fd);

  [[nodiscard]] int family() const { return storage_.ss_family; }
  [[nodiscard]] const sockaddr *data() const {
    return reinterpret_cast<const sockaddr *>(&storage_);
  }
  [[nodiscard]] socklen_t length() const { return length_; }
  [[nodiscard]] std::uint16_t port() const;
  /// The address in words, without brackets and port: "::1".
  [[nodiscard]] std::string host() const;
  /// "127.0.0.1:33334", "[::1]:33334".
  [[nodiscard]] std::string str() const;

  /// The IPv4 address if this is one, or if it is one in IPv6's clothes
  /// (::ffff:127.0.0.1).
  [[nodiscard]] std::optional<in_addr> ipv4() const;
  [[nodiscard]] const in6_addr &ipv6() const;
  /// 127.0.0.1, ::1, 0.0.0.0, :: and the first and the third in IPv6's clothes.
  /// The kernel takes "any" for the loopback address when it connects.
  [[nodiscard]] bool isLoopbackOrAny() const;
  /// fe80::1%eth0
  [[nodiscard]] bool hasScope() const;

  friend bool operator==(const SocketAddress &a, const SocketAddress &b);

private:
  [[nodiscard]] const sockaddr_in &as4() const {
    return reinterpret_cast<const sockaddr_in &>(storage_);
  }
  [[nodiscard]] const sockaddr_in6 &as6() const {
    return reinterpret_cast<const sockaddr_in6 &>(storage_);
  }

  sockaddr_storage storage_ = {};
  socklen_t length_ = sizeof(storage_);
};

} // namespace selfconnect::detail

#endif // SELFCONNECT_SANDBOX_SOCKET_ADDRESS_H
