//===- audit.h - what the kernel counted ---------------------- -*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_REPRODUCE_AUDIT_H
#define SELFCONNECT_REPRODUCE_AUDIT_H

#include "selfconnect/reproduce.h"

#include <optional>
#include <string_view>

namespace selfconnect::detail {

/// The Tcp counters in the text of /proc/net/snmp.
std::optional<Counters> parseSnmp(std::string_view text);

/// The counters of the caller's network namespace.
std::optional<Counters> readCounters();

/// What was counted between the two.
Counters countedSince(const Counters &before, const Counters &after);

/// The inverse of toJson(const Counters &).
Counters countersFromJson(const nlohmann::ordered_json &json);

} // namespace selfconnect::detail

#endif // SELFCONNECT_REPRODUCE_AUDIT_H
