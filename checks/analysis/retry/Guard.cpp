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

bool isGuarded(const AttemptContext &Context) {
  if (!Context.mayCompareNames())
    return false;
  // Most guards go back to the attempt, and are known by that alone.
  if (!exploreCycles(Context, World::MetItself).Arrivals.empty() &&
      exploreCycles(Context, World::Connected).Arrivals.empty())
    return true;
  const Exploration &Met = explore(Context, World::MetItself);
  const Exploration &Connected = explore(Context, World::Connected);
  // Where only one of the two goes, something is done about it.
  for (const CFGBlock *Block : Met.Entered)
    if (!Connected.Entered.count(Block) && acts(Context, Block))
      return true;
  for (const CFGBlock *Block : Connected.Entered)
    if (!Met.Entered.count(Block) && acts(Context, Block))
      return true;
  // Where the work was cut off, there may be one.
  return Met.Incomplete || Connected.Incomplete;
}

} // namespace selfconnect
} // namespace tidy
} // namespace clang
