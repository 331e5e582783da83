//===- report_options.h - what becomes of findings --------------*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The options of all commands that report on findings, in a group of their own
/// in --help: the forms of the report, the baseline, what the run fails on.
///
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_CLI_REPORT_OPTIONS_H
#define SELFCONNECT_CLI_REPORT_OPTIONS_H

#include "common_options.h"

#include "selfconnect/report_session.h"

#include <CLI/CLI.hpp>

namespace selfconnect::cli {

/// --json, --output, --github, --sarif and so on. What is handed in has to
/// outlive the parsing.
void addReportOptions(CLI::App &app, ReportOptions &options,
                      ResultOptions &result);

/// The version of the command, and the command as it was called; main() sets
/// it.
void setCommandLine(int argc, const char *const *argv);

/// What the reports say of this run.
RunInfo runInfo(std::vector<JudgedRange> ranges);

} // namespace selfconnect::cli

#endif // SELFCONNECT_CLI_REPORT_OPTIONS_H
