//===- host.h - this host's listeners and sockets ---------------*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Without any source code: which servers of this host listen on a port that
/// the kernel hands out, and which sockets are connected to themselves now. It
/// reads, and changes nothing.
///
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_HOST_H
#define SELFCONNECT_HOST_H

#include "selfconnect/prediction.h"

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <sys/types.h>
#include <vector>

namespace selfconnect {

struct HostProcess {
  pid_t pid = 0;
  std::string name; ///< as the kernel keeps it, of 15 letters at most
  std::string user;
  std::string unit;      ///< of systemd; empty: none
  std::string container; ///< name, or first digits of the id; likewise
};

/// A listener, or several on the same address and port (SO_REUSEPORT).
struct HostListener {
  std::string address; ///< "127.0.0.1", "::"
  std::uint16_t port = 0;
  bool v6only = false; ///< takes no IPv4, though it has an address of IPv6
  Drawable possible = Drawable::No; ///< which half it is in
  /// The probability that a client which tries once per second meets itself
  /// within an hour without a server; none if that needs a busy host.
  std::optional<double> perHour;
  std::string user;                   ///< who made the socket; empty: unknown
  std::vector<HostProcess> processes; ///< empty: unknown
};

/// A socket that is connected to itself.
struct HostSelfConnection {
  std::string address;
  std::uint16_t port = 0;
  std::string state; ///< "ESTABLISHED"
  /// Since when, in seconds since 1970; the latest possible one, unless exact.
  std::optional<double> since;
  bool sinceExact = false;
  std::string user;
  std::vector<HostProcess> processes;
};

/// A network namespace.
struct HostNetwork {
  bool own = false; ///< the caller's
  std::string name; ///< by `ip netns`; empty without one
  std::uint64_t inode = 0;
  std::optional<HostProcess> process; ///< one that is in it
  bool seen = false;               ///< whether a table of sockets could be read
  std::vector<std::string> errors; ///< what could not be read, and why
  PortRange range;
  ReservedPorts reserved;
  std::vector<HostListener> listeners; ///< at risk: in range, not reserved
  unsigned reservedListeners = 0;      ///< in range, and reserved
  std::vector<HostSelfConnection> selfConnections;
  /// For sysctl.d: what is reserved now, and the ports of the listeners; empty
  /// if there is nothing to reserve.
  std::string sysctlLine;
  /// The file of sysctl.d that says as much already; empty: none. For the
  /// caller's own network only.
  std::string configuredIn;
};

struct HostReport {
  std::vector<HostNetwork> networks; ///< the caller's own first
  /// Processes of others whose network the caller may not ask for.
  unsigned unseenProcesses = 0;

  [[nodiscard]] bool sawAny() const;
  [[nodiscard]] bool foundAny() const;
};

HostReport inspectHost();

nlohmann::ordered_json toJson(const HostReport &report);

} // namespace selfconnect

#endif // SELFCONNECT_HOST_H
