//===- RepeatedCalls.cpp - calls that come round by themselves ------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "RepeatedCalls.h"
#include "../api/NetworkApi.h"
#include "../code/Statements.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"

namespace clang {
namespace tidy {
namespace selfconnect {

/// True if Is holds for S or something in it; the bodies of lambdas apart.
static bool anyIn(const Stmt *S, llvm::function_ref<bool(const Stmt *)> Is) {
  if (!S || isa<LambdaExpr>(S))
    return false;
  return Is(S) || llvm::any_of(S->children(), [&](const Stmt *Child) {
           return anyIn(Child, Is);
         });
}

static bool isLoop(const Stmt *S) {
  return isa<ForStmt, WhileStmt, DoStmt, CXXForRangeStmt>(S);
}

static bool isRelational(const Stmt *S) {
  if (const auto *Binary = dyn_cast<BinaryOperator>(S))
    return Binary->isRelationalOp();
  const auto *Operator = dyn_cast<CXXOperatorCallExpr>(S);
  return Operator && (Operator->getOperator() == OO_Less ||
                      Operator->getOperator() == OO_LessEqual ||
                      Operator->getOperator() == OO_Greater ||
                      Operator->getOperator() == OO_GreaterEqual);
}

static bool isEquality(const Stmt *S) {
  if (const auto *Binary = dyn_cast<BinaryOperator>(S))
    return Binary->isEqualityOp();
  const auto *Operator = dyn_cast<CXXOperatorCallExpr>(S);
  return Operator && (Operator->getOperator() == OO_EqualEqual ||
                      Operator->getOperator() == OO_ExclaimEqual);
}

/// The field, or the variable that outlives its function, that S names.
static const ValueDecl *getLasting(const Stmt *S) {
  if (const auto *Member = dyn_cast<MemberExpr>(S))
    return dyn_cast<FieldDecl>(Member->getMemberDecl());
  const auto *Ref = dyn_cast<DeclRefExpr>(S);
  const auto *Var = Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
  return Var && Var->hasGlobalStorage() ? Var : nullptr;
}

namespace {

/// A call of something kept, with the statements around it.
class KeptCall {
public:
  KeptCall(const CallExpr *Call, const FunctionDecl *By)
      : Call(Call), Body(By->getBody()) {
    findAbove(Body);
    const Stmt *Named = Call->getCallee();
    if (isa<CXXOperatorCallExpr>(Call))
      Named = cast<CXXOperatorCallExpr>(Call)->getArg(0);
    collectLocals(Named);
    for (unsigned I = 0; I < Locals.size() && I < 4; ++I)
      if (!isa<ParmVarDecl>(Locals[I]) && isReadable(Locals[I]->getInit()))
        collectLocals(Locals[I]->getInit());
  }

  bool isDueByTime() const;
  /// Whether it comes round with a loop that pauses: not where something else
  /// decides on it, and Unknown where no such loop is around it.
  enum class Turn { Each, Gated, Unknown };
  Turn findTurn() const;
  bool isOnce() const;

private:
  bool findAbove(const Stmt *S);
  void collectLocals(const Stmt *S);
  bool isLocal(const Stmt *S) const;
  bool walks(const Stmt *Loop) const;
  bool isGatedByOther(const Expr *Condition) const;

