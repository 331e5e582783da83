//===- Origins.h - which objects may be made from themselves ----*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

///
/// \file
/// A path asks what an object was made from only to know whether it was made
/// from itself. That can be where objects are made from one another in a ring:
/// `next = at->next; at = next;`. All other origins are no part of a state.
///
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_CHECKS_ANALYSIS_ATTEMPT_ORIGINS_H
#define SELFCONNECT_CHECKS_ANALYSIS_ATTEMPT_ORIGINS_H

#include "../code/Feeders.h"
#include <map>
#include <vector>

namespace clang {
namespace tidy {
namespace selfconnect {

class Origins {
public:
  /// Those of Flow's function, found out once.
  static const Origins &of(const FunctionFlow &Flow);

  /// Of what W, an assignment, makes its target from: what is made from the
  /// target in turn.
  llvm::ArrayRef<AccessPath> getSources(const FunctionFlow &Flow,
                                        const Write &W) const;

  /// True if Path may come to be made from itself.
  bool isInRing(const AccessPath &Path) const { return RingOf.count(Path); }

private:
  void build(const FunctionFlow &Flow);

  /// By the place of the write among all of the function.
  std::vector<std::vector<AccessPath>> SourcesOf;
  std::map<AccessPath, unsigned> RingOf;
};

} // namespace selfconnect
} // namespace tidy
} // namespace clang

#endif // SELFCONNECT_CHECKS_ANALYSIS_ATTEMPT_ORIGINS_H
