//===- Timers.cpp - who is called again by something armed ----------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Timers.h"
#include "../api/NetworkApi.h"
#include "clang/AST/ExprCXX.h"

namespace clang {
namespace tidy {
namespace selfconnect {

void collectHandedOn(const Stmt *S, TranslationUnit &Unit,
                     std::vector<const FunctionDecl *> &Found) {
  if (!S)
    return;
  if (const auto *Lambda = dyn_cast<LambdaExpr>(S)) {
    Found.push_back(Lambda->getCallOperator()->getCanonicalDecl());
    return;
  }
  if (const FunctionDecl *Function = Unit.getHandedOn(S))
    Found.push_back(Function);
  for (const Stmt *Child : S->children())
    collectHandedOn(Child, Unit, Found);
}

/// The variable or the field that Path, or the pointer to it, is.
static const ValueDecl *getTimerHolder(AccessPath Path) {
  while (!Path.steps().empty() &&
         Path.steps().back().StepKind != AccessPath::Step::Field)
    Path = Path.withoutLastStep();
  if (Path.steps().empty())
    return Path.getRoot();
  return Path.steps().back().Member;
}

static const ValueDecl *getTimerHolder(const FunctionFlow &Flow,
                                       const Expr *E) {
  if (!E)
    return nullptr;
  AccessPath Path = Flow.path(E);
  return getTimerHolder(Path.isValid() ? Path : Flow.pointee(E));
}

/// What Call arms: a timer of a library, or the std::function that it calls.
static const ValueDecl *getArmed(const FunctionFlow &Flow,
                                 const CallExpr *Call) {
  if (const auto *Operator = dyn_cast<CXXOperatorCallExpr>(Call)) {
    const CXXRecordDecl *Class =
        Operator->getOperator() == OO_Call && Operator->getNumArgs() >= 1
            ? Operator->getArg(0)->getType()->getAsCXXRecordDecl()
            : nullptr;
    return Class && Class->getIdentifier() && Class->getName() == "function"
               ? getTimerHolder(Flow, Operator->getArg(0))
               : nullptr;
  }
  ApiCall Arm = findApiCall(Call, ApiRole::Arm);
  return Arm ? getTimerHolder(Flow, Arm.get(Arm.Row->Timer)) : nullptr;
}

static bool handsOn(const Stmt *S, TranslationUnit &Unit,
                    const FunctionDecl *Function) {
  std::vector<const FunctionDecl *> HandedOn;
  collectHandedOn(S, Unit, HandedOn);
  return llvm::is_contained(HandedOn, Function);
}

/// True if By gives Function to Holder.
static bool gives(const FunctionFlow &By, const FunctionDecl *Function,
                  const ValueDecl *Holder) {
  TranslationUnit &Unit = By.getUnit();
  for (const Write &W : By.allWrites()) {
    if (W.WriteKind != Write::Assign || !W.Value ||
        getTimerHolder(W.Target) != Holder)
      continue;
    const auto *Maker = dyn_cast<CallExpr>(W.Value->IgnoreParenCasts());
    bool IsTimer = Maker && findApiCall(Maker, ApiRole::Timer);
    if ((IsTimer || W.Target.steps().empty() ||
         W.Target.steps().back().StepKind == AccessPath::Step::Field) &&
        handsOn(W.Value, Unit, Function))
      return true;
  }
  return llvm::any_of(By.calls(), [&](const CallExpr *Call) {
    ApiCall Timer = findApiCall(Call, ApiRole::Timer);
    return Timer && Timer.Row->Timer.isSet() &&
           getTimerHolder(By, Timer.get(Timer.Row->Timer)) == Holder &&
           handsOn(Call, Unit, Function);
  });
}

bool armsAny(const FunctionFlow &Flow, const CallExpr *Call,
             const llvm::SmallPtrSetImpl<const FunctionDecl *> &Functions) {
  const ValueDecl *Holder = getArmed(Flow, Call);
  if (!Holder)
    return false;
  TranslationUnit &Unit = Flow.getUnit();
  for (const TranslationUnit::Handler &Handler : Unit.getHandlers()) {
    const FunctionDecl *Function = Handler.Function->getCanonicalDecl();
    if (!Functions.count(Function))
      continue;
    for (const FunctionDecl *By : Handler.HandedOnBy) {
      const FunctionFlow *Giver = By ? Unit.getFlow(By) : nullptr;
      if (Giver && gives(*Giver, Function, Holder))
        return true;
    }
  }
  return false;
}

const CallExpr *findTimerWhileTrue(TranslationUnit &Unit,
                                   const FunctionDecl *Function) {
  Function = Function->getCanonicalDecl();
  for (const TranslationUnit::Handler &Handler : Unit.getHandlers()) {
    if (Handler.Function->getCanonicalDecl() != Function)
      continue;
    for (const FunctionDecl *By : Handler.HandedOnBy) {
      const FunctionFlow *Giver = By ? Unit.getFlow(By) : nullptr;
      if (!Giver)
        continue;
      for (const CallExpr *Call : Giver->calls()) {
        ApiCall Timer = findApiCall(Call, ApiRole::Timer);
        if (Timer && Timer.Row->WhileTrue && handsOn(Call, Unit, Function))
          return Call;
      }
    }
  }
  return nullptr;
}

} // namespace selfconnect
} // namespace tidy
} // namespace clang
