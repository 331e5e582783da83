//===- project_facts.h - what summaries say of a project --------*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// What a scan has to know of rows, to put the findings of a project together:
/// who holds a retry cycle whole, and who calls it.
///
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_SCAN_PROJECT_FACTS_H
#define SELFCONNECT_SCAN_PROJECT_FACTS_H

#include "nolint.h"
#include "source_place.h"
#include "summary.h"

#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace selfconnect::scan {

/// A function that repeats an attempt by itself.
struct CycleHolder {
  std::string usr;
  std::string name;
  SourcePlace at;            ///< its definition
  SourcePlace loop;          ///< may be in another function
  std::set<SourcePlace> way; ///< from it down to the attempt
};

/// What the checks said of a call of such a function.
struct CycleCall {
  enum class Said { Unknown, Harmless, Reported };
  SourcePlace at;
  Said said = Said::Unknown;
};

struct ProjectFacts {
  /// A file of a summary as an absolute path.
  using Resolve = std::function<std::string(const std::string &)>;

  void add(const Summary &summary, const Resolve &resolve);

  std::vector<CycleHolder> holders;
  std::map<std::string, std::vector<CycleCall>> calls; ///< by USR
  std::set<SourcePlace> hidden; ///< findings that a NOLINT hides

private:
  void addRow(const nlohmann::json &row, const Resolve &resolve);
};

/// What NOLINT comments hide, as the summary tells of it: findings, and what
/// callers find no more where the comment stands at the attempt itself.
std::vector<HiddenFinding> hiddenFindings(const Summary &summary,
                                          const ProjectFacts::Resolve &resolve);

} // namespace selfconnect::scan

#endif // SELFCONNECT_SCAN_PROJECT_FACTS_H
