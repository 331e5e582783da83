//===- hit_batch.h - self-connects that are told together -------*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// A forced self-connect takes some 40 us. To read the kernel's counters and to
/// send a message for each would take longer, so many share one message:
///
///   {"type": "hits", "tries": [...], "tries_without_port": [...],
///    "nanoseconds": [...], "narrowed": false, "counters": {...} or null}
///
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_REPRODUCE_HIT_BATCH_H
#define SELFCONNECT_REPRODUCE_HIT_BATCH_H

#include "attempt_loop.h"
#include "sandbox/channel.h"
#include "selfconnect/reproduce.h"

#include <optional>
#include <vector>

namespace selfconnect::detail {

class HitBatch {
public:
  /// `counted`: the network is our own, with counters that count nothing else.
  /// `narrowed`: see Trial.
  HitBatch(bool counted, bool narrowed, Channel &channel);

  /// Takes a loop that met itself; now and then sends what there is.
  void add(const AttemptResult &hit);
  void send();

private:
  using Clock = std::chrono::steady_clock;

  bool counted_;
  bool narrowed_;
  Channel &channel_;
  std::optional<Counters> before_;
  Clock::time_point nextSend_;
  std::vector<std::uint64_t> tries_;
  std::vector<std::uint64_t> triesWithoutPort_;
  std::vector<std::int64_t> nanoseconds_; ///< quicker to write than seconds
};

/// Adds the trials in the message. Where the counters are what the loops
/// counted in sum, each trial is given its share, else the whole, which fits
/// none of them.
void addHits(const nlohmann::ordered_json &message, std::vector<Trial> &trials);

/// Runs forced loops in one network, as long as they meet themselves, and
/// passes their messages (hit_batch.h) on. \returns how many did.
std::uint64_t reproduceForced(
    const ReproduceOptions &options, std::uint64_t count,
    const std::function<void(const nlohmann::ordered_json &)> &take);

} // namespace selfconnect::detail

#endif // SELFCONNECT_REPRODUCE_HIT_BATCH_H
