//===- trial_message.h - a trial between processes --------------*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The message in which a child process tells of one trial:
///
///   {"type": "result", "outcome": "...", "reason": "...", "tries": N,
///    "tries_without_port": N, "seconds": S, "narrowed": false,
///    "counters": {...} or null}
///
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_REPRODUCE_TRIAL_MESSAGE_H
#define SELFCONNECT_REPRODUCE_TRIAL_MESSAGE_H

#include "selfconnect/reproduce.h"

#include <nlohmann/json.hpp>

namespace selfconnect::detail {

/// The reason of Outcome::SelfConnected.
inline constexpr const char *selfConnectedReason =
    "the local and the remote endpoint of the socket are the same";

nlohmann::ordered_json toMessage(const Trial &trial);

/// The inverse; may have more in it.
Trial trialFromMessage(const nlohmann::ordered_json &message);

} // namespace selfconnect::detail

#endif // SELFCONNECT_REPRODUCE_TRIAL_MESSAGE_H
