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

namespace selfconnect::cli {

using Json = nlohmann::ordered_json;

namespace {

bool isSelfConnected(const Trial &trial) {
  return trial.outcome == Outcome::SelfConnected;
}

/// The tries of the trials that self-connected, sorted.
std::vector<double> sortedTries(const std::vector<Trial> &trials) {
  std::vector<double> tries;
  for (const Trial &trial : trials)
    if (isSelfConnected(trial))
      tries.push_back(static_cast<double>(trial.tries));
  std::sort(tries.begin(), tries.end());
  return tries;
}

std::size_t countDisagreeing(const std::vector<Trial> &trials) {
  return std::count_if(trials.begin(), trials.end(), [](const auto &trial) {
    return trial.counters && !trial.audited();
  });
}

bool hasCounters(const std::vector<Trial> &trials) {
  return std::all_of(trials.begin(), trials.end(),
                     [](const auto &trial) { return !!trial.counters; });
}

Json modelToJson(const TriesModel &model) {
  return {{"median", model.quantile(0.5)},
          {"mean", model.mean()},
          {"p90", model.quantile(0.9)},
          {"p99", model.quantile(0.99)}};
}

KolmogorovSmirnov compare(const std::vector<double> &tries,
                          const TriesModel &model) {
  return kolmogorovSmirnov(tries,
                           [&](double within) { return model.within(within); });
}

Json summaryToJson(const Trials &trials) {
  std::vector<double> tries = sortedTries(trials.all);
  if (tries.empty())
    return nullptr;
  Json json = {{"min", tries.front()},
               {"median", sampleQuantile(tries, 0.5)},
               {"mean", sampleMean(tries)},
               {"max", tries.back()},
               {"p90", sampleQuantile(tries, 0.9)},
               {"p99", sampleQuantile(tries, 0.99)},
               {"model", nullptr},
               {"ks_distance", nullptr},
               {"ks_p_value", nullptr},
               {"audit_disagrees", nullptr}};
  if (auto model = trialsModel(trials)) {
    KolmogorovSmirnov ks = compare(tries, *model);
    json["model"] = modelToJson(*model);
    json["ks_distance"] = ks.distance;
    json["ks_p_value"] = ks.pValue;
  }
  if (hasCounters(trials.all))
    json["audit_disagrees"] = countDisagreeing(trials.all);
  return json;
}

} // namespace

std::optional<TriesModel> trialsModel(const Trials &trials) {
  const ReproduceResult &run = trials.exemplary;
  if (!std::all_of(trials.all.begin(), trials.all.end(), isSelfConnected) ||
      run.isolation == Isolation::Host)
    return std::nullopt;
  if (run.method == Method::Natural)
    return run.prediction.tries;
  if (run.method == Method::Forced)
    return TriesModel::independent(1);
  if (run.bindAnyPort)
    return std::nullopt;
  // The other half of the range is walked as the preferred one is.
  return TriesModel(run.prediction.candidates, run.prediction.kernelClass);
}

Json trialsToJson(const Trials &trials) {
  Json json = toJson(trials.exemplary);
  Json each = Json::array();
  for (const Trial &trial : trials.all)
    each.push_back({{"outcome", outcomeName(trial.outcome)},
                    {"tries", trial.tries},
                    {"seconds", trial.seconds}});
  json["trials"] = each;
  json["summary"] = summaryToJson(trials);
  return json;
}

std::string trialsToText(const Trials &trials) {
  std::string text = toText(trials.exemplary);
  std::vector<double> tries = sortedTries(trials.all);
  text += fmt::format("{} of {} trials self-connected", tries.size(),
                      trials.all.size());
  if (tries.empty())
    return text + "\n";
  text += fmt::format("; tries: min {:.0f}, median {:.0f}, mean {:.0f}, p90 "
                      "{:.0f}, p99 {:.0f}, max {:.0f}\n",
                      tries.front(), sampleQuantile(tries, 0.5),
                      sampleMean(tries), sampleQuantile(tries, 0.9),
                      sampleQuantile(tries, 0.99), tries.back());
  if (auto model = trialsModel(trials)) {
    KolmogorovSmirnov ks = compare(tries, *model);
    text += fmt::format("  {:<30} median {:.0f}, mean {:.0f}, p90 {:.0f}, p99 "
                        "{:.0f}\n"
                        "  {:<30} Kolmogorov-Smirnov distance {:.3f}, p-value "
                        "{:.2g}\n",
                        "model", model->quantile(0.5), model->mean(),
                        model->quantile(0.9), model->quantile(0.99),
                        "trials against model", ks.distance, ks.pValue);
  }
  if (std::size_t count = trials.all.size(); hasCounters(trials.all))
    text += fmt::format("  {:<30} {} of {} trials as the loop counted\n",
                        "kernel's counters",
                        count - countDisagreeing(trials.all), count);
  return text;
}

} // namespace selfconnect::cli
