//===- verdict.h - what became of a finding ---------------------*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// A finding says that code can connect to itself; a verdict says whether it
/// does, on a given ephemeral port range. What arithmetic can settle is settled
/// by arithmetic; the rest is run.
///
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_VERDICT_H
#define SELFCONNECT_VERDICT_H

#include "selfconnect/findings.h"
#include "selfconnect/reproduce.h"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace selfconnect {

enum class VerdictKind {
  Confirmed,              ///< the loop as it is met itself
  ConfirmedWhenExhausted, ///< it does once the preferred half is used up
  Refuted,                ///< it cannot
  Unknown,                ///< the finding does not say HOST or PORT, or the
                          ///< range is that of another system
  NotRun                  ///< this environment could not tell
};
inline constexpr VerdictKind allVerdictKinds[] = {
    VerdictKind::Confirmed, VerdictKind::ConfirmedWhenExhausted,
    VerdictKind::Refuted, VerdictKind::Unknown, VerdictKind::NotRun};
/// "confirmed", "confirmed-when-exhausted", "refuted", "unknown", "not-run".
const char *verdictName(VerdictKind kind);

/// What a run told.
struct RunAnswer {
  enum class Kind {
    Ran,
    NoEnvironment, ///< EnvironmentError; reason is its text
    BadOptions     ///< InputError; likewise
  };
  Kind kind = Kind::Ran;
  Outcome outcome = Outcome::NotReproduced;
  std::string reason;
  std::uint64_t tries = 0;
  double seconds = 0;
  std::optional<Evidence> evidence; ///< of a self-connect
};

/// Answers a list of questions, in their order.
using Runner = std::function<std::vector<RunAnswer>(
    const std::vector<ReproduceOptions> &)>;

/// A range to judge on.
struct JudgedRange {
  PortRange range;
  std::string source; ///< what the user wrote: "host", "linux"
  ReservedPorts reserved;
  std::string name = {}; ///< what the user calls it; empty if nothing
};

struct Verdict {
  JudgedRange range;
  VerdictKind kind = VerdictKind::NotRun;
  std::string reason;            ///< one line
  std::optional<Target> assumed; ///< what was taken for HOST or PORT
  std::optional<Method> method;  ///< of the run, if there was one
  std::uint64_t tries = 0;
  std::optional<std::uint64_t> triesPerCall; ///< of a loop with a bound
  double seconds = 0;
  std::optional<Evidence> evidence; ///< of a self-connect
};

struct JudgedFinding {
  Finding finding;
  std::vector<Verdict> verdicts; ///< one per range, in their order
};

struct JudgeOptions {
  std::vector<JudgedRange> ranges;
  Target assume; ///< what stands for HOST and PORT, as far as it is known
  /// How a port of the other half is shown: Forced or Exhausted.
  Method otherHalf = Method::Forced;
  Isolation isolation = Isolation::Netns;
  KernelClass kernelClass = KernelClass::E; ///< see calibrateKernel()
  std::chrono::milliseconds timeout{60000};
};

/// Takes the judged findings, one after the other.
using JudgedSink = std::function<void(JudgedFinding)>;

/// A verdict per finding and range, none for what is silenced, handed on in the
/// order of the findings when all runs are done. Findings with the same target
/// and socket share one run per range. Throws reproduce's InputError when the
/// options cannot be run as they are.
void judge(std::vector<Finding> findings, const JudgeOptions &options,
           const Runner &run, const JudgedSink &sink);
/// The same as a list.
std::vector<JudgedFinding> judge(std::vector<Finding> findings,
                                 const JudgeOptions &options,
                                 const Runner &run);

/// Called as runs end: how many of how many.
using RunProgress = std::function<void(std::size_t done, std::size_t all)>;

/// A Runner that calls reproduce(), `jobs` at a time, each in a process of its
/// own.
Runner processRunner(unsigned jobs, RunProgress progress = {});

} // namespace selfconnect

#endif // SELFCONNECT_VERDICT_H
