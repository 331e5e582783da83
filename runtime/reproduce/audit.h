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

/// The reason of Outcome::SelfConnected.
inline constexpr const char *selfConnectedReason =
    "the local and the remote endpoint of the socket are the same";

/// Runs forced loops in one network, as long as they meet themselves, and
/// passes their messages (hit_batch.h) on. \returns how many did.
std::uint64_t reproduceForced(
    const ReproduceOptions &options, std::uint64_t count,
    const std::function<void(const nlohmann::ordered_json &)> &take);

/// What a message of type "result" says of its trial.
Trial trialFromJson(const nlohmann::ordered_json &message);

} // namespace selfconnect::detail

#endif // SELFCONNECT_REPRODUCE_AUDIT_H
