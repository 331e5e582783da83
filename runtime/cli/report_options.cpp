//===- report_options.cpp - what becomes of findings ----------------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "report_options.h"

#include <map>
#include <string>
#include <utility>
#include <vector>

namespace selfconnect::cli {
namespace {

std::vector<std::string> &commandLine() {
  static std::vector<std::string> arguments;
  return arguments;
}

CLI::Option *addFile(CLI::App &app, const char *name, std::string &file,
                     const char *help) {
  return app.add_option(name, file, help)
      ->type_name("FILE")
      ->group("Reports")
      ->check(CLI::Validator(
          [](const std::string &text) {
            return text.empty() ? std::string("needs the name of a file")
                                : std::string();
          },
          ""));
}

} // namespace

void setCommandLine(int argc, const char *const *argv) {
  commandLine().assign(argv, argv + argc);
  if (argc > 0) // where it stands differs from machine to machine
    commandLine().front() = "selfconnect";
}

RunInfo runInfo(std::vector<JudgedRange> ranges) {
  return {std::move(ranges), kernelRelease(), SELFCONNECT_VERSION,
          commandLine(), nullptr};
}

void addReportOptions(CLI::App &app, ReportOptions &options,
                      ResultOptions &result) {
  const char *const reports = "Reports";
  CLI::Option *json = addResultOptions(app, result);
  app.add_flag("--github", options.github,
               "print annotations of GitHub Actions instead of text, at most "
               "ten of a kind")
      ->excludes(json)
      ->group(reports);
  addFile(app, "--sarif", options.sarif,
          "write SARIF 2.1.0, for GitHub code scanning and others");
  app.add_option_function<std::string>(
         "--sarif-include",
         [&options](const std::string & /*refuted*/) {
           options.sarifRefuted = true;
         },
         "refuted: also list refuted findings in the SARIF file, as passed")
      ->check(CLI::IsMember({"refuted"}))
      ->type_name("VERDICT")
      ->group(reports);
  addFile(app, "--junit", options.junit,
          "write JUnit's XML, a test case per finding and range");
  addFile(app, "--gitlab", options.gitlab,
          "write GitLab's code quality report");
  addFile(app, "--html", options.html,
          "write a page for people: one file that needs no others");
  app.add_option("--source-root", options.sourceRoot,
                 "the folder that paths in these files are relative to "
                 "(default: the current one)")
      ->type_name("DIR")
      ->group(reports);
  app.add_flag("--stable", options.stable,
               "leave out tries and times, which differ from run to run")
      ->group(reports);
  addFile(app, "--baseline", options.baseline,
          "hide the findings listed in this file; only others make the exit "
          "code 1");
  addFile(app, "--write-baseline", options.writeBaseline,
          "write a list of all findings to this file");
  static const std::map<std::string, FailOn> events{
      {"confirmed", FailOn::Confirmed},
      {"when-exhausted", FailOn::WhenExhausted},
      {"found", FailOn::Found},
      {"never", FailOn::Never}};
  app.add_option_function<std::string>(
         "--fail-on",
         [&options](const std::string &event) {
           options.failOn = events.at(event);
         },
         "what makes the exit code 1: confirmed, when-exhausted (these as "
         "well; the default), found (any finding), never")
      ->check(CLI::IsMember({"confirmed", "when-exhausted", "found", "never"}))
      ->type_name("EVENT")
      ->group(reports);
}

} // namespace selfconnect::cli
