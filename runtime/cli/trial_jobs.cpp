//===- trial_jobs.cpp - trials side by side -------------------------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// reproduce() wants a process with one thread, and forks. So each job is a
/// process that runs its share of the trials and sends their results.
///
//===----------------------------------------------------------------------===//

#include "trials.h"

#include <nlohmann/json.hpp>

#include <iterator>

namespace selfconnect::cli {

std::vector<ReproduceResult> runTrials(ReproduceOptions options,
                                       std::uint64_t count, std::uint64_t jobs,
                                       const ReproduceCallbacks &callbacks) {
  options.randomStart = options.isolation == Isolation::Netns;
  std::vector<ReproduceResult> trials;
  // One after the other until there is a proof.
  while (trials.size() < count) {
    trials.push_back(reproduce(options, callbacks));
    if (trials.back().outcome == Outcome::Impossible)
      return trials; // and so would the others be
    if (trials.back().evidence && !callbacks.hold)
      break;
  }
  options.prove = false;
  std::uint64_t left = count - trials.size();
  if (left == 0)
    return trials;
  std::vector<ReproduceResult> others =
      reproduceOften(options, left, jobs, callbacks);
  others.insert(others.begin(), std::make_move_iterator(trials.begin()),
                std::make_move_iterator(trials.end()));
  return others;
}

} // namespace selfconnect::cli
