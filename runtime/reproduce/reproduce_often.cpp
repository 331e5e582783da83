//===- reproduce_often.cpp - many runs, side by side ----------------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "hit_batch.h"
#include "sandbox/child_process.h"
#include "selfconnect/reproduce.h"
#include "trial_message.h"

#include <algorithm>
#include <iterator>
#include <list>

namespace selfconnect {

using namespace detail;
using Json = nlohmann::ordered_json;

namespace {

/// A process that runs its share of the trials; reproduce() forks, so it wants
/// one that has no other business.
class Job {
public:
  Job(const ReproduceOptions &options, std::uint64_t count)
      : child_([&](Channel &channel) { run(options, count, channel); }),
        left_(count) {}

  [[nodiscard]] const ChildProcess &child() const { return child_; }
  [[nodiscard]] bool isDone() const { return left_ == 0; }
  /// Of the trial under way.
  std::uint64_t tries = 0;
  double seconds = 0;

  /// Reads a message, and adds the results in it.
  void take(std::vector<Trial> &trials) {
    Json message = child_.awaitResult("run the trials");
    bool progress = message.at("type") == "progress";
    tries = progress ? message.at("tries").get<std::uint64_t>() : 0;
    seconds = progress ? message.at("seconds").get<double>() : 0;
    const std::size_t before = trials.size();
    if (message.at("type") == "hits")
      addHits(message, trials);
    else if (!progress)
      trials.push_back(trialFromMessage(message));
    left_ -= trials.size() - before;
  }

private:
  static void run(const ReproduceOptions &options, std::uint64_t count,
                  Channel &channel) {
    if (options.method == Method::Forced)
      count -= reproduceForced(options, count,
                               [&](const Json &hits) { channel.send(hits); });
    ReproduceCallbacks callbacks;
    callbacks.progress = [&](std::uint64_t tries, double seconds) {
      channel.send(
          {{"type", "progress"}, {"tries", tries}, {"seconds", seconds}});
    };
    for (; count > 0; --count)
      channel.send(toMessage(reproduce(options, callbacks)));
  }

  ChildProcess child_;
  std::uint64_t left_;
};

std::vector<const ChildProcess *> childrenOf(const std::list<Job> &jobs) {
  std::vector<const ChildProcess *> children;
  for (const Job &job : jobs)
    children.push_back(&job.child());
  return children;
}

} // namespace

std::vector<Trial> reproduceOften(const ReproduceOptions &options,
                                  std::uint64_t count, std::uint64_t jobs,
                                  const ReproduceCallbacks &callbacks) {
  std::vector<Trial> trials;
  std::list<Job> running;
  jobs = std::clamp<std::uint64_t>(jobs, 1, std::max<std::uint64_t>(count, 1));
  for (std::uint64_t job = 0; job < jobs && count > 0; ++job)
    running.emplace_back(options, (count - job + jobs - 1) / jobs);

  std::size_t told = 0;
  while (!running.empty()) {
    for (std::size_t ready : awaitAny(childrenOf(running)))
      std::next(running.begin(), static_cast<std::ptrdiff_t>(ready))
          ->take(trials);
    running.remove_if([](const Job &job) { return job.isDone(); });
    if (callbacks.trialsDone && trials.size() > told)
      callbacks.trialsDone(told = trials.size());
    std::uint64_t tries = 0;
    double seconds = 0;
    for (const Job &job : running) {
      tries += job.tries;
      seconds = std::max(seconds, job.seconds);
    }
    if (callbacks.progress && tries > 0)
      callbacks.progress(tries, seconds);
  }
  return trials;
}

} // namespace selfconnect
