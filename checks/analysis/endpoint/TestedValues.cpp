//===- TestedValues.cpp - what conditions say of a value ------------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "TestedValues.h"
#include "../code/CallPaths.h"
#include "../code/Statements.h"

namespace clang {
namespace tidy {
namespace selfconnect {

/// How many small functions deep a condition is read: `if (is_local(to))`.
static constexpr unsigned MaxTestDepth = 3;

static std::optional<int64_t> findConstant(const FunctionFlow &Flow,
                                           const Expr *E) {
  Expr::EvalResult Result;
  if (E->isValueDependent() || !E->EvaluateAsInt(Result, Flow.getContext()) ||
      Result.Val.getInt().getBitWidth() > 64)
    return std::nullopt;
  return toInt64(Result.Val.getInt());
}

/// `E == To`, or `E != To`, as Equal says.
static bool excludesByEquality(const FunctionFlow &Flow, const Expr *E,
                               const Expr *To, bool Equal, IsAsked Asked,
                               int64_t Value) {
  E = E->IgnoreParenCasts();
  // `(type & SOCK_TYPE_MASK) == SOCK_STREAM`
  if (const auto *Masked = dyn_cast<BinaryOperator>(E))
    if (Masked->getOpcode() == BO_And &&
        findConstant(Flow, Masked->getRHS()))
      E = Masked->getLHS()->IgnoreParenCasts();
  AccessPath Path = Flow.path(E);
  std::optional<int64_t> Constant = findConstant(Flow, To);
  return Constant && Path.isValid() && Asked(Path) &&
         (*Constant == Value) != Equal;
}

static bool excludesIn(const FunctionFlow &Flow, const Expr *Condition,
                       bool Truth, IsAsked Asked, int64_t Value,
                       unsigned Depth) {
  Condition = Condition->IgnoreParenImpCasts();
  if (const auto *Unary = dyn_cast<UnaryOperator>(Condition))
    return Unary->getOpcode() == UO_LNot &&
           excludesIn(Flow, Unary->getSubExpr(), !Truth, Asked, Value, Depth);
  if (const auto *Binary = dyn_cast<BinaryOperator>(Condition)) {
    const Expr *Left = Binary->getLHS(), *Right = Binary->getRHS();
    if (Binary->isLogicalOp()) {
      bool A = excludesIn(Flow, Left, Truth, Asked, Value, Depth);
      bool B = excludesIn(Flow, Right, Truth, Asked, Value, Depth);
      // Both have come out as Truth, or one of them has.
      return (Binary->getOpcode() == BO_LAnd) == Truth ? A || B : A && B;
    }
    if (!Binary->isEqualityOp())
      return false;
    bool Equal = (Binary->getOpcode() == BO_EQ) == Truth;
    return excludesByEquality(Flow, Left, Right, Equal, Asked, Value) ||
           excludesByEquality(Flow, Right, Left, Equal, Asked, Value);
  }
  // `is_local(to)`, where that is `return to->sa_family == AF_UNIX;`.
  const auto *Call = dyn_cast<CallExpr>(Condition);
  const FunctionDecl *Callee = Call ? Call->getDirectCallee() : nullptr;
  const FunctionDecl *Body = nullptr;
  if (!Callee || Depth == MaxTestDepth || !Callee->hasBody(Body))
    return false;
  const auto *Method = dyn_cast<CXXMethodDecl>(Body);
  const Expr *Returned = getOnlyReturn(Body);
  const FunctionFlow *Inside =
      Returned && !(Method && Method->isVirtual())
          ? Flow.getUnit().getFlow(Body)
          : nullptr;
  if (!Inside)
    return false;
  auto AskedInside = [&](const AccessPath &Path) {
    const auto *Parameter = dyn_cast_or_null<ParmVarDecl>(Path.getRoot());
    if (Parameter && Path.steps().empty()) {
      const Expr *Argument =
          getSiteArgument(Call, Parameter->getFunctionScopeIndex());
      AccessPath Given = Argument ? Flow.path(Argument) : AccessPath();
      return Given.isValid() && Asked(Given);
    }
    AccessPath Outer = toCaller(Flow, Call, Path);
    return Outer.isValid() && Asked(Outer);
  };
  return excludesIn(*Inside, Returned, Truth, AskedInside, Value, Depth + 1);
}

bool excludes(const FunctionFlow &Flow, const Expr *Condition, bool Truth,
              IsAsked Asked, int64_t Value) {
  return excludesIn(Flow, Condition, Truth, Asked, Value, 0);
}

bool isExcludedAt(const FunctionFlow &Flow, const Stmt *Use, IsAsked Asked,
                  int64_t Value) {
  return llvm::any_of(
      Flow.findPremises(Use), [&](const FunctionFlow::Premise &Known) {
        if (Known.Case)
          return excludesByEquality(Flow, Known.Condition, Known.Case,
                                    Known.Truth, Asked, Value);
        return excludes(Flow, Known.Condition, Known.Truth, Asked, Value);
      });
}

} // namespace selfconnect
} // namespace tidy
} // namespace clang
