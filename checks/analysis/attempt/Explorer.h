//===- Explorer.h - follow the CFG in one world -----------------*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

///
/// \file
/// explore() follows the CFG from the attempt onwards until it reaches the
/// attempt again, leaves the function, or waits for an event of another kind.
///
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_CHECKS_ANALYSIS_ATTEMPT_EXPLORER_H
#define SELFCONNECT_CHECKS_ANALYSIS_ATTEMPT_EXPLORER_H

#include "../code/Liveness.h"
#include "Advance.h"
#include "Evaluator.h"

namespace clang {
namespace tidy {
namespace selfconnect {

/// Follows what happens after the attempt: once per world, the context keeps
/// it.
const Exploration &explore(const AttemptContext &Context, World Which);

/// The same, where only the ways back to the attempt are asked for: what no
/// longer leads there is entered and left at that. Of an exploration like this,
/// what the function returns and leaves is not known.
const Exploration &exploreCycles(const AttemptContext &Context, World Which);

/// Follows the CFG, breadth first, so that the shortest way is found first.
class Explorer {
public:
  Explorer(const AttemptContext &Context, World Which, bool OnlyCycles)
      : Context(Context), Which(Which), OnlyCycles(OnlyCycles),
        Eval(Context, Which), Live(Liveness::of(Context.Flow)),
        Advancing(Context), Callers(Context.Flow.getUnit().getCallersOf(
                                Context.Flow.getFunction())),
        AttemptCallers(Context.Flow.getUnit().getCallersOf(Context.Innermost)),
        Schedulers(Context.Flow.getUnit().getSchedulersOf(Context.Innermost)),
        Recursions(findRecursions()) {}

  Exploration run();

private:
  /// How much of a path its states have kept.
  enum class Sharpness { Exact, Widened, Forgotten };
  struct Node {
    const CFGBlock *Block;
    PathState State;
    int Parent;
    /// Found out when it is asked for; null before.
    const AdvanceFinder::Advances *Advances;
    Sharpness Sharp;
  };

  void findLeading();
  void findKept();
  void forgetDead(const CFGBlock *Block, PathState &State) const;
  void learnConstants(PathState &State) const;
  void learnCounters(PathState &State) const;
  void runBlock(int Index, unsigned FirstElement);
  void leaveBlock(int Index, const PathState &State);
  void enter(const CFGBlock *Block, PathState State, int Parent);
  void arrive(int Index, const PathState &State,
              const Expr *Recursion = nullptr, const Expr *HandedBy = nullptr);
  bool endsPath(const CallExpr *Call) const;
  bool isFailure() const {
    return Which == World::Refused || Which == World::RefusedLater;
  }
  bool goesElsewhere(const Expr *Recursion, const PathState &State) const;
  bool handlerGoesElsewhere(const CallExpr *Call, const FunctionDecl *Callee,
                            const PathState &State) const;
  bool handsOnNext(const CallExpr *Call, const AttemptContext &Made,
                   const PathState &State) const;
  bool isStep(const Expr *E) const;
  const Expr *getRecursion(const Stmt *S) const;
  const llvm::SmallPtrSetImpl<const Stmt *> &findRecursions() const;
  bool mayRecur(const Stmt *S) const;
  void leaveAdvanced(const PathState &State);
  void leaveFunction(const Expr *Returned, const PathState &State);
  void raise(int Index, PathState State, const Stmt *Where);
  void enterHandlers(int Index, PathState State, const CFGBlock *Handlers);

  const AttemptContext &Context;
  World Which;
  bool OnlyCycles;
  Evaluator Eval;
  const Liveness &Live;
  /// OnlyCycles: the blocks that lead back to the attempt, by number.
  llvm::BitVector Leading;
  /// One of them comes after the attempt.
  bool IsInCycle = false;
  /// Variables that are asked for when a way is judged, dead or not.
  llvm::SmallPtrSet<const VarDecl *, 8> Kept;
  AdvanceFinder Advancing;
  /// The functions that lead to the one that is explored, itself included.
  const llvm::SmallPtrSetImpl<const FunctionDecl *> &Callers;
  /// The functions that lead to the attempt; those that do so only later.
  const llvm::SmallPtrSetImpl<const FunctionDecl *> &AttemptCallers;
  const llvm::SmallPtrSetImpl<const FunctionDecl *> &Schedulers;
  /// What may come back to the attempt.
  const llvm::SmallPtrSetImpl<const Stmt *> &Recursions;
  std::vector<Node> Nodes;
  llvm::DenseMap<const CFGBlock *, std::vector<int>> NodesOf;
  Exploration Result;
};

} // namespace selfconnect
} // namespace tidy
} // namespace clang

#endif // SELFCONNECT_CHECKS_ANALYSIS_ATTEMPT_EXPLORER_H
