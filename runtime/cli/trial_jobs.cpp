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

Trials runTrials(ReproduceOptions options, std::uint64_t count,
                 std::uint64_t jobs, const ReproduceCallbacks &callbacks) {
  options.randomStart = options.isolation == Isolation::Netns;
  Trials trials;
  // One after the other until there is a proof.
  while (trials.all.size() < count) {
    ReproduceResult result = reproduce(options, callbacks);
    trials.all.push_back(result);
    bool proved = result.evidence.has_value();
    if (callbacks.trialsDone)
      callbacks.trialsDone(trials.all.size());
    bool impossible = result.outcome == Outcome::Impossible;
    if (trials.all.size() == 1 || (proved && !trials.exemplary.evidence))
      trials.exemplary = std::move(result);
    if (impossible)
      return trials; // and so would the others be
    if (proved && !callbacks.hold)
      break;
  }
  options.prove = false;
  ReproduceCallbacks further = callbacks;
  if (callbacks.trialsDone)
    further.trialsDone = [&](std::uint64_t done) {
      callbacks.trialsDone(trials.all.size() + done);
    };
  std::vector<Trial> others =
      reproduceOften(options, count - trials.all.size(), jobs, further);
  trials.all.insert(trials.all.end(), std::make_move_iterator(others.begin()),
                    std::make_move_iterator(others.end()));
  return trials;
}

} // namespace selfconnect::cli
