//===- trial_message.cpp - a trial between processes ----------------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "trial_message.h"

#include "audit.h"

namespace selfconnect::detail {
namespace {

using Json = nlohmann::ordered_json;

Outcome outcomeFromName(const std::string &name) {
  for (Outcome outcome : {Outcome::SelfConnected, Outcome::Impossible,
                          Outcome::ConnectedToServer})
    if (name == outcomeName(outcome))
      return outcome;
  return Outcome::NotReproduced;
}

} // namespace

Json toMessage(const Trial &trial) {
  return {{"type", "result"},
          {"outcome", outcomeName(trial.outcome)},
          {"reason", trial.reason},
          {"tries", trial.tries},
          {"tries_without_port", trial.triesWithoutPort},
          {"seconds", trial.seconds},
          {"narrowed", trial.narrowed},
          {"counters", trial.counters ? toJson(*trial.counters) : Json()}};
}

Trial trialFromMessage(const Json &message) {
  Trial trial;
  trial.outcome = outcomeFromName(message.at("outcome"));
  trial.reason = message.at("reason");
  trial.tries = message.at("tries");
  trial.triesWithoutPort = message.at("tries_without_port");
  trial.seconds = message.at("seconds");
  trial.narrowed = message.at("narrowed");
  if (!message.at("counters").is_null())
    trial.counters = countersFromJson(message.at("counters"));
  return trial;
}

} // namespace selfconnect::detail
