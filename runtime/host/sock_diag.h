//===- sock_diag.h - the kernel's table of TCP sockets ----------*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The sockets of a network namespace, asked of the kernel by netlink
/// (sock_diag(7)): whole, and without text to be read.
///
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_HOST_SOCK_DIAG_H
#define SELFCONNECT_HOST_SOCK_DIAG_H

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace selfconnect::detail {

struct DiagEndpoint {
  std::string address; ///< "127.0.0.1", "::1", "::"
  std::uint16_t port = 0;
  friend bool operator==(const DiagEndpoint &, const DiagEndpoint &) = default;
};

/// How long ago, in milliseconds, something last happened on a connection.
struct DiagTimes {
  std::uint32_t sent = 0;         ///< data were sent, or it was established
  std::uint32_t acknowledged = 0; ///< an acknowledgement came
  bool neverSent = false;         ///< no data at all: it was established then
};

struct DiagSocket {
  std::uint8_t state = 0; ///< TCP_ESTABLISHED ...
  DiagEndpoint local, remote;
  std::uint32_t uid = 0; ///< who made it
  std::uint64_t inode = 0;
  bool v6only = false; ///< a listener of IPv6 that takes no IPv4
  std::optional<DiagTimes> times;

  [[nodiscard]] bool isListener() const;
  /// Whether both ends are the same, on a connection that is not over.
  [[nodiscard]] bool isSelfConnected() const;
};

/// What a packet of answers ends with.
struct DiagEnd {
  bool done = false;
  int errorNumber = 0; ///< the kernel's refusal; 0: none
};

/// Reads one packet and adds its sockets. Nothing if it is no packet of
/// sock_diag, or is cut off: then the table is not whole.
std::optional<DiagEnd> parseDiagPacket(std::span<const char> packet,
                                       std::vector<DiagSocket> &sockets);

/// The listeners and the connections of the network namespace that the caller
/// is in; `family` is AF_INET or AF_INET6, which has IPv4-mapped ones, too.
/// Throws EnvironmentError.
std::vector<DiagSocket> readSockets(int family);

} // namespace selfconnect::detail

#endif // SELFCONNECT_HOST_SOCK_DIAG_H
