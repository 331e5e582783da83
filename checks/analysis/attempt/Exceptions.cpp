//===- Exceptions.cpp - where an exception goes on in one world -----------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Explorer.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/StmtCXX.h"

namespace clang {
namespace tidy {
namespace selfconnect {

/// How certainly a handler takes an exception: yes, no, or not known.
static std::optional<bool> takes(const CXXCatchStmt *Handler, QualType Thrown) {
  QualType Caught = Handler->getCaughtType();
  if (Caught.isNull())
    return true;
  if (Thrown.isNull())
    return std::nullopt;
  Caught = Caught.getNonReferenceType().getCanonicalType().getUnqualifiedType();
  Thrown = Thrown.getNonReferenceType().getCanonicalType().getUnqualifiedType();
  if (Caught == Thrown)
    return true;
  const CXXRecordDecl *Base = Caught->getAsCXXRecordDecl();
  const CXXRecordDecl *Derived = Thrown->getAsCXXRecordDecl();
  if (!Base || !Derived)
    return Caught->isPointerType() && Thrown->isPointerType()
               ? std::nullopt
               : std::optional<bool>(false);
  if (!Base->hasDefinition() || !Derived->hasDefinition())
    return std::nullopt;
  return Derived->isDerivedFrom(Base);
}

void Explorer::enterHandlers(int Index, PathState State,
                             const CFGBlock *Handlers) {
  const CFGBlock *Outer = nullptr;
  for (const CFGBlock::AdjacentBlock &Succ : Handlers->succs()) {
    const CFGBlock *Target = Succ.getReachableBlock();
    if (!Target)
      Target = Succ.getPossiblyUnreachableBlock();
    const auto *Handler =
        Target ? dyn_cast_or_null<CXXCatchStmt>(Target->getLabel()) : nullptr;
    if (!Handler) {
      Outer = Target;
      continue;
    }
    std::optional<bool> Taken = takes(Handler, State.Thrown);
    if (Taken == std::optional<bool>(false))
      continue;
    enter(Target, State, Index);
    if (Taken)
      return;
  }
  if (Outer && isa_and_nonnull<CXXTryStmt>(Outer->getTerminatorStmt()))
    return enterHandlers(Index, std::move(State), Outer);
  // Two types at most are told apart: this one, and any.
  leaveAdvanced(State);
  Result.Thrown = Result.Throws && Result.Thrown != State.Thrown ? QualType()
                                                                 : State.Thrown;
  Result.Throws = true;
}

void Explorer::raise(int Index, PathState State, const Stmt *Where) {
  State.Branches.clear();
  if (const CFGBlock *Handlers = Context.Flow.getHandlers(Where))
    enterHandlers(Index, std::move(State), Handlers);
  else {
    Result.Thrown = Result.Throws && Result.Thrown != State.Thrown
                        ? QualType()
                        : State.Thrown;
    Result.Throws = true;
  }
  if (Result.Throws && IsInCycle && isFailure())
    Result.Why.add({SilenceReason::FailureLeaves, Where->getBeginLoc()});
}

} // namespace selfconnect
} // namespace tidy
} // namespace clang
