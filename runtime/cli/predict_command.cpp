//===- predict_command.cpp - selfconnect predict --------------------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "predict_command.h"

#include "common_options.h"
#include "output.h"
#include "wording.h"

#include "selfconnect/json_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <memory>

namespace selfconnect::cli {
namespace {

struct PredictArguments {
  std::string target;
  std::vector<std::string> ranges = {"host"};
  std::string reserved;
  std::uint64_t tries = 0;    ///< 0: not asked for
  double intervalSeconds = 0; ///< likewise
  std::string kernelClass = "host";
  bool reuseaddr = false;
  bool bindAnyPort = false;
  ResultOptions result;
};

/// The answer on one range, once the options are understood.
struct Answer {
  NamedRange range;
  ReservedPorts reserved;
  Prediction prediction;
  std::string reason;
};

Drawing drawingOf(const PredictArguments &options) {
  Drawing drawing;
  drawing.kernelClass = resolveKernelClass(options.kernelClass);
  if (options.bindAnyPort)
    drawing.source =
        options.reuseaddr ? SourcePort::BindAnyReuse : SourcePort::BindAny;
  return drawing;
}

std::vector<Answer> answer(const PredictArguments &options,
                           const Target &target) {
  const unsigned port = *target.port;
  const Drawing drawing = drawingOf(options);
  const auto otherHost = whyNotSameHost(*target.host, options.bindAnyPort);
  std::vector<Answer> answers;
  for (NamedRange &range : resolveRanges(options.ranges)) {
    Answer &result = answers.emplace_back();
    result.range = std::move(range);
    result.reserved = resolveReserved(options.reserved, result.range);
    result.prediction =
        predict(port, result.range.range, result.reserved, drawing);
    result.reason = describePort(result.prediction, port, result.range.range);
    // Which source address another system takes is not known here.
    if (otherHost && !result.range.range.otherSystem) {
      result.prediction = Prediction();
      result.prediction.kernelClass = drawing.kernelClass;
      result.reason = *otherHost;
    }
  }
  return answers;
}

/// The probability to meet itself within the tries asked for.
double withinTries(const PredictArguments &options, const TriesModel &model) {
  auto tries = static_cast<double>(options.tries);
  if (options.intervalSeconds > 0)
    return model.overTime(tries * options.intervalSeconds,
                          1 / options.intervalSeconds);
  return model.within(tries);
}

constexpr double hour = 3600;
constexpr double day = 24 * hour;

nlohmann::ordered_json toJson(const PredictArguments &options,
                              const Answer &answer) {
  nlohmann::ordered_json json = {
      {"range", toJson(answer.range.range, answer.range.source)},
      {"reserved", toJson(answer.reserved)},
      {"prediction", toJson(answer.prediction)},
      {"reason", answer.reason}};
  if (!answer.range.name.empty())
    json["range"]["name"] = answer.range.name;
  const TriesModel &model = answer.prediction.tries;
  double rate = 1 / options.intervalSeconds; // used if there is an interval
  bool possible = answer.prediction.possible == Drawable::Yes;
  if (answer.prediction.possible == Drawable::Unknown)
    return json;
  if (options.tries > 0)
    json["within_tries"] = {
        {"tries", options.tries},
        {"probability", possible ? withinTries(options, model) : 0.0}};
  if (options.intervalSeconds > 0 && possible)
    json["over_time"] = {{"interval_seconds", options.intervalSeconds},
                         {"probability_per_hour", model.overTime(hour, rate)},
                         {"probability_per_day", model.overTime(day, rate)},
                         {"median_seconds", model.medianSeconds(rate)},
                         {"mean_seconds", model.meanSeconds(rate)}};
  return json;
}

/// One range: its fields stand at the top. Several: in a list of their own.
std::string toJsonText(const PredictArguments &options, const Target &target,
                       const std::vector<Answer> &answers) {
  nlohmann::ordered_json json = {{"schema", 1}, {"target", target.str()}};
  if (answers.size() == 1) {
    json.update(toJson(options, answers.front()));
  } else {
    json["ranges"] = nlohmann::ordered_json::array();
    for (const Answer &each : answers)
      json["ranges"].push_back(toJson(options, each));
  }
  return jsonText(json);
}

std::string toText(const PredictArguments &options, const std::string &target,
                   const Answer &answer) {
  const Prediction &prediction = answer.prediction;
  if (prediction.possible == Drawable::Unknown)
    return fmt::format("it is not known whether {} can self-connect: {}, and "
                       "the model is for Linux\n",
                       target, answer.reason);
  if (prediction.possible == Drawable::No)
    return fmt::format("{} cannot self-connect: {}\n", target, answer.reason);
  if (prediction.possible == Drawable::WhenExhausted)
    return fmt::format("{} can self-connect on a busy host only: {}\n", target,
                       answer.reason);

  const TriesModel &model = prediction.tries;
  double rate = 1 / options.intervalSeconds; // used if there is an interval
  std::string text = fmt::format(
      "{} can self-connect: {}\n"
      "tries until then, with no server: median {:.0f}, mean {:.0f}, 99 % "
      "within {:.0f}\n",
      target, answer.reason, prediction.medianTries, prediction.meanTries,
      prediction.p99Tries);
  if (options.tries > 0)
    text += fmt::format("within {} {}: {}\n", options.tries,
                        options.tries == 1 ? "try" : "tries",
                        percent(withinTries(options, model)));
  if (options.intervalSeconds > 0)
    text += fmt::format(
        "with a try every {}: {} per hour, {} per day; median {}, mean {}\n",
        duration(options.intervalSeconds), percent(model.overTime(hour, rate)),
        percent(model.overTime(day, rate)), duration(model.medianSeconds(rate)),
        duration(model.meanSeconds(rate)));
  return text;
}

ExitCode runPredict(const PredictArguments &options) {
  Output output(options.result.output);
  const Target target = resolveTarget(options.target);
  const std::vector<Answer> answers = answer(options, target);
  std::string report;
  if (options.result.json)
    report = toJsonText(options, target, answers);
  for (const Answer &each : answers)
    if (!options.result.json) {
      if (!each.range.name.empty())
        report += each.range.name + ": ";
      report += toText(options, target.str(), each);
    }
  output.write(report);
  output.finish();

  auto isAny = [&](std::initializer_list<Drawable> kinds) {
    return std::any_of(answers.begin(), answers.end(), [&](const Answer &each) {
      return std::find(kinds.begin(), kinds.end(), each.prediction.possible) !=
             kinds.end();
    });
  };
  if (isAny({Drawable::Yes, Drawable::WhenExhausted}))
    return ExitCode::Hazard;
  return isAny({Drawable::Unknown}) ? ExitCode::Environment : ExitCode::Done;
}

} // namespace

void addPredictCommand(CLI::App &app, Command &chosen) {
  auto *command = app.add_subcommand(
      "predict", "Tells whether a client can self-connect, and how soon");
  auto options = std::make_shared<PredictArguments>();
  addTargetArgument(*command, options->target);
  addRangesOption(*command, options->ranges);
  addReservedOption(*command, options->reserved);
  addCountOption(*command, "--tries", options->tries,
                 "also print the probability within N tries");
  addSecondsOption(
      *command, "--interval", options->intervalSeconds,
      "time between two tries: also print the probability over time");
  addKernelClassOption(*command, options->kernelClass);
  addClientOptions(*command, options->reuseaddr, options->bindAnyPort);
  addResultOptions(*command, options->result);
  command->callback([&chosen, options] {
    chosen = [options] { return runPredict(*options); };
  });
}

} // namespace selfconnect::cli
