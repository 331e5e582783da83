//===- hit_batch.cpp - self-connects that are told together ---------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "hit_batch.h"

#include "audit.h"
#include "trial_message.h"

#include <cmath>

namespace selfconnect::detail {
namespace {

using Json = nlohmann::ordered_json;

constexpr auto sendInterval = std::chrono::milliseconds(100);
/// So that a message stays well below the length that a channel takes.
constexpr std::size_t mostHits = 500;

/// Whether they are those of so many loops that met themselves, no more.
bool agree(const Counters &counters, std::uint64_t opens, std::size_t hits) {
  auto begun = static_cast<std::int64_t>(opens);
  return counters.activeOpens == begun && counters.passiveOpens == 0 &&
         counters.attemptFails == begun - static_cast<std::int64_t>(hits);
}

} // namespace

HitBatch::HitBatch(bool counted, bool narrowed, Channel &channel)
    : counted_(counted), narrowed_(narrowed), channel_(channel),
      nextSend_(Clock::now() + sendInterval) {
  if (counted_)
    before_ = readCounters();
}

void HitBatch::add(const AttemptResult &hit) {
  tries_.push_back(hit.tries);
  triesWithoutPort_.push_back(hit.triesWithoutPort);
  nanoseconds_.push_back(std::llround(hit.seconds * 1e9));
  if (tries_.size() >= mostHits || Clock::now() >= nextSend_)
    send();
}

void HitBatch::send() {
  if (tries_.empty())
    return;
  Json counters;
  if (auto after = counted_ ? readCounters() : std::nullopt) {
    if (before_)
      counters = toJson(countedSince(*before_, *after));
    before_ = after;
  }
  channel_.send({{"type", "hits"},
                 {"tries", tries_},
                 {"tries_without_port", triesWithoutPort_},
                 {"nanoseconds", nanoseconds_},
                 {"narrowed", narrowed_},
                 {"counters", counters}});
  tries_.clear();
  triesWithoutPort_.clear();
  nanoseconds_.clear();
  nextSend_ = Clock::now() + sendInterval;
}

void addHits(const Json &message, std::vector<Trial> &trials) {
  const Json &tries = message.at("tries");
  const Json &withoutPort = message.at("tries_without_port");
  const Json &nanoseconds = message.at("nanoseconds");
  const bool narrowed = message.at("narrowed");
  const std::size_t before = trials.size();
  std::uint64_t opens = 0;
  for (std::size_t i = 0; i < tries.size(); ++i) {
    Trial &trial = trials.emplace_back();
    trial.outcome = Outcome::SelfConnected;
    trial.reason = selfConnectedReason;
    trial.tries = tries[i];
    trial.triesWithoutPort = withoutPort.at(i);
    trial.seconds = nanoseconds.at(i).get<double>() / 1e9;
    trial.narrowed = narrowed;
    opens += trial.tries - trial.triesWithoutPort;
  }
  if (message.at("counters").is_null())
    return;
  Counters counters = countersFromJson(message.at("counters"));
  bool agreed = agree(counters, opens, tries.size());
  for (std::size_t i = before; i < trials.size(); ++i) {
    auto own =
        static_cast<std::int64_t>(trials[i].tries - trials[i].triesWithoutPort);
    trials[i].counters = agreed ? Counters{own, own - 1, 0, 1} : counters;
  }
}

} // namespace selfconnect::detail
