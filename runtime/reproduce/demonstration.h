//===- demonstration.h - the part of a run that happens in the child *- C++
//-*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_REPRODUCE_DEMONSTRATION_H
#define SELFCONNECT_REPRODUCE_DEMONSTRATION_H

#include "sandbox/channel.h"
#include "selfconnect/reproduce.h"

namespace selfconnect::detail {

/// Makes the namespace if one is asked for, runs the loop, collects the
/// evidence. Runs in a child process of its own. What it says:
///
///   {"type": "progress", "tries": N, "seconds": S}
///   {"type": "held", "fd": N, "user_namespace": true, "local": "..."}
///       after which any message lets it go on; only if `hold`
///   that of trial_message.h, and in it "evidence": {...} or null
void demonstrate(const ReproduceOptions &options, bool hold, Channel &channel);

/// Runs the loop `count` times in one network, for Method::Forced: there a
/// start of the walk is like another. The network's range is the port alone.
/// Without evidence; ends early at a loop that does not meet itself, of which
/// nothing is said. What it says: messages of hit_batch.h, at last {"type":
/// "end"}.
void demonstrateForced(ReproduceOptions options, std::uint64_t count,
                       Channel &channel);

/// Only makes the namespace, with the default range.
void demonstrateNamespace(Channel &channel);

} // namespace selfconnect::detail

#endif // SELFCONNECT_REPRODUCE_DEMONSTRATION_H
