//===- report_session.h - from findings to reports --------------*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// What every command that reports on findings does with them: it gives them
/// identities, hides those that a baseline knows, writes the reports that are
/// asked for, and says whether there is anything to fail on.
///
///   ReportSession session(options, info, "", open, colour);
///   session.begin(findings);  // then judge what is left of them
///   session.finding(judged);  // for each
///   session.end();
///
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_REPORT_SESSION_H
#define SELFCONNECT_REPORT_SESSION_H

#include "selfconnect/report.h"

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace selfconnect {

/// What a run is to fail on.
enum class FailOn {
  Confirmed,     ///< a finding that is confirmed
  WhenExhausted, ///< or one that is confirmed when the range is exhausted
  Found,         ///< any finding, whatever its verdict
  Never
};

/// A report on its way into a file, or to standard output.
struct ReportFile {
  Write write;
  std::function<void()> finish; ///< throws where something is not written
  /// Likewise, but an older file is as it was until finish().
  std::function<void()> flush = {};
};
/// Opens one; throws where that cannot be. "" and "-" are standard output.
using OpenReport = std::function<ReportFile(const std::string &file)>;

struct ReportOptions {
  bool json = false;   ///< instead of text
  bool github = false; ///< likewise: annotations
  // Files; empty for those that are not asked for.
  std::string sarif;
  std::string junit;
  std::string gitlab;
  std::string html;
  bool sarifRefuted = false; ///< --sarif-include refuted
  std::string sourceRoot;    ///< what paths are relative to; "": here
  bool stable = false;       ///< without tries and times
  std::string baseline;      ///< findings that are known
  std::string writeBaseline; ///< where to write those there are now
  FailOn failOn = FailOn::WhenExhausted;

  // What only the caller can know.
  /// Files that had another name when the baseline was written: new, old;
  /// absolute.
  std::map<std::string, std::string> renamed;
  /// Whether findings of that file, as reports name it, could have come up; if
  /// not set: of all.
  std::function<bool(const std::string &path)> covers;
};

class ReportSession {
public:
  /// Opens all files, so that one that cannot be written is known before the
  /// work. `output` is the file for the printed report.
  ReportSession(const ReportOptions &options, RunInfo info,
                const std::string &output, const OpenReport &open, bool colour);
  ~ReportSession();
  ReportSession(const ReportSession &) = delete;
  ReportSession &operator=(const ReportSession &) = delete;

  /// Removes the findings of the baseline from `read`. Returns lines for
  /// people: the entries of the baseline that match nothing.
  std::vector<std::string> begin(Findings &read);
  void finding(JudgedFinding judged);
  /// Puts all files in place; returns the totals.
  const Summary &end();

  /// By the totals, whether there is what the run is to fail on.
  [[nodiscard]] bool fails() const;

private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

} // namespace selfconnect

#endif // SELFCONNECT_REPORT_SESSION_H
