//===- confirm_command.h - selfconnect confirm ------------------*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_CLI_CONFIRM_COMMAND_H
#define SELFCONNECT_CLI_CONFIRM_COMMAND_H

#include "command.h"
#include "common_options.h"
#include "output.h"
#include "report_options.h"
#include "terminal.h"

#include "selfconnect/verdict.h"

#include <algorithm>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace selfconnect::cli {

/// How findings get their verdicts and what becomes of them: what `confirm` and
/// `scan` share.
struct ConfirmOptions {
  std::vector<std::string> ranges = {"host"};
  std::string reserved;
  std::string assume;
  std::string otherHalf = "forced";
  LoopOptions loop; ///< isolation and timeout of it
  std::string kernelClass = "host";
  std::uint64_t jobs = std::max(std::thread::hardware_concurrency(), 1U);
  ReportOptions reports;
  ResultOptions result;
  Colour colour = Colour::Auto;
};

void addConfirmOptions(CLI::App &command, ConfirmOptions &options);

/// Reads what the options say. Throws InputError or EnvironmentError.
JudgeOptions judgeOptions(const ConfirmOptions &options);

/// The files of all reports, begun at once: what cannot be written is to be
/// known before the work.
class ReportFiles {
public:
  explicit ReportFiles(const ConfirmOptions &options);

  /// Ahead of the report that is printed.
  void print(std::string_view text) { printed_->write(text); }
  /// What was printed stands for the report that is printed else.
  void omitPrintedReport() { isOmitted_ = true; }
  /// Hands the files out, each once.
  ReportFile take(const std::string &file);

private:
  std::map<std::string, std::shared_ptr<Output>> begun_;
  std::shared_ptr<Output> printed_;
  bool isOmitted_ = false;
};

/// A verdict each, and the reports. `files` is what the JSON says of the files
/// that were analysed; null if that is not known.
ExitCode confirm(Findings findings, const JudgeOptions &judging,
                 const ConfirmOptions &options, ReportFiles &into,
                 nlohmann::ordered_json files = nullptr);

/// The same reports without verdicts; fails on what is found.
ExitCode reportUnjudged(Findings findings, const ConfirmOptions &options,
                        ReportFiles &into,
                        nlohmann::ordered_json files = nullptr);

void addConfirmCommand(CLI::App &app, Command &chosen);

} // namespace selfconnect::cli

#endif // SELFCONNECT_CLI_CONFIRM_COMMAND_H
