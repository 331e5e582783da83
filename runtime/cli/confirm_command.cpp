//===- confirm_command.cpp - selfconnect confirm --------------------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "confirm_command.h"

#include "common_options.h"
#include "output.h"
#include "reproduce_command.h"

#include "selfconnect/report.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string_view>
#include <thread>
#include <unistd.h>

namespace selfconnect::cli {
namespace {

struct Options {
  std::vector<std::string> files;
  std::vector<std::string> ranges;
  std::string reserved;
  std::string assume;
  std::string otherHalf = "forced";
  LoopOptions loop; ///< isolation and timeout of it
  std::string kernelClass = "host";
  std::uint64_t jobs = std::max(std::thread::hardware_concurrency(), 1U);
  ResultOptions result;
};

JudgeOptions judgeOptions(const Options &options) {
  JudgeOptions judge;
  for (const NamedRange &range : resolveRanges(options.ranges))
    judge.ranges.push_back({range.range, range.source,
                            resolveReserved(options.reserved, range),
                            range.name});
  if (!options.assume.empty()) {
    std::string error;
    const auto target = parseTarget(options.assume, error);
    if (!target)
      throw InputError("--assume: " + error);
    judge.assume = *target;
  }
  judge.otherHalf = parseMethod(options.otherHalf).value();
  ReproduceOptions loop;
  options.loop.applyTo(loop);
  judge.isolation = loop.isolation;
  judge.timeout = loop.timeout;
  judge.kernelClass = resolveKernelClass(options.kernelClass);
  return judge;
}

/// One line that is written over while the runs go on, on a terminal only.
void showProgress(std::size_t done, std::size_t all) {
  if (!::isatty(STDERR_FILENO))
    return;
  if (done < all)
    std::fprintf(stderr, "\rselfconnect: %zu of %zu runs done\x1b[K", done,
                 all);
  else
    std::fprintf(stderr, "\r\x1b[K");
}

bool wantsColour() {
  const char *terminal = std::getenv("TERM");
  return ::isatty(STDOUT_FILENO) && !std::getenv("NO_COLOR") && terminal &&
         std::string_view(terminal) != "dumb";
}

ExitCode exitCodeFor(const Report &report) {
  if (report.count(VerdictKind::Confirmed) ||
      report.count(VerdictKind::ConfirmedWhenExhausted))
    return ExitCode::Hazard;
  return report.count(VerdictKind::NotRun) ? ExitCode::Environment
                                           : ExitCode::Done;
}

ExitCode run(const Options &options) {
  Output output(options.result.output);
  const JudgeOptions judging = judgeOptions(options);
  Findings read = readFindings(options.files, parseReproduceNote);
  for (const std::string &warning : read.warnings)
    printWarning("read findings: " + warning);

  Report report;
  report.ranges = judging.ranges;
  report.skipped = std::move(read.skipped);
  report.findings =
      judge(std::move(read.findings), judging,
            processRunner(static_cast<unsigned>(options.jobs), showProgress));
  output.write(options.result.json ? jsonReport(report)
                                   : textReport(report, wantsColour()));
  output.finish();
  return exitCodeFor(report);
}

} // namespace

void addConfirmCommand(CLI::App &app, Command &chosen) {
  auto *command = app.add_subcommand(
      "confirm", "Puts clang-tidy's findings to the proof, a verdict each");
  auto options = std::make_shared<Options>();
  options->ranges = {"host"};
  command
      ->add_option("files", options->files,
                   "what clang-tidy -export-fixes or run-clang-tidy wrote, or "
                   "clang-tidy's text; a folder with such YAML; - is standard "
                   "input")
      ->type_name("FILE...")
      ->required();
  addRangesOption(*command, options->ranges);
  addReservedOption(*command, options->reserved);
  command
      ->add_option("--assume", options->assume,
                   "what to take where a finding does not know its host or "
                   "port: 127.0.0.1:33334, or 127.0.0.1:PORT for the host "
                   "alone")
      ->type_name("HOST:PORT");
  command
      ->add_option("--method", options->otherHalf,
                   "how a port outside the preferred half is shown: forced "
                   "(every other port reserved) or exhausted (the preferred "
                   "half reserved, as on a busy host)")
      ->check(CLI::IsMember({"forced", "exhausted"}))
      ->capture_default_str();
  addIsolationOption(*command, options->loop);
  addTimeoutOption(*command, options->loop);
  addKernelClassOption(*command, options->kernelClass);
  addCountOption(*command, "-j,--jobs", options->jobs, "runs at a time", 256)
      ->default_str("one per processor");
  addResultOptions(*command, options->result);
  command->callback(
      [&chosen, options] { chosen = [options] { return run(*options); }; });
}

} // namespace selfconnect::cli
