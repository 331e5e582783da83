//===- trials.cpp - several runs of reproduce, and their sum --------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "trials.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <numeric>

namespace selfconnect::cli {

using Json = nlohmann::ordered_json;

namespace {

bool isSelfConnected(const ReproduceResult &result) {
  return result.outcome == Outcome::SelfConnected;
}

/// The tries of the trials that self-connected, sorted.
std::vector<double> sortedTries(const std::vector<ReproduceResult> &trials) {
  std::vector<double> tries;
  for (const ReproduceResult &trial : trials)
    if (isSelfConnected(trial))
      tries.push_back(static_cast<double>(trial.tries));
  std::sort(tries.begin(), tries.end());
  return tries;
}

double median(const std::vector<double> &sorted) {
  std::size_t middle = sorted.size() / 2;
  if (sorted.size() % 2 == 1)
    return sorted[middle];
  return (sorted[middle - 1] + sorted[middle]) / 2;
}

double mean(const std::vector<double> &sorted) {
  return std::accumulate(sorted.begin(), sorted.end(), 0.0) /
         static_cast<double>(sorted.size());
}

} // namespace

const ReproduceResult &exemplary(const std::vector<ReproduceResult> &trials) {
  auto found = std::find_if(trials.begin(), trials.end(), isSelfConnected);
  return found == trials.end() ? trials.front() : *found;
}

Json trialsToJson(const std::vector<ReproduceResult> &trials) {
  Json json = toJson(exemplary(trials));
  Json each = Json::array();
  for (const ReproduceResult &trial : trials)
    each.push_back({{"outcome", outcomeName(trial.outcome)},
                    {"tries", trial.tries},
                    {"seconds", trial.seconds}});
  json["trials"] = each;
  std::vector<double> tries = sortedTries(trials);
  json["summary"] = tries.empty() ? Json(nullptr)
                                  : Json{{"min", tries.front()},
                                         {"median", median(tries)},
                                         {"mean", mean(tries)},
                                         {"max", tries.back()}};
  return json;
}

std::string trialsToText(const std::vector<ReproduceResult> &trials) {
  std::string text = toText(exemplary(trials));
  std::vector<double> tries = sortedTries(trials);
  text += fmt::format("{} of {} trials self-connected", tries.size(),
                      trials.size());
  if (!tries.empty())
    text +=
        fmt::format("; tries: min {:.0f}, median {:.0f}, mean {:.0f}, max "
                    "{:.0f}",
                    tries.front(), median(tries), mean(tries), tries.back());
  return text + "\n";
}

} // namespace selfconnect::cli
