//===- report.h - verdicts for people and for machines ----------*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// A report is a text made of the same data in one form or another. One form,
/// one function, one file in runtime/report/.
///
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_REPORT_H
#define SELFCONNECT_REPORT_H

#include "selfconnect/verdict.h"

#include <map>
#include <string>
#include <vector>

namespace selfconnect {

/// What is reported on.
struct Report {
  std::vector<JudgedRange> ranges;
  std::vector<JudgedFinding> findings;
  std::map<std::string, unsigned> skipped; ///< Findings::skipped

  /// How many verdicts of that kind there are, over all ranges.
  [[nodiscard]] unsigned count(VerdictKind kind) const;
};

/// For a terminal or a log: each finding like a compiler message, its verdicts
/// below it, a summary at the end.
std::string textReport(const Report &report, bool colour);

/// `confirm --json`.
std::string jsonReport(const Report &report);

} // namespace selfconnect

#endif // SELFCONNECT_REPORT_H
