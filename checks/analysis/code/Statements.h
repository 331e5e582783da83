//===- Statements.h - small questions about statements ----------*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

///
/// \file
/// What several parts of the analysis ask of a piece of the AST alone.
///
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_CHECKS_ANALYSIS_CODE_STATEMENTS_H
#define SELFCONNECT_CHECKS_ANALYSIS_CODE_STATEMENTS_H

#include "clang/AST/ExprCXX.h"
#include "clang/Basic/CharInfo.h"
#include "llvm/ADT/APSInt.h"
#include "llvm/ADT/STLExtras.h"
#include <string>

namespace clang {
namespace tidy {
namespace selfconnect {

/// True if Part is S or somewhere in it.
inline bool holds(const Stmt *S, const Stmt *Part) {
  return S && (S == Part || llvm::any_of(S->children(), [&](const Stmt *Child) {
                 return holds(Child, Part);
               }));
}

/// The bits of Value, of which those of an unsigned one may be a negative
/// number: `UINT64_MAX` is -1.
inline int64_t toInt64(const llvm::APSInt &Value) {
  return static_cast<int64_t>(Value.isSigned()
                                  ? Value.sextOrTrunc(64).getSExtValue()
                                  : Value.zextOrTrunc(64).getZExtValue());
}

/// E without parentheses, casts and what makes temporaries of it.
inline const Expr *ignoreTemporaries(const Expr *E) {
  while (true) {
    E = E->IgnoreParenCasts();
    if (const auto *Full = dyn_cast<FullExpr>(E))
      E = Full->getSubExpr();
    else if (const auto *Temporary = dyn_cast<MaterializeTemporaryExpr>(E))
      E = Temporary->getSubExpr();
    else if (const auto *Bound = dyn_cast<CXXBindTemporaryExpr>(E))
      E = Bound->getSubExpr();
    else
      return E;
  }
}

/// True for a literal, an enumerator, and their negatives.
inline bool isConstant(const Expr *E) {
  E = E->IgnoreParenCasts();
  if (const auto *Unary = dyn_cast<UnaryOperator>(E))
    E = Unary->getSubExpr()->IgnoreParenCasts();
  if (const auto *Ref = dyn_cast<DeclRefExpr>(E))
    return isa<EnumConstantDecl>(Ref->getDecl());
  return isa<IntegerLiteral>(E) || isa<CXXBoolLiteralExpr>(E);
}

/// What the last block of a condition tests: of `a && b`, b; a has a block of
/// its own.
inline const Expr *getLastTested(const Expr *Condition) {
  Condition = Condition->IgnoreParenImpCasts();
  while (const auto *Binary = dyn_cast<BinaryOperator>(Condition)) {
    if (!Binary->isLogicalOp())
      break;
    Condition = Binary->getRHS()->IgnoreParenImpCasts();
  }
  return Condition;
}

/// What a function returns that does nothing else; null for any other.
inline const Expr *getOnlyReturn(const FunctionDecl *Function) {
  const auto *Body = dyn_cast_or_null<CompoundStmt>(Function->getBody());
  const auto *Return = Body && Body->size() == 1
                           ? dyn_cast<ReturnStmt>(Body->body_front())
                           : nullptr;
  return Return ? Return->getRetValue() : nullptr;
}

/// A name as it reads however it is written: isSelfConnect, is_self_connect.
inline std::string getPlainName(llvm::StringRef Name) {
  std::string Plain;
  for (char C : Name)
    if (C != '_')
      Plain += toLowercase(C);
  return Plain;
}

} // namespace selfconnect
} // namespace tidy
} // namespace clang

#endif // SELFCONNECT_CHECKS_ANALYSIS_CODE_STATEMENTS_H
