//===- Learner.h - makes the summaries of this file -------------*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

///
/// \file
/// What a translation unit has to say to others: of each of its functions that
/// others can call what it does with TCP, in their words.
///
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_CHECKS_ANALYSIS_LEARN_LEARNER_H
#define SELFCONNECT_CHECKS_ANALYSIS_LEARN_LEARNER_H

#include "../code/TranslationUnit.h"
#include "../summary/Summary.h"
#include <functional>

namespace clang {
namespace tidy {
namespace selfconnect {

struct LearnOptions {
  /// The file of a place, as the summary names it; "" for one that it does not.
  std::function<std::string(llvm::StringRef)> NameFile;
  /// Whether a NOLINT hides a finding of Check at that place.
  std::function<bool(SourceLocation, llvm::StringRef Check)> IsSuppressed;
  std::vector<std::string> ExtraGuards;
};

/// The rows of all functions of the file, and the files that were read for it.
UnitSummary learn(TranslationUnit &Unit, const LearnOptions &Options);

/// The place of Location, as the summary names it.
SummaryPlace toPlace(SourceLocation Location, const ASTContext &Context,
                     const LearnOptions &Options);

} // namespace selfconnect
} // namespace tidy
} // namespace clang

#endif // SELFCONNECT_CHECKS_ANALYSIS_LEARN_LEARNER_H
