//===- reproduce_often.cpp - many runs, side by side ----------------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "audit.h"
#include "child_process.h"
#include "hit_batch.h"
#include "selfconnect/reproduce.h"

#include <algorithm>
#include <list>
#include <poll.h>

namespace selfconnect {

using namespace detail;
using Json = nlohmann::ordered_json;

namespace {

ReproduceResult resultOf(const Json &message, const ReproduceResult &common) {
  ReproduceResult result = common;
  result.outcome = outcomeFromName(message.at("outcome"));
  result.reason = message.at("reason");
  result.tries = message.at("tries");
  result.triesWithoutPort = message.at("tries_without_port");
  result.seconds = message.at("seconds");
  result.narrowed = message.at("narrowed");
  if (!message.at("counters").is_null())
    result.counters = countersFromJson(message.at("counters"));
  return result;
}

/// A process that runs its share of the trials; reproduce() forks, so it wants
/// one that has no other business.
class Job {
public:
  Job(const ReproduceOptions &options, std::uint64_t count)
      : child_([&](Channel &channel) { run(options, count, channel); }),
        left_(count) {}

  [[nodiscard]] int fd() const { return child_.channel().fd(); }
  [[nodiscard]] bool isDone() const { return left_ == 0; }
  /// Of the trial under way.
  std::uint64_t tries = 0;
  double seconds = 0;

  /// Reads a message, and adds the results in it.
  void take(const ReproduceResult &common,
            std::vector<ReproduceResult> &results) {
    Json message;
    if (child_.channel().receive(message, std::nullopt) !=
        Channel::Status::Message)
      throw EnvironmentError("run the trials: a job ended early (" +
                             child_.waitForEnd() + ")");
    ChildProcess::rethrow(message);
    bool progress = message.at("type") == "progress";
    tries = progress ? message.at("tries").get<std::uint64_t>() : 0;
    seconds = progress ? message.at("seconds").get<double>() : 0;
    const std::size_t before = results.size();
    if (message.at("type") == "hits")
      addHits(message, common, results);
    else if (!progress)
      results.push_back(resultOf(message, common));
    left_ -= results.size() - before;
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
    for (; count > 0; --count) {
      ReproduceResult result = reproduce(options, callbacks);
      channel.send(
          {{"type", "result"},
           {"outcome", outcomeName(result.outcome)},
           {"reason", result.reason},
           {"tries", result.tries},
           {"tries_without_port", result.triesWithoutPort},
           {"seconds", result.seconds},
           {"narrowed", result.narrowed},
           {"counters", result.counters ? toJson(*result.counters) : Json()}});
    }
  }

  ChildProcess child_;
  std::uint64_t left_;
};

std::vector<pollfd> pollFds(const std::list<Job> &jobs) {
  std::vector<pollfd> fds;
  for (const Job &job : jobs)
    fds.push_back({job.fd(), POLLIN, 0});
  return fds;
}

} // namespace

std::vector<ReproduceResult>
reproduceOften(const ReproduceOptions &options, std::uint64_t count,
               std::uint64_t jobs, const ReproduceCallbacks &callbacks) {
  const ReproduceResult common = describeRun(options);
  std::vector<ReproduceResult> results;
  constexpr std::uint64_t many = 100000; // more take room as they come
  results.reserve(std::min(count, many) + 1); // a caller may add its own
  std::list<Job> running;
  jobs = std::clamp<std::uint64_t>(jobs, 1, std::max<std::uint64_t>(count, 1));
  for (std::uint64_t job = 0; job < jobs && count > 0; ++job)
    running.emplace_back(options, (count - job + jobs - 1) / jobs);

  while (!running.empty()) {
    std::vector<pollfd> fds = pollFds(running);
    if (::poll(fds.data(), fds.size(), -1) <= 0)
      continue;
    std::uint64_t tries = 0;
    double seconds = 0;
    auto ready = fds.begin();
    for (auto job = running.begin(); job != running.end(); ++ready) {
      if (ready->revents != 0)
        job->take(common, results);
      tries += job->tries;
      seconds = std::max(seconds, job->seconds);
      job = job->isDone() ? running.erase(job) : std::next(job);
    }
    if (callbacks.progress && tries > 0)
      callbacks.progress(tries, seconds);
  }
  return results;
}

} // namespace selfconnect
