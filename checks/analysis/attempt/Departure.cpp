//===- Departure.cpp - where a failed attempt goes else -------------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Departure.h"
#include "../code/Statements.h"
#include "Advance.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"

namespace clang {
namespace tidy {
namespace selfconnect {

static const Expr *getLoopCondition(const Stmt *S) {
  if (const auto *While = dyn_cast_or_null<WhileStmt>(S))
    return While->getCond();
  if (const auto *Do = dyn_cast_or_null<DoStmt>(S))
    return Do->getCond();
  if (const auto *For = dyn_cast_or_null<ForStmt>(S))
    return For->getCond();
  if (const auto *Range = dyn_cast_or_null<CXXForRangeStmt>(S))
    return Range->getCond();
  return nullptr;
}

/// The part of a loop's condition that From ends with; null where it ends
/// otherwise.
static const Expr *findTestedByLoop(const FunctionFlow &Flow,
                                    const CFGBlock *From) {
  const Expr *Tested = From->getLastCondition();
  const Stmt *Terminator = From->getTerminatorStmt();
  if (!Tested || !Terminator)
    return nullptr;
  if (getLoopCondition(Terminator))
    return Tested;
  // `while (rc < 0 && errno == EINTR)` has a block for each operand.
  bool IsPart = llvm::any_of(Flow.getCFG(), [&](const CFGBlock *Block) {
    return holds(getLoopCondition(Block->getTerminatorStmt()), Terminator);
  });
  return IsPart ? Tested : nullptr;
}

Silence findDeparture(const FunctionFlow &Flow, const CFGBlock *From,
                      const CFGBlock *To) {
  if (const Expr *Tested = findTestedByLoop(Flow, From))
    return {SilenceReason::FailureLeaves, Tested->getBeginLoc()};
  const Stmt *First = nullptr;
  const Stmt *Last = nullptr;
  for (const CFGElement &Element : *To) {
    auto Statement = Element.getAs<CFGStmt>();
    if (!Statement)
      continue;
    const Stmt *S = Statement->getStmt();
    if (!First)
      First = S;
    if (isa<ReturnStmt, CoreturnStmt, CXXThrowExpr>(S) ||
        (isa<CallExpr>(S) && To->hasNoReturnElement()))
      Last = S;
  }
  const Stmt *Jump = To->getTerminatorStmt();
  if (Jump && isa<BreakStmt, GotoStmt, IndirectGotoStmt, ContinueStmt>(Jump))
    Last = Jump;
  for (const Stmt *Shown : {Last, First, To->getLabel()})
    if (Shown)
      return {Last && To->hasNoReturnElement() ? SilenceReason::FailureEnds
                                               : SilenceReason::FailureLeaves,
              Shown->getBeginLoc()};
  const Stmt *Terminator = From->getTerminatorStmt();
  return {SilenceReason::FailureLeaves,
          Terminator ? Terminator->getBeginLoc() : SourceLocation()};
}

SourceLocation findAdvance(const AttemptContext &Context, const Arrival &Way) {
  auto Advances = [&](const Write &W) {
    auto Concerns = [&](const PathSet &Paths) {
      return llvm::any_of(Paths, [&](const AccessPath &Path) {
        return hasAdvanced(Way.State, Path, [&](const AccessPath &Changed) {
          return Changed == W.Target;
        });
      });
    };
    return Concerns(Context.Destination) || Concerns(Context.SocketChoice);
  };
  for (auto Block = Way.Blocks.rbegin(); Block != Way.Blocks.rend(); ++Block)
    for (unsigned I = (*Block)->size(); I-- > 0;) {
      auto Statement = (**Block)[I].getAs<CFGStmt>();
      if (!Statement)
        continue;
      for (const Write &W : Context.Flow.writesAt(Statement->getStmt()))
        if (Advances(W))
          return W.Where->getBeginLoc();
    }
  const Expr *Closes = Way.HandedBy ? Way.HandedBy : Way.Recursion;
  return Closes ? Closes->getBeginLoc() : SourceLocation();
}

} // namespace selfconnect
} // namespace tidy
} // namespace clang
