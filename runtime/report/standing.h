//===- standing.h - how bad a finding is, over all environments -*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_REPORT_STANDING_H
#define SELFCONNECT_REPORT_STANDING_H

#include "selfconnect/report.h"

#include <array>
#include <string>
#include <vector>

namespace selfconnect {

/// What a finding comes to, the worst first.
enum class Standing {
  Confirmed,     ///< in at least one environment
  WhenExhausted, ///< likewise
  Found,         ///< not put to the proof
  Unknown,
  NotRun,
  Suppressed, ///< silenced in the source code
  Refuted     ///< in all environments
};
inline constexpr std::array allStandings = {
    Standing::Confirmed, Standing::WhenExhausted, Standing::Found,
    Standing::Unknown,   Standing::NotRun,        Standing::Suppressed,
    Standing::Refuted};

Standing standingOf(const JudgedFinding &judged);

/// "confirmed", "confirmed-when-exhausted", "found", ...
const char *standingName(Standing standing);

/// Whether something is to be said of it where only faults are listed.
bool isFault(Standing standing);

/// What people call the environment of a range: "linux", "32769-60999".
std::string environmentName(const JudgedRange &range);

/// "confirmed on linux (32768-60999): the loop connected to itself at try 12"
std::string verdictSentence(const Verdict &verdict);

/// The same of several: environments that agree share a sentence, "refuted on
/// linux (32768-60999), windows (49152-65535): a remote host".
std::vector<std::string> verdictSentences(const std::vector<Verdict> &verdicts);

} // namespace selfconnect

#endif // SELFCONNECT_REPORT_STANDING_H
