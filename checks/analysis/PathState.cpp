//===- PathState.cpp - two states of a path become one --------------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "World.h"

namespace clang {
namespace tidy {
namespace selfconnect {

std::vector<bool> findAdvances(const AttemptContext &Context,
                               const PathState &State) {
  std::vector<bool> Advances;
  for (const PathSet *Paths : {&Context.Destination, &Context.SocketChoice})
    for (const AccessPath &Path : *Paths)
      Advances.push_back(hasAdvanced(State, Path));
  return Advances;
}

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
  for (auto It = Joined.Values.begin(); It != Joined.Values.end();) {
    auto Other = B.Values.find(It->first);
    if (Other != B.Values.end())
      It->second = joinSigns(It->second, Other->second);
    bool Gone = Other == B.Values.end() || It->second.isUnknown();
    It = Gone ? Joined.Values.erase(It) : std::next(It);
  }
  for (auto It = Joined.Relations.begin(); It != Joined.Relations.end();) {
    auto Other = B.Relations.find(It->first);
    bool Gone = Other == B.Relations.end() || Other->second != It->second;
    It = Gone ? Joined.Relations.erase(It) : std::next(It);
  }
  for (const auto &[Path, Sources] : B.MadeFrom)
    Joined.MadeFrom[Path].insert(Sources.begin(), Sources.end());
  return Joined;
}

} // namespace selfconnect
} // namespace tidy
} // namespace clang
