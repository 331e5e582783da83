//===- range_command.cpp - selfconnect range ------------------------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "range_command.h"

#include "common_options.h"
#include "output.h"

#include "selfconnect/json_text.h"

#include <fmt/format.h>

#include <memory>

namespace selfconnect::cli {
namespace {

/// What this machine has and permits.
struct Environment {
  NamedRange range = resolveRange("host");
  ReservedPorts reserved = resolveReserved("host", range);
  unsigned candidates = predict(range.range.low, range.range, {}).candidates;
  const char *preferred = range.range.low % 2 == 0 ? "even" : "odd";
  Calibration calibration = calibrateKernel();
  std::optional<std::string> noNamespace = whyNoNamespace();
  std::vector<std::string> netnsMethods;
  std::vector<std::string> hostMethods = {methodName(Method::Natural)};

  Environment() {
    if (!noNamespace)
      for (Method method : {Method::Natural, Method::Forced, Method::Exhausted})
        netnsMethods.emplace_back(methodName(method));
    if (hasPortRangeOption())
      hostMethods.emplace_back(methodName(Method::Forced));
  }
};

nlohmann::ordered_json toJson(const Calibration &calibration) {
  nlohmann::ordered_json strides = nlohmann::ordered_json::object();
  for (const auto &[stride, count] : calibration.strides)
    strides[std::to_string(stride)] = count;
  auto textOrNull = [](const std::string &text) {
    return text.empty() ? nlohmann::ordered_json(nullptr)
                        : nlohmann::ordered_json(text);
  };
  return {{"class", textOrNull(calibration.kernelClass
                                   ? kernelClassName(*calibration.kernelClass)
                                   : "")},
          {"isolation", isolationName(calibration.isolation)},
          {"strides", strides},
          {"failure", textOrNull(calibration.failure)}};
}

/// "E: 1 to 8 candidates on, at random (...)"
std::string describe(const Calibration &calibration) {
  if (!calibration.failure.empty())
    return "unknown: " + calibration.failure;
  if (!calibration.kernelClass)
    return "unknown: the source ports of refused connections fit no class, "
           "perhaps because other programs connect as well";
  return fmt::format("{}: {}", kernelClassName(*calibration.kernelClass),
                     describeKernelClass(*calibration.kernelClass));
}

std::string toJsonText(const Environment &here) {
  nlohmann::ordered_json json = {
      {"schema", 1},
      {"range", toJson(here.range.range, here.range.source)},
      {"reserved", toJson(here.reserved)},
      {"preferred", here.preferred},
      {"candidates", here.candidates},
      {"kernel", kernelRelease()},
      {"calibration", toJson(here.calibration)},
      {"methods", {{"netns", here.netnsMethods}, {"host", here.hostMethods}}},
      {"netns_refused", here.noNamespace
                            ? nlohmann::ordered_json(*here.noNamespace)
                            : nlohmann::ordered_json(nullptr)}};
  return jsonText(json);
}

std::string join(const std::vector<std::string> &words) {
  return fmt::format("{}", fmt::join(words, ", "));
}

std::string toText(const Environment &here) {
  std::string reserved = here.reserved.str();
  return fmt::format(
      "range      {}\n"
      "reserved   {}\n"
      "preferred  {} ports, {} of them\n"
      "kernel     {}\n"
      "class      {}\n"
      "methods    with --isolation=netns: {}\n"
      "           with --isolation=host: {}\n",
      here.range.range.str(), reserved.empty() ? "none" : reserved,
      here.preferred, here.candidates, kernelRelease(),
      describe(here.calibration),
      here.noNamespace ? "none: " + *here.noNamespace : join(here.netnsMethods),
      join(here.hostMethods));
}

ExitCode runRange(const ResultOptions &options) {
  Output output(options.output);
  Environment here;
  std::string report = options.json ? toJsonText(here) : toText(here);
  output.write(report);
  output.finish();
  return ExitCode::Done;
}

} // namespace

void addRangeCommand(CLI::App &app, Command &chosen) {
  auto *command = app.add_subcommand(
      "range", "Shows this machine's ephemeral port range, and which methods "
               "of reproduce it permits");
  auto options = std::make_shared<ResultOptions>();
  addResultOptions(*command, *options);
  command->callback([&chosen, options] {
    chosen = [options] { return runRange(*options); };
  });
}

} // namespace selfconnect::cli
