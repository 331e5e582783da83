//===- NeverReturns.cpp - functions that end the program ------------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "NeverReturns.h"
#include "../api/LearnedRows.h"

namespace clang {
namespace tidy {
namespace selfconnect {

namespace {

struct Known {
  llvm::DenseMap<const FunctionDecl *, bool> Functions;
};

} // namespace

/// True if S, or a part of it, calls what may end the program.
static bool holdsEnd(TranslationUnit &Unit, const Stmt *S) {
  if (!S)
    return false;
  if (const auto *Call = dyn_cast<CallExpr>(S))
    if (neverReturns(Unit, Call))
      return true;
  return llvm::any_of(S->children(),
                      [&](const Stmt *Child) { return holdsEnd(Unit, Child); });
}

/// True if no way through the function leads to its end.
static bool hasNoWayOut(TranslationUnit &Unit, const FunctionFlow &Flow) {
  const CFG &Graph = Flow.getCFG();
  llvm::SmallPtrSet<const CFGBlock *, 16> Seen;
  llvm::SmallVector<const CFGBlock *, 16> Worklist{&Graph.getEntry()};
  while (!Worklist.empty()) {
    const CFGBlock *Block = Worklist.pop_back_val();
    if (Block == &Graph.getExit())
      return false;
    if (!Seen.insert(Block).second)
      continue;
    bool Ends =
        Block->hasNoReturnElement() ||
        llvm::any_of(*Block, [&](const CFGElement &Element) {
          auto Statement = Element.getAs<CFGStmt>();
          const auto *Call =
              Statement ? dyn_cast<CallExpr>(Statement->getStmt()) : nullptr;
          return Call && neverReturns(Unit, Call);
        });
    if (Ends)
      continue;
    for (const CFGBlock::AdjacentBlock &Next : Block->succs())
      if (const CFGBlock *Target = Next.getReachableBlock())
        Worklist.push_back(Target);
  }
  return true;
}

bool neverReturns(TranslationUnit &Unit, const FunctionDecl *Function) {
  const FunctionDecl *Body = nullptr;
  if (!Function->hasBody(Body) || Body->isDependentContext())
    return false;
  // A recursion comes back by the way that does not recurse.
  auto [Entry, IsNew] = Unit.memory<Known>().Functions.try_emplace(Body, false);
  if (!IsNew)
    return Entry->second;
  if (!holdsEnd(Unit, Body->getBody()))
    return false;
  const FunctionFlow *Flow = Unit.getFlow(Body);
  bool Never = Flow && hasNoWayOut(Unit, *Flow);
  Unit.memory<Known>().Functions[Body] = Never;
  return Never;
}

bool neverReturns(TranslationUnit &Unit, const CallExpr *Call) {
  const FunctionDecl *Callee = Call->getDirectCallee();
  if (!Callee)
    return false;
  if (Callee->isNoReturn())
    return true;
  if (const auto *Method = dyn_cast<CXXMethodDecl>(Callee))
    if (Method->isVirtual())
      return false;
  if (Callee->hasBody())
    return neverReturns(Unit, Callee);
  LearnedRows *Learned = LearnedRows::current();
  return Learned && Learned->neverReturns(Callee);
}

} // namespace selfconnect
} // namespace tidy
} // namespace clang
