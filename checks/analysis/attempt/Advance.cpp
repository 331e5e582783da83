//===- Advance.cpp - what goes on to the next on the way ------------------===//
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
