//===- confirm_command.cpp - selfconnect confirm --------------------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "confirm_command.h"

#include "reproduce_command.h"

#include <fmt/format.h>

#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace selfconnect::cli {

JudgeOptions judgeOptions(const ConfirmOptions &options) {
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

namespace {

/// One line that is written over while the runs go on, on a terminal only.
void showProgress(std::size_t done, std::size_t all) {
  if (!showsProgress())
    return;
  showProgressLine(
      done < all ? fmt::format("selfconnect: {} of {} runs done", done, all)
                 : "");
}

ReportSession makeSession(const ConfirmOptions &options, RunInfo info,
                          ReportFiles &into) {
  ReportOptions reports = options.reports;
  reports.json = options.result.json;
  const OpenReport open = [&into](const std::string &file) {
    return into.take(file);
  };
  return {reports, std::move(info), options.result.output, open,
          wantsColour(options.colour, options.result.output)};
}

/// Warns of what is odd and hides what is known.
void begin(ReportSession &session, Findings &read) {
  for (const std::string &warning : read.warnings)
    printWarning("read findings: " + warning);
  for (const std::string &line : session.begin(read))
    printWarning(line);
}

ExitCode end(ReportSession &session) {
  const Summary &summary = session.end();
  if (session.fails())
    return ExitCode::Hazard;
  return summary.count(VerdictKind::NotRun) ? ExitCode::Environment
                                            : ExitCode::Done;
}

} // namespace

ReportFiles::ReportFiles(const ConfirmOptions &options) {
  const ReportOptions &reports = options.reports;
  printed_ = std::make_shared<Output>(options.result.output);
  begun_.emplace(options.result.output, printed_);
  for (const std::string &file : {reports.sarif, reports.junit, reports.gitlab,
                                  reports.html, reports.writeBaseline})
    if (!file.empty() && !begun_.contains(file))
      begun_.emplace(file, std::make_shared<Output>(file));
}

ReportFile ReportFiles::take(const std::string &file) {
  auto begun = begun_.extract(file);
  // A name that is asked for twice is two files, of which the last one stays.
  const auto output = begun ? begun.mapped() : std::make_shared<Output>(file);
  const bool isOmitted = isOmitted_ && output == printed_;
  return {[output, isOmitted](std::string_view text) {
            if (!isOmitted)
              output->write(text);
          },
          [output] { output->finish(); }, [output] { output->flush(); }};
}

ExitCode confirm(Findings read, const JudgeOptions &judging,
                 const ConfirmOptions &options, ReportFiles &into,
                 nlohmann::ordered_json files) {
  RunInfo info = runInfo(judging.ranges);
  info.files = std::move(files);
  ReportSession session = makeSession(options, std::move(info), into);
  begin(session, read);
  judge(std::move(read.findings), judging,
        processRunner(static_cast<unsigned>(options.jobs), showProgress),
        [&](JudgedFinding judged) { session.finding(std::move(judged)); });
  return end(session);
}

ExitCode reportUnjudged(Findings read, const ConfirmOptions &options,
                        ReportFiles &into, nlohmann::ordered_json files) {
  RunInfo info = runInfo({});
  info.files = std::move(files);
  ConfirmOptions unjudged = options;
  if (unjudged.reports.failOn != FailOn::Never) // nothing is confirmed
    unjudged.reports.failOn = FailOn::Found;
  ReportSession session = makeSession(unjudged, std::move(info), into);
  begin(session, read);
  for (Finding &finding : read.findings)
    session.finding({std::move(finding), {}});
  return end(session);
}

void addConfirmOptions(CLI::App &command, ConfirmOptions &options) {
  addRangesOption(command, options.ranges);
  addReservedOption(command, options.reserved);
  command
      .add_option("--assume", options.assume,
                  "the host and port to assume for findings that do not have "
                  "them: 127.0.0.1:33334, or 127.0.0.1:PORT for the host alone")
      ->type_name("HOST:PORT");
  command
      .add_option("--method", options.otherHalf,
                  "how a port outside the preferred half is shown: forced "
                  "(every other port reserved) or exhausted (the preferred "
                  "half reserved, as on a busy host)")
      ->check(CLI::IsMember({"forced", "exhausted"}))
      ->capture_default_str();
  addIsolationOption(command, options.loop);
  addTimeoutOption(command, options.loop);
  addKernelClassOption(command, options.kernelClass);
  addCountOption(command, "-j,--jobs", options.jobs, "runs at a time", 256)
      ->default_str("one per processor");
  addReportOptions(command, options.reports, options.result);
  addColourOption(command, options.colour);
}

void addConfirmCommand(CLI::App &app, Command &chosen) {
  auto *command = app.add_subcommand(
      "confirm", "Gives each finding of clang-tidy a verdict, by trying it");
  struct Options {
    std::vector<std::string> files;
    ConfirmOptions confirm;
  };
  auto options = std::make_shared<Options>();
  command
      ->add_option("files", options->files,
                   "what clang-tidy -export-fixes or run-clang-tidy wrote, or "
                   "clang-tidy's text; a folder with such YAML; - is standard "
                   "input")
      ->type_name("FILE...")
      ->required();
  addConfirmOptions(*command, options->confirm);
  command->callback([&chosen, options] {
    chosen = [options] {
      ReportFiles into(options->confirm);
      const JudgeOptions judging = judgeOptions(options->confirm);
      return confirm(readFindings(options->files, parseReproduceNote), judging,
                     options->confirm, into);
    };
  });
}

} // namespace selfconnect::cli