  const CallExpr *Call;
  const Stmt *Body;
  /// From the body of the function inwards, the call last.
  llvm::SmallVector<const Stmt *, 16> Above;
  /// The local variables by which it names what it calls: `e` in `e->run()`.
  llvm::SmallVector<const VarDecl *, 4> Locals;
};

} // namespace

bool KeptCall::findAbove(const Stmt *S) {
  if (!S || isa<LambdaExpr>(S))
    return false;
  Above.push_back(S);
  if (S == Call || llvm::any_of(S->children(), [&](const Stmt *Child) {
        return findAbove(Child);
      }))
    return true;
  Above.pop_back();
  return false;
}

void KeptCall::collectLocals(const Stmt *S) {
  anyIn(S, [&](const Stmt *Part) {
    const auto *Ref = dyn_cast<DeclRefExpr>(Part);
    const auto *Var = Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
    if (Var && Var->hasLocalStorage() && !llvm::is_contained(Locals, Var))
      Locals.push_back(Var);
    return false;
  });
}

bool KeptCall::isLocal(const Stmt *S) const {
  const auto *E = dyn_cast<Expr>(S);
  const auto *Ref =
      E ? dyn_cast<DeclRefExpr>(E->IgnoreParenImpCasts()) : nullptr;
  return Ref && llvm::is_contained(Locals, Ref->getDecl());
}

/// True if Loop goes on to another of what is called: `e = e->next`, `++i`.
bool KeptCall::walks(const Stmt *Loop) const {
  if (isa<CXXForRangeStmt>(Loop))
    return true;
  const Stmt *Begin = nullptr;
  if (const auto *For = dyn_cast<ForStmt>(Loop))
    Begin = For->getInit();
  return llvm::any_of(Loop->children(), [&](const Stmt *Part) {
    return Part != Begin && anyIn(Part, [&](const Stmt *S) {
             if (const auto *Unary = dyn_cast<UnaryOperator>(S))
               return Unary->isIncrementDecrementOp() &&
                      isLocal(Unary->getSubExpr());
             if (const auto *Binary = dyn_cast<BinaryOperator>(S))
               return Binary->isAssignmentOp() && isLocal(Binary->getLHS());
             const auto *Operator = dyn_cast<CXXOperatorCallExpr>(S);
             return Operator && Operator->isAssignmentOp()
                        ? isLocal(Operator->getArg(0))
                        : Operator &&
                              (Operator->getOperator() == OO_PlusPlus ||
                               Operator->getOperator() == OO_MinusMinus) &&
                              isLocal(Operator->getArg(0));
           });
  });
}

/// True if what is called is given up by the function that calls it: it is
/// taken off the list, freed, set to null.
bool KeptCall::isOnce() const {
  static const llvm::StringRef Takes[] = {"pop",     "pop_front", "pop_back",
                                          "erase",   "clear",     "swap",
                                          "extract", "splice",    "reset"};
  auto IsNull = [](const Expr *E) {
    E = ignoreTemporaries(E);
    return isa<CXXNullPtrLiteralExpr, GNUNullExpr>(E) ||
           (isa<IntegerLiteral>(E) && cast<IntegerLiteral>(E)->getValue() == 0);
  };
  const Expr *Named = Call->getCallee()->IgnoreParenImpCasts();
  if (isa<CXXOperatorCallExpr>(Call))
    Named = ignoreTemporaries(Call->getArg(0));
  const ValueDecl *Held = getLasting(Named);
  return anyIn(Body, [&](const Stmt *S) {
    if (const auto *Delete = dyn_cast<CXXDeleteExpr>(S))
      return isLocal(Delete->getArgument());
    if (const auto *Binary = dyn_cast<BinaryOperator>(S))
      return Held && Binary->getOpcode() == BO_Assign &&
             getLasting(Binary->getLHS()->IgnoreParens()) == Held &&
             IsNull(Binary->getRHS());
    if (const auto *Operator = dyn_cast<CXXOperatorCallExpr>(S))
      return Held && Operator->isAssignmentOp() &&
             getLasting(ignoreTemporaries(Operator->getArg(0))) == Held &&
             IsNull(Operator->getArg(1));
    const auto *Other = dyn_cast<CallExpr>(S);
    const FunctionDecl *Callee = Other ? Other->getDirectCallee() : nullptr;
    if (!Callee || !Callee->getIdentifier())
      return false;
    if (const auto *Method = dyn_cast<CXXMemberCallExpr>(Other))
      return Method->getMethodDecl() &&
             Method->getMethodDecl()->getParent()->isInStdNamespace() &&
             llvm::is_contained(Takes, Callee->getName());
    if (Callee->isInStdNamespace())
      return (Callee->getName() == "move" || Callee->getName() == "exchange" ||
              Callee->getName() == "swap") &&
             Other->getNumArgs() >= 1 &&
             getLasting(Other->getArg(0)) != nullptr;
    return Callee->getName() == "free" && Other->getNumArgs() == 1 &&
           isLocal(Other->getArg(0));
  });
}

/// True if Scope sets When to a time that lies further on: `e->due += period`.
static bool setsAnew(const Stmt *Scope, const ValueDecl *When) {
  auto IsSum = [](const Stmt *S) {
    const auto *Binary = dyn_cast<BinaryOperator>(S);
    const auto *Operator = dyn_cast<CXXOperatorCallExpr>(S);
    return (Binary && Binary->getOpcode() == BO_Add) ||
           (Operator && Operator->getOperator() == OO_Plus);
  };
  return anyIn(Scope, [&](const Stmt *S) {
    if (const auto *Binary = dyn_cast<BinaryOperator>(S))
      return getLasting(Binary->getLHS()->IgnoreParens()) == When &&
             (Binary->getOpcode() == BO_AddAssign ||
              (Binary->getOpcode() == BO_Assign &&
               anyIn(Binary->getRHS(), IsSum)));
    const auto *Operator = dyn_cast<CXXOperatorCallExpr>(S);
    return Operator && Operator->isAssignmentOp() &&
           getLasting(Operator->getArg(0)->IgnoreParens()) == When &&
           (Operator->getOperator() == OO_PlusEqual ||
            anyIn(Operator->getArg(1), IsSum));
  });
}

/// True if Condition compares with a time that Scope then sets anew.
static bool comparesWithDue(const Expr *Condition, const Stmt *Scope) {
  return anyIn(Condition, [&](const Stmt *S) {
    return isRelational(S) && anyIn(S, [&](const Stmt *Part) {
             const ValueDecl *When = getLasting(Part);
             return When && setsAnew(Scope, When);
           });
  });
}

/// The condition of S, if it decides whether what stands in it is run.
static const Expr *getCondition(const Stmt *S) {
  if (const auto *If = dyn_cast<IfStmt>(S))
    return If->getCond();
  if (const auto *While = dyn_cast<WhileStmt>(S))
    return While->getCond();
  if (const auto *For = dyn_cast<ForStmt>(S))
    return For->getCond();
  return nullptr;
}

bool KeptCall::isDueByTime() const {
  for (size_t I = 0; I < Above.size(); ++I) {
    if (const Expr *Condition = getCondition(Above[I]))
      if (comparesWithDue(Condition, Above[I]))
        return true;
    if (!isa<CompoundStmt>(Above[I]) || I + 1 == Above.size())
      continue;
    // `if (now < e->due) continue;` in front of it.
    const Expr *Skips = nullptr;
    bool IsBefore = true;
    for (const Stmt *Part : Above[I]->children()) {
      IsBefore = IsBefore && Part != Above[I + 1];
      const auto *If = IsBefore ? dyn_cast_or_null<IfStmt>(Part) : nullptr;
      if (If && anyIn(If->getThen(), [](const Stmt *S) {
            return isa<ContinueStmt, ReturnStmt, BreakStmt>(S);
          }))
        Skips = If->getCond();
      else if (Skips && comparesWithDue(Skips, Part))
        return true;
    }
  }
  return false;
}

/// True if Condition tests what has happened: anything else than whether there
/// is something to be called, and whether its time has come.
bool KeptCall::isGatedByOther(const Expr *Condition) const {
  Condition = ignoreTemporaries(Condition);
  if (const auto *Binary = dyn_cast<BinaryOperator>(Condition))
    if (Binary->isLogicalOp())
      return isGatedByOther(Binary->getLHS()) ||
             isGatedByOther(Binary->getRHS());
  if (const auto *Not = dyn_cast<UnaryOperator>(Condition))
    if (Not->getOpcode() == UO_LNot)
      return isGatedByOther(Not->getSubExpr());
  if (isRelational(Condition))
    return !anyIn(Condition,
                  [](const Stmt *S) { return getLasting(S) != nullptr; });
  if (const auto *Method = dyn_cast<CXXMemberCallExpr>(Condition))
    if (isa_and_nonnull<CXXConversionDecl>(Method->getMethodDecl()))
      return false;
  if (const auto *Binary = dyn_cast<BinaryOperator>(Condition))
    return !Binary->isEqualityOp() ||
           !Binary->getLHS()->getType()->isPointerType();
  return !isa<DeclRefExpr, MemberExpr>(Condition);
}

/// True for a call that lets time pass.
static bool pauses(const Stmt *S) {
  const auto *Call = dyn_cast<CallExpr>(S);
  const FunctionDecl *Callee = Call ? Call->getDirectCallee() : nullptr;
  if (!Callee || !Callee->getIdentifier())
    return false;
  ApiRole Role = getApiRole(Call);
  if (Role == ApiRole::Sleep || Role == ApiRole::Ready)
    return true;
  std::string Name = getPlainName(Callee->getName());
  return llvm::any_of(llvm::ArrayRef<llvm::StringRef>{"sleep", "delay",
                                                      "waitfor", "waituntil",
                                                      "poll", "select"},
                      [&](llvm::StringRef Part) {
                        return llvm::StringRef(Name).contains(Part);
                      });
}

KeptCall::Turn KeptCall::findTurn() const {
  bool SawWalk = Locals.empty();
  bool Gated = false;
  for (size_t I = Above.size(); I-- > 0;) {
    const Stmt *S = Above[I];
    if (const auto *If = dyn_cast<IfStmt>(S)) {
      Gated |= isGatedByOther(If->getCond());
    } else if (isa<SwitchStmt>(S)) {
      Gated = true;
    } else if (isa<CompoundStmt>(S) && I + 1 < Above.size()) {
      // `if (e->fd != fd) continue;`
      for (const Stmt *Before : S->children()) {
        if (Before == Above[I + 1])
          break;
        const auto *If = dyn_cast_or_null<IfStmt>(Before);
        Gated |=
            If &&
            anyIn(If->getThen(),
                  [](const Stmt *Part) { return isa<ContinueStmt>(Part); }) &&
            anyIn(If->getCond(), [&](const Stmt *Part) {
              return isEquality(Part) && anyIn(Part, [&](const Stmt *Each) {
                       return isa<Expr>(Each) && isLocal(Each);
                     });
            });
      }
    }
    if (!isLoop(S))
      continue;
    if (!SawWalk && walks(S)) {
      SawWalk = true;
      continue;
    }
    if (anyIn(S, pauses))
      return Gated ? Turn::Gated : Turn::Each;
  }
  return Gated ? Turn::Gated : Turn::Unknown;
}

/// True if what calls Kept comes round so, if by its callers.
static bool comesRound(const KeptCall &Kept, const FunctionDecl *By,
                       TranslationUnit &Unit, unsigned Depth = 0) {
  static constexpr unsigned MaxCallersAbove = 3;
  KeptCall::Turn Turn = Kept.findTurn();
  if (Turn != KeptCall::Turn::Unknown || Depth == MaxCallersAbove)
    return Turn == KeptCall::Turn::Each;
  return llvm::any_of(Unit.getCalls(By), [&](const CallSite &Site) {
    const auto *Call = dyn_cast<CallExpr>(Site.Call);
    return Call && Site.Caller && Site.Caller->hasBody() &&
           comesRound(KeptCall(Call, Site.Caller), Site.Caller, Unit,
                      Depth + 1);
  });
}

bool isRepeatedCall(const CallExpr *Call, const FunctionDecl *By,
                    TranslationUnit &Unit) {
  if (!By->hasBody())
    return false;
  KeptCall Kept(Call, By);
  return Kept.isDueByTime() || (!Kept.isOnce() && comesRound(Kept, By, Unit));
}

} // namespace selfconnect
} // namespace tidy
} // namespace clang
