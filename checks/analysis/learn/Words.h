//===- Words.h - values in the words of a caller ----------------*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

///
/// \file
/// Turns what the analysis has of a value, which points into this file, into
/// what a summary says of it.
///
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_CHECKS_ANALYSIS_LEARN_WORDS_H
#define SELFCONNECT_CHECKS_ANALYSIS_LEARN_WORDS_H

#include "../attempt/Outcome.h"
#include "../endpoint/Endpoint.h"
#include "../endpoint/LibraryCall.h"
#include "../summary/Summary.h"
#include "Learner.h"
#include "Openings.h"

namespace clang {
namespace tidy {
namespace selfconnect {

class Words {
public:
  Words(TranslationUnit &Unit, const LearnOptions &Options)
      : Unit(Unit), Options(Options) {}

  /// What callers of Root call Path; absent where they cannot see it.
  static std::optional<SummaryPath> path(const AccessPath &Path,
                                         const FunctionDecl *Root);
  /// True if Path, if it begins with a parameter, is no part of the copy that
  /// the function has of its argument.
  static bool livesOn(const AccessPath &Path);
  SummaryPlace place(SourceLocation Location) const {
    return toPlace(Location, Unit.getContext(), Options);
  }
  std::vector<SummaryValue> ports(const IntValues &Ports,
                                  const FunctionDecl *Root) const;
  std::vector<SummaryValue> texts(const StringValues &Texts,
                                  const FunctionDecl *Root) const;
  void addHost(HostKind Kind, llvm::StringRef Text, const AccessPath &Open,
               const FunctionDecl *Root, std::vector<SummaryValue> &To) const;
  static SummaryRange range(const AbstractValue &Value);
  SummaryOutcome outcome(const Outcome &Way, const FunctionDecl *Root) const;
  std::string name(const FunctionDecl *Function) const;

private:
  TranslationUnit &Unit;
  const LearnOptions &Options;
};

} // namespace selfconnect
} // namespace tidy
} // namespace clang

#endif // SELFCONNECT_CHECKS_ANALYSIS_LEARN_WORDS_H
