//===- Guard.cpp - guards against self-connects ---------------------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Guard.h"
#include "../api/NetworkApi.h"
#include "../attempt/Explorer.h"
#include "../code/Statements.h"
#include "clang/AST/ExprCXX.h"

namespace clang {
namespace tidy {
namespace selfconnect {

/// True for a call that gives a connection up, or goes back to the attempt:
/// `retry()`, `socket.close()`.
static bool callsForAct(const AttemptContext &Context, const CallExpr *Call) {
  if (getApiRole(Call) == ApiRole::Close ||
      getApiRole(Call) == ApiRole::Connect)
    return true;
  const FunctionDecl *Callee = Call->getDirectCallee();
  if (!Callee)
    return false;
  if (isa<CXXMethodDecl>(Callee) && Callee->getIdentifier()) {
    static const llvm::StringRef Names[] = {"close", "shutdown", "disconnect",
                                            "abort", "disconnectFromHost"};
    if (llvm::is_contained(Names, Callee->getName()))
      return true;
  }
  TranslationUnit &Unit = Context.Flow.getUnit();
  if (Unit.getCallersOf(Context.Innermost).count(Callee->getCanonicalDecl()))
    return true;
  const FunctionFlow *Inside =
      Callee->hasBody() ? Unit.getFlow(Callee) : nullptr;
  return Inside && llvm::any_of(Inside->calls(), [](const CallExpr *Inner) {
           return getApiRole(Inner) == ApiRole::Close;
         });
}

/// True if Block does something about the connection: more than talk.
static bool acts(const AttemptContext &Context, const CFGBlock *Block) {
  for (const CFGElement &Element : *Block) {
    auto Statement = Element.getAs<CFGStmt>();
    if (!Statement)
      continue;
    const Stmt *S = Statement->getStmt();
    if (isa<ReturnStmt>(S) || isa<CXXThrowExpr>(S))
      return true;
    if (const auto *Call = dyn_cast<CallExpr>(S))
      if (callsForAct(Context, Call))
        return true;
    // `ok = false;`
    if (const auto *Binary = dyn_cast<BinaryOperator>(S))
      if (Binary->isAssignmentOp())
        return true;
  }
  const Stmt *Terminator = Block->getTerminatorStmt();
  return Block->hasNoReturnElement() ||
         (Terminator &&
          (isa<GotoStmt>(Terminator) || isa<BreakStmt>(Terminator) ||
           isa<ContinueStmt>(Terminator)));
}

static Silence makeGuard(const AttemptContext &Context, const Expr *Parts) {
  if (!Parts)
    Parts = Context.Attempt;
  return {SilenceReason::Guarded,
          Parts ? Parts->getBeginLoc()
                : Context.Flow.getFunction()->getLocation()};
}

/// The condition by which a socket that met itself goes back and a connected
/// one does not.
static const Expr *findParting(const Exploration &Met,
                               const Exploration &Connected) {
  const std::vector<const CFGBlock *> &Way = Met.Arrivals.front().Blocks;
  const Expr *Last = nullptr;
  for (size_t I = 1; I < Way.size(); ++I) {
    if (Way[I - 1]->succ_size() == 2)
      if (const Expr *Condition = Way[I - 1]->getLastCondition())
        Last = getLastTested(Condition);
    if (!Connected.Entered.count(Way[I]))
      break;
  }
  // Where both come to all blocks, the loop's own condition is the last.
  return Last;
}

/// The condition by which one of the two comes to Block, and the other does
/// not.
static const Expr *findParting(const AttemptContext &Context,
                               const Exploration &Met,
                               const Exploration &Connected,
                               const CFGBlock *Block) {
  const Expr *Parts = nullptr;
  for (const CFGBlock::AdjacentBlock &Pred : Block->preds()) {
    const CFGBlock *From = Pred.getReachableBlock();
    const Expr *Condition =
        From && From->succ_size() == 2 ? From->getLastCondition() : nullptr;
    if (!Condition || !Met.Entered.count(From) ||
        !Connected.Entered.count(From))
      continue;
    // What came of the attempt itself is the same for both.
    Condition = getLastTested(Condition);
    if (!Parts || !holds(Condition, Context.Attempt))
      Parts = Condition;
  }
  return Parts;
}

Silence findGuard(const AttemptContext &Context) {
  if (!Context.mayCompareNames())
    return {};
  // Most guards go back to the attempt, and are known by that alone.
  if (!exploreCycles(Context, World::MetItself).Arrivals.empty() &&
      exploreCycles(Context, World::Connected).Arrivals.empty())
    return makeGuard(Context,
                     findParting(exploreCycles(Context, World::MetItself),
                                 exploreCycles(Context, World::Connected)));
  const Exploration &Met = explore(Context, World::MetItself);
  const Exploration &Connected = explore(Context, World::Connected);
  // Where only one of the two goes, something is done about it. The function's
  // blocks are numbered from its end.
  for (const CFGBlock *Block : llvm::reverse(Context.Flow.getCFG()))
    if (Met.Entered.count(Block) != Connected.Entered.count(Block) &&
        acts(Context, Block))
      return makeGuard(Context, findParting(Context, Met, Connected, Block));
  // Where the work was cut off, there may be one.
  if (Met.Incomplete || Connected.Incomplete)
    return {SilenceReason::LimitReached,
            Context.Flow.getFunction()->getLocation()};
  return {};
}

} // namespace selfconnect
} // namespace tidy
} // namespace clang
