//===- Advance.cpp - what goes on to the next on the way ------------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Advance.h"

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

std::vector<const Expr *> getConditions(const Arrival &Way) {
  std::vector<const Expr *> Conditions;
  for (const CFGBlock *Block : Way.Blocks)
    if (Block->succ_size() == 2)
      if (const Expr *Condition = Block->getLastCondition())
        Conditions.push_back(Condition);
  return Conditions;
}

PathSet findCounters(const AttemptContext &Context, const Arrival &Way) {
  PathSet Counters;
  for (const Expr *Condition : getConditions(Way)) {
    PathSet Tested;
    collectPaths(Context.Flow, Condition, Tested);
    for (const AccessPath &Path : Tested)
      if (hasAdvanced(Way.State, Path))
        Counters.insert(Path);
  }
  return Counters;
}

static bool hasRemainder(const Stmt *S) {
  if (!S)
    return false;
  if (const auto *Binary = dyn_cast<BinaryOperator>(S))
    if (Binary->getOpcode() == BO_Rem || Binary->getOpcode() == BO_RemAssign)
      return true;
  return llvm::any_of(S->children(), hasRemainder);
}

/// True if Path goes round for ever: `i = (i + 1) % count`, and nothing else
/// counts the tries.
static bool wraps(const AttemptContext &Context, const Arrival &Way,
                  const AccessPath &Path) {
  bool Remainder = llvm::any_of(Context.Flow.allWrites(), [&](const Write &W) {
    return W.Target == Path && hasRemainder(W.Where);
  });
  return Remainder && llvm::all_of(findCounters(Context, Way),
                                   [&](const AccessPath &Counter) {
                                     return Counter.overlaps(Path);
                                   });
}

/// True for an object that is the same one when the function begins anew.
static bool outlivesCall(const AccessPath &Path) {
  const VarDecl *Root = Path.getRoot();
  if (!Root || Root->hasGlobalStorage() || Root->getType()->isReferenceType())
    return true;
  return llvm::any_of(Path.steps(), [](const AccessPath::Step &Step) {
    return Step.StepKind == AccessPath::Step::Deref;
  });
}

bool changesDestination(const AttemptContext &Context, const Arrival &Way) {
  PathSet Handed;
  if (Way.HandedBy)
    collectPaths(Context.Flow, Way.HandedBy, Handed);
  // The walk over the addresses, in front of a retry that calls the function
  // again, begins anew there.
  auto Counts = [&](const AccessPath &Changed) {
    return !Way.HandedBy || outlivesCall(Changed) ||
           overlapsAny(Handed, Changed);
  };
  auto Advanced = [&](const AccessPath &Path) {
    return hasAdvanced(Way.State, Path, Counts) && !wraps(Context, Way, Path);
  };
  return llvm::any_of(Context.Destination, Advanced) ||
         llvm::any_of(Context.SocketChoice, Advanced);
}

} // namespace selfconnect
} // namespace tidy
} // namespace clang
