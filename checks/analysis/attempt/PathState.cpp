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

bool hasAdvanced(const PathState &State, const AccessPath &Path,
                 llvm::function_ref<bool(const AccessPath &)> Counts) {
  return llvm::any_of(State.MadeFrom, [&](const auto &Made) {
    return Made.second.count(Made.first) && isAdvancedBy(Path, Made.first) &&
           Counts(Made.first);
  });
}

const AdvanceFinder::Advances &AdvanceFinder::find(const PathState &State) {
  std::vector<AccessPath> Changed;
  for (const auto &[Path, Sources] : State.MadeFrom)
    if (Sources.count(Path))
      Changed.push_back(Path);
  auto [Entry, IsNew] = Known.try_emplace(Changed);
  Advances &Found = Entry->second;
  if (!IsNew)
    return Found;
  for (const PathSet *Paths : {&Context.Destination, &Context.SocketChoice})
    for (const AccessPath &Path : *Paths)
      Found.push_back(llvm::any_of(Changed, [&](const AccessPath &Each) {
        return isAdvancedBy(Path, Each);
      }));
  return Found;
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
