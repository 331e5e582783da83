//===- reserved_ports.h - ports that are never handed out -------*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The sysctl net.ipv4.ip_local_reserved_ports (Linux 2.6.35 and later): ports
/// inside the ephemeral port range that the kernel never hands out by itself.
///
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_RESERVED_PORTS_H
#define SELFCONNECT_RESERVED_PORTS_H

#include "selfconnect/port_range.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace selfconnect {

/// A set of ports, kept as sorted ranges that neither touch nor overlap.
class ReservedPorts {
public:
  [[nodiscard]] bool contains(unsigned port) const;
  [[nodiscard]] bool empty() const { return ranges_.empty(); }
  void add(PortRange range);
  /// The sysctl's own form: "8080,33333-33340"; empty for the empty set.
  [[nodiscard]] std::string str() const;
  [[nodiscard]] const std::vector<PortRange> &ranges() const { return ranges_; }

private:
  std::vector<PortRange> ranges_;
};

/// Reads the sysctl's form, in any order, overlaps allowed; blanks around the
/// text are ignored, the empty text is the empty set. On failure returns
/// nothing and sets `error` to one line that says what to write.
std::optional<ReservedPorts> parseReservedPorts(std::string_view text,
                                                std::string &error);

} // namespace selfconnect

#endif // SELFCONNECT_RESERVED_PORTS_H
