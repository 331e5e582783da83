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

#include <memory>

namespace selfconnect::cli {
namespace {

struct Options {
  std::string target;
  std::string range = "host";
  std::string reserved;
  std::uint64_t tries = 0;    ///< 0: not asked for
  double intervalSeconds = 0; ///< likewise
  std::string kernelClass = "host";
  bool reuseaddr = false;
  bool bindAnyPort = false;
  ResultOptions result;
};

/// The answer, once the options are understood.
struct Answer {
  Target target;
  NamedRange range;
  ReservedPorts reserved;
  Prediction prediction;
  std::string reason;
};

Answer answer(const Options &options) {
  Answer result;
  result.target = resolveTarget(options.target);
  result.range = resolveRange(options.range);
  result.reserved = resolveReserved(options.reserved, result.range);
  unsigned port = *result.target.port;
  Drawing drawing;
  drawing.kernelClass = resolveKernelClass(options.kernelClass);
  if (options.bindAnyPort)
    drawing.source =
        options.reuseaddr ? SourcePort::BindAnyReuse : SourcePort::BindAny;
  result.prediction =
      predict(port, result.range.range, result.reserved, drawing);
  result.reason = describePort(result.prediction, port, result.range.range);
  if (auto otherHost =
          whyNotSameHost(*result.target.host, options.bindAnyPort)) {
    result.prediction = Prediction();
    result.prediction.kernelClass = drawing.kernelClass;
    result.reason = *otherHost;
  }
  return result;
}

/// The probability to meet itself within the tries asked for.
double withinTries(const Options &options, const TriesModel &model) {
  auto tries = static_cast<double>(options.tries);
  if (options.intervalSeconds > 0)
    return model.overTime(tries * options.intervalSeconds,
                          1 / options.intervalSeconds);
  return model.within(tries);
}

constexpr double hour = 3600;
constexpr double day = 24 * hour;

std::string toJsonText(const Options &options, const Answer &answer) {
  nlohmann::ordered_json json = {
      {"schema", 1},
      {"target", answer.target.str()},
      {"range", toJson(answer.range.range, answer.range.source)},
      {"reserved", toJson(answer.reserved)},
      {"prediction", toJson(answer.prediction)},
      {"reason", answer.reason}};
  const TriesModel &model = answer.prediction.tries;
  double rate = 1 / options.intervalSeconds; // used if there is an interval
  bool possible = answer.prediction.possible == Drawable::Yes;
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
  return jsonText(json);
}

std::string toText(const Options &options, const Answer &answer) {
  const Prediction &prediction = answer.prediction;
  std::string target = answer.target.str();
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

ExitCode run(const Options &options) {
  Output output(options.result.output);
  Answer result = answer(options);
  std::string report = options.result.json ? toJsonText(options, result)
                                           : toText(options, result);
  output.write(report);
  output.finish();
  return result.prediction.possible == Drawable::No ? ExitCode::Done
                                                    : ExitCode::Hazard;
}

} // namespace

void addPredictCommand(CLI::App &app, Command &chosen) {
  auto *command = app.add_subcommand(
      "predict", "Tells whether a client can self-connect, and how soon");
  auto options = std::make_shared<Options>();
  addTargetArgument(*command, options->target);
  addRangeOption(*command, options->range);
  addReservedOption(*command, options->reserved);
  addCountOption(*command, "--tries", options->tries,
                 "also the probability within so many tries");
  addSecondsOption(*command, "--interval", options->intervalSeconds,
                   "time between two tries: also the probability over time");
  addKernelClassOption(*command, options->kernelClass);
  addClientOptions(*command, options->reuseaddr, options->bindAnyPort);
  addResultOptions(*command, options->result);
  command->callback(
      [&chosen, options] { chosen = [options] { return run(*options); }; });
}

} // namespace selfconnect::cli
