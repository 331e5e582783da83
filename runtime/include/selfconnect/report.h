//===- report.h - verdicts for people and for machines ----------*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// A report is written finding by finding, so that no number of findings fills
/// the memory. One form, one class behind Reporter, one file in
/// runtime/report/:
///
///   Reports reports;
///   reports.add(textReporter(write, colour));
///   reports.begin(info);
///   for (...)
///     reports.finding(judged);
///   reports.end(skipped);
///
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_REPORT_H
#define SELFCONNECT_REPORT_H

#include "selfconnect/verdict.h"

#include <nlohmann/json.hpp>

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace selfconnect {

/// Where a report goes. Throws when it cannot be written.
using Write = std::function<void(std::string_view)>;

/// What is the same for all findings of a run.
struct RunInfo {
  std::vector<JudgedRange> ranges;
  std::string kernel;               ///< "6.1.0-18-amd64"
  std::string version;              ///< of selfconnect
  std::vector<std::string> command; ///< as it was called
  /// Of `scan`: what was analysed, as its JSON says it; else null.
  nlohmann::ordered_json files;
};

/// What is known when all findings are through.
struct Summary {
  std::size_t findings = 0;
  /// Over all ranges, without those of suppressed findings.
  std::map<VerdictKind, std::size_t> verdicts;
  std::size_t suppressed = 0; ///< findings
  /// What was read and is not among the findings, by reason: Findings::skipped
  /// and "known", which a baseline has.
  std::map<std::string, unsigned> skipped;

  /// How many verdicts of that kind there are.
  [[nodiscard]] std::size_t count(VerdictKind kind) const;
};

/// One form of report. begin(), then finding() for each, then end().
class Reporter {
public:
  Reporter() = default;
  Reporter(const Reporter &) = delete;
  Reporter &operator=(const Reporter &) = delete;
  virtual ~Reporter() = default;

  virtual void begin(const RunInfo &info) = 0;
  virtual void finding(const JudgedFinding &judged) = 0;
  virtual void end(const Summary &summary) = 0;
};

/// Several forms of one run, and what they have to count.
class Reports {
public:
  void add(std::unique_ptr<Reporter> reporter);

  void begin(const RunInfo &info);
  void finding(const JudgedFinding &judged);
  /// Returns the totals.
  const Summary &end(std::map<std::string, unsigned> skipped);

private:
  std::vector<std::unique_ptr<Reporter>> reporters_;
  Summary summary_;
};

/// For a terminal or a log: each finding like a compiler message, its verdicts
/// below it, a summary at the end.
std::unique_ptr<Reporter> textReporter(Write write, bool colour);

/// `confirm --json`.
std::unique_ptr<Reporter> jsonReporter(Write write);

struct SarifOptions {
  std::string sourceRoot;      ///< what URIs are relative to; "": here
  bool includeRefuted = false; ///< as results of kind "pass"
  bool isNew = false;          ///< a baseline has hidden what was known
};
/// SARIF 2.1.0, at most what GitHub takes, the worst first.
std::unique_ptr<Reporter> sarifReporter(Write write,
                                        const SarifOptions &options);

/// JUnit's XML: a test case per finding and environment.
std::unique_ptr<Reporter> junitReporter(Write write,
                                        const std::string &sourceRoot);
/// GitLab's code quality report.
std::unique_ptr<Reporter> gitlabReporter(Write write,
                                         const std::string &sourceRoot);
/// A page for people, with all it needs.
std::unique_ptr<Reporter> htmlReporter(Write write,
                                       const std::string &sourceRoot);
/// Annotations of GitHub Actions, for stdout.
std::unique_ptr<Reporter> githubReporter(Write write,
                                         const std::string &sourceRoot);

} // namespace selfconnect

#endif // SELFCONNECT_REPORT_H
