//===- host_ports.h - what the running kernel is set to ---------*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Reads the ephemeral port range and the reserved ports of the network
/// namespace that the caller is in. Reads only; nothing here ever writes.
///
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_HOST_PORTS_H
#define SELFCONNECT_HOST_PORTS_H

#include "selfconnect/port_range.h"
#include "selfconnect/reserved_ports.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace selfconnect {

/// /proc/sys/net/ipv4/ip_local_port_range. On failure returns nothing and sets
/// `error` to one line that names the file and the reason.
std::optional<PortRange> readHostPortRange(std::string &error);

/// "host", which is read now, or what parsePortRange() reads.
std::optional<PortRange> resolvePortRange(std::string_view text,
                                          std::string &error);

/// A list of these, separated by `;`, in its order and each once; blanks around
/// an item and empty items are ignored, an empty list is an error.
std::optional<std::vector<PortRange>> resolvePortRanges(std::string_view text,
                                                        std::string &error);

/// /proc/sys/net/ipv4/ip_local_reserved_ports, likewise. A kernel without the
/// file reserves nothing.
std::optional<ReservedPorts> readHostReservedPorts(std::string &error);

} // namespace selfconnect

#endif // SELFCONNECT_HOST_PORTS_H
