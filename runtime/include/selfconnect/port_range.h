//===- port_range.h - the ephemeral port range ------------------*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The ephemeral port range: the local ports that a kernel hands to a socket
/// which connects without a bound port. On Linux it is the sysctl
/// net.ipv4.ip_local_port_range, both ends inclusive, and IPv6 obeys the same
/// one (Documentation/networking/ip-sysctl.rst).
///
/// Used by the clang-tidy module and by the runtime, hence C++17 without
/// exceptions.
///
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_PORT_RANGE_H
#define SELFCONNECT_PORT_RANGE_H

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace selfconnect {

/// Ports `low` to `high`, both inclusive and in host byte order;
/// 1 <= low <= high <= 65535.
struct PortRange {
  std::uint16_t low = 32768;
  std::uint16_t high = 60999;
  /// "windows", "iana" ...: whose range it is where that is not Linux; null for
  /// Linux. How such a system chooses within its range is not in the model:
  /// the halves and the reserved ports are Linux's.
  const char *otherSystem = nullptr;

  /// Number of ports, 1 to 65535.
  [[nodiscard]] unsigned size() const { return high - low + 1U; }
  [[nodiscard]] bool contains(unsigned port) const {
    return port >= low && port <= high;
  }
  /// "32768-60999", what parsePortRange() reads.
  [[nodiscard]] std::string str() const;

  /// Whether they are the same ports, on whatever system.
  friend bool operator==(const PortRange &a, const PortRange &b) {
    return a.low == b.low && a.high == b.high;
  }
};

/// The range that an operating system ships with.
struct PortRangePreset {
  const char *name;   ///< what a user types: "linux"
  PortRange range;    ///< its default
  const char *source; ///< where the figure comes from
};

/// linux, iana, macos, windows, freebsd, openbsd; in the order of the help
/// text.
const std::vector<PortRangePreset> &portRangePresets();

/// Reads a preset's name or "LOW-HIGH" (decimal, no blanks). "host" is not
/// known here: see host_ports.h. On failure returns nothing and sets `error` to
/// one line that says what is wrong and what to write.
std::optional<PortRange> parsePortRange(std::string_view text,
                                        std::string &error);

/// Reads a decimal port, 1 to 65535, and nothing else. On failure returns
/// nothing and sets `error`.
std::optional<std::uint16_t> parsePort(std::string_view text,
                                       std::string &error);

} // namespace selfconnect

#endif // SELFCONNECT_PORT_RANGE_H
