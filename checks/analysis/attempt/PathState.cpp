//===- PathState.cpp - two states of a path become one --------------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "PathState.h"

namespace clang {
namespace tidy {
namespace selfconnect {

bool mayJoin(const PathState &A, const PathState &B) {
  return A.NewSocket == B.NewSocket && A.SawError == B.SawError &&
         A.Thrown == B.Thrown && A.Branches == B.Branches;
}

/// What two values have in common: one of them, or else their sign. An interval
/// between the two would grow with every turn of a loop.
static AbstractValue joinSigns(const AbstractValue &A, const AbstractValue &B) {
  if (A == B)
    return A;
  AbstractValue Common;
  if (A.Low >= 0 && B.Low >= 0)
    Common.Low = 0;
  if (A.High < 0 && B.High < 0)
    Common.High = -1;
  Common.NotZero = A.NotZero && B.NotZero;
  return Common;
}

PathState join(const PathState &A, const PathState &B) {
  PathState Joined = A;
  Joined.Values.intersect(
      B.Values,
      [](const AbstractValue &Ours,
         const AbstractValue &Theirs) -> std::optional<AbstractValue> {
        AbstractValue Common = joinSigns(Ours, Theirs);
        if (Common.isUnknown())
          return std::nullopt;
        return Common;
      });
  Joined.Relations.intersect(B.Relations,
                             [](bool Ours, bool Theirs) -> std::optional<bool> {
                               if (Ours != Theirs)
                                 return std::nullopt;
                               return Ours;
                             });
  Joined.MadeFrom.unite(B.MadeFrom, [](PathSet &Ours, const PathSet &Theirs) {
    Ours.insert(Theirs);
  });
  return Joined;
}

} // namespace selfconnect
} // namespace tidy
} // namespace clang
