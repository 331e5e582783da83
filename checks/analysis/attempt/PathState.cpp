//===- PathState.cpp - two states of a path become one --------------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "PathState.h"
#include "llvm/ADT/STLExtras.h"

namespace clang {
namespace tidy {
namespace selfconnect {

bool mayJoin(const PathState &A, const PathState &B) {
  return A.NewSocket == B.NewSocket && A.SawError == B.SawError &&
         A.Thrown == B.Thrown && A.Branches == B.Branches;
}

bool covers(const PathState &Less, const PathState &More) {
  if (!mayJoin(Less, More) || Less.Values.size() > More.Values.size() ||
      Less.Relations.size() > More.Relations.size() ||
      !(Less.MadeFrom == More.MadeFrom))
    return false;
  for (const auto &[Path, Known] : Less.Values) {
    auto Also = More.Values.find(Path);
    if (Also == More.Values.end() || Also->second.Low < Known.Low ||
        Also->second.High > Known.High ||
        (Known.NotZero && !Also->second.NotZero))
      return false;
  }
  return llvm::all_of(Less.Relations, [&](const auto &Seen) {
    auto Also = More.Relations.find(Seen.first);
    return Also != More.Relations.end() && Also->second == Seen.second;
  });
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
