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

/// True if to have changed Changed from itself is to have advanced Path.
static bool isAdvancedBy(const AccessPath &Path, const AccessPath &Changed) {
  if (Changed.contains(Path))
    return true;
  // A part of Path changed. What lies behind a pointer is not a part of the
  // pointer: `conn->tries++` does not advance conn.
  return Path.contains(Changed) &&
         llvm::none_of(Changed.steps().drop_front(Path.steps().size()),
                       [](const AccessPath::Step &Step) {
                         return Step.StepKind == AccessPath::Step::Deref;
                       });
}

bool hasAdvanced(const PathState &State, const AccessPath &Path) {
  return llvm::any_of(State.MadeFrom, [&](const auto &Made) {
    return Made.second.count(Made.first) && isAdvancedBy(Path, Made.first);
  });
}

std::vector<bool> findAdvances(const AttemptContext &Context,
                               const PathState &State) {
  llvm::SmallVector<AccessPath, 16> Changed;
  for (const auto &[Path, Sources] : State.MadeFrom)
    if (Sources.count(Path))
      Changed.push_back(Path);
  std::vector<bool> Advances;
  for (const PathSet *Paths : {&Context.Destination, &Context.SocketChoice})
    for (const AccessPath &Path : *Paths)
      Advances.push_back(llvm::any_of(Changed, [&](const AccessPath &Each) {
        return isAdvancedBy(Path, Each);
      }));
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
  Joined.Values.eraseIf([&](auto &Known) {
    auto Other = B.Values.find(Known.first);
    if (Other == B.Values.end())
      return true;
    Known.second = joinSigns(Known.second, Other->second);
    return Known.second.isUnknown();
  });
  Joined.Relations.eraseIf([&](auto &Seen) {
    auto Other = B.Relations.find(Seen.first);
    return Other == B.Relations.end() || Other->second != Seen.second;
  });
  for (const auto &[Path, Sources] : B.MadeFrom)
    Joined.MadeFrom[Path].insert(Sources.begin(), Sources.end());
  return Joined;
}

} // namespace selfconnect
} // namespace tidy
} // namespace clang
