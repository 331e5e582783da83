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
    return {SilenceReason::FailureLeaves, getLastTested(Tested)->getBeginLoc()};
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

/// The statements on the way, in its order: what follows the attempt, up to it.
static std::vector<const Stmt *> getStatements(const AttemptContext &Context,
                                               const Arrival &Way) {
  std::vector<const Stmt *> Statements;
  for (size_t I = 0; I < Way.Blocks.size(); ++I) {
    bool IsUnder = I > 0 || !Context.Attempt;
    for (const CFGElement &Element : *Way.Blocks[I]) {
      auto Statement = Element.getAs<CFGStmt>();
      const Stmt *S = Statement ? Statement->getStmt() : nullptr;
      if (S && S == Context.Attempt && I > 0)
        break;
      if (S && IsUnder)
        Statements.push_back(S);
      IsUnder |= S && S == Context.Attempt;
    }
  }
  // In a loop of one block, the way begins and ends in it.
  if (Way.Blocks.size() == 1)
    for (const CFGElement &Element : *Way.Blocks.front())
      if (auto Statement = Element.getAs<CFGStmt>())
        Statements.push_back(Statement->getStmt());
  return Statements;
}

SourceLocation findAdvance(const AttemptContext &Context, const Arrival &Way) {
  auto Advances = [&](llvm::function_ref<bool(const AccessPath &)> Counts) {
    auto Has = [&](const AccessPath &Path) {
      return hasAdvanced(Way.State, Path, Counts);
    };
    return llvm::any_of(Context.Destination, Has) ||
           llvm::any_of(Context.SocketChoice, Has);
  };
  std::vector<const Stmt *> Statements = getStatements(Context, Way);
  for (const Stmt *S : Statements)
    for (const Write &W : Context.Flow.writesAt(S))
      if (Advances(
              [&](const AccessPath &Changed) { return Changed == W.Target; }))
        return W.Where->getBeginLoc();
  // `move_on(c)`, `servers.pop_front()`: what it changes, the call is handed.
  const CallExpr *Changes = nullptr;
  for (const Stmt *S : Statements) {
    const auto *Call = dyn_cast<CallExpr>(S);
    // What is called for its effect alone, before what says something, too.
    if (!Call || holds(S, Context.Attempt) ||
        (Changes && !Call->getType()->isVoidType()))
      continue;
    const auto *Method =
        dyn_cast_or_null<CXXMethodDecl>(Call->getDirectCallee());
    if (Method && Method->isConst())
      continue;
    PathSet Handed;
    collectPaths(Context.Flow, S, Handed);
    if (Advances([&](const AccessPath &Changed) {
          return overlapsAny(Handed, Changed) ||
                 llvm::any_of(Handed, [&](const AccessPath &Path) {
                   return Path.pointee().overlaps(Changed);
                 });
        }))
      if (!Changes || !Changes->getType()->isVoidType())
        Changes = Call;
  }
  if (Changes)
    return Changes->getBeginLoc();
  const Expr *Closes = Way.HandedBy ? Way.HandedBy : Way.Recursion;
  return Closes ? Closes->getBeginLoc() : SourceLocation();
}

} // namespace selfconnect
} // namespace tidy
} // namespace clang
