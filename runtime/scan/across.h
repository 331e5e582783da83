//===- across.h - from one pass to the fixpoint -----------------*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef SELFCONNECT_SCAN_ACROSS_H
#define SELFCONNECT_SCAN_ACROSS_H

#include "fact_index.h"
#include "nolint.h"
#include "other_summaries.h"
#include "project_facts.h"
#include "scan_state.h"
#include "summary_folder.h"
#include "tidy_runner.h"
#include "unit.h"

#include <functional>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace selfconnect::scan {

/// What a unit depends on besides the files that its summary names.
struct Basis {
  std::string made;  ///< digest: command, program, configuration
  std::string asked; ///< digest: what changes findings and not the summary
};

/// Analyses units until what they tell each other does not change any more,
/// and keeps what was learnt in the folder of summaries.
///
/// A pass is deterministic however many jobs run at a time: all of its units
/// see what was known when it began. The first pass has two parts, so that the
/// files that call find what the files that connect have written.
class Across {
public:
  Across(SummaryFolder &folder, const std::vector<Unit> &units,
         std::function<Basis(const Unit &)> basis,
         OtherSummaries others = {});

  /// Takes up what an earlier scan left, and drops what is stale; with
  /// `isPruning`, too, what the database does not have any more.
  void load(bool isPruning);

  /// Runs those of `chosen` that are out of date, to the fixpoint. Whatever
  /// `run` throws leaves the folder fit for use.
  void settle(const std::vector<std::size_t> &chosen, const RunUnits &run);

  /// What was found in a unit, now or in an earlier scan.
  [[nodiscard]] UnitRun resultOf(std::size_t unit) const;
  /// Null if the unit has none.
  [[nodiscard]] const Summary *summaryOf(std::size_t unit) const;
  /// What all that is known of the project says, in this scan or an earlier
  /// one.
  [[nodiscard]] ProjectFacts facts() const;
  /// The findings in it that a NOLINT hides.
  [[nodiscard]] std::vector<HiddenFinding> hiddenIn(std::size_t unit) const;
  /// The files that the unit was made from, absolute.
  [[nodiscard]] std::set<std::string> sourcesOf(std::size_t unit) const;
  /// Whether `unit` asks for something that one of `others` tells.
  [[nodiscard]] bool asks(std::size_t unit,
                          const std::set<std::size_t> &others) const;

  [[nodiscard]] unsigned passes() const { return passes_; }
  [[nodiscard]] bool isUnsettled() const { return !index_.withheld().empty(); }
  /// One line each for people: summaries that could not be read.
  std::vector<std::string> takeWarnings() {
    return std::exchange(warnings_, {});
  }

private:
  struct Finished {
    std::size_t unit;
    UnitRun run;
    Summary summary;
    Seen seen;
  };

  std::string madeOf(const std::string &id, const Summary &summary,
                     FileDigests::Time since = FileDigests::Time::max());
  std::string sourcePath(const Summary &summary,
                         const std::string &include) const;
  bool isNew(std::size_t unit) const;
  bool hasOtherAnswers(std::size_t unit) const;
  std::vector<std::vector<std::size_t>>
  parts(const std::vector<std::size_t> &units) const;
  void runPart(const std::vector<std::size_t> &units, const RunUnits &run);
  void absorb(std::vector<std::pair<std::size_t, UnitRun>> runs);
  void file(const Finished &finished);
  void drop(const std::string &id);
  void writeChangedNames();
  void saveState(bool isFiling);
  std::string contentDigest(const std::string &id) const;

  SummaryFolder &folder_;
  const std::vector<Unit> &units_;
  std::map<std::string, std::size_t> byId_;
  std::map<std::string, Basis> bases_;
  ScanState state_;
  OtherSummaries others_;
  FactIndex index_;
  std::map<std::string, Summary> summaries_; ///< of units in state_
  std::map<std::size_t, UnitRun> runs_;      ///< of this scan
  std::vector<std::string> warnings_;
  unsigned passes_ = 0;
};

} // namespace selfconnect::scan

#endif // SELFCONNECT_SCAN_ACROSS_H
