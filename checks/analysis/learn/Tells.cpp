//===- Tells.cpp - small functions that tell of an object -----------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Tells.h"
#include "../api/LearnedRows.h"
#include "../code/Statements.h"
#include "Words.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/ExprCXX.h"

namespace clang {
namespace tidy {
namespace selfconnect {

/// The field, or what a parameter points to a part of, that E reads.
static std::optional<SummaryPath> findTold(const Expr *E,
                                           const FunctionDecl *Function) {
  E = ignoreTemporaries(E);
  // `connected_.load()`, and what an atomic is converted by.
  if (const auto *Call = dyn_cast<CXXMemberCallExpr>(E)) {
    const CXXMethodDecl *Method = Call->getMethodDecl();
    bool Reads = Method && Call->getNumArgs() <= 1 &&
                 Method->getParent()->isInStdNamespace() &&
                 (isa<CXXConversionDecl>(Method) ||
                  (Method->getIdentifier() && Method->getName() == "load"));
    if (!Reads)
      return std::nullopt;
    E = ignoreTemporaries(Call->getImplicitObjectArgument());
  }
  std::optional<SummaryPath> Path =
      Words::path(getAccessPath(E, PointerAliases()), Function);
  return Path && !Path->Fields.empty() ? Path : std::nullopt;
}

/// True for `link` and `link != NULL`, where link is a parameter; Negated for
/// `!link` and `link == NULL`.
static bool asksWhetherThere(const Expr *E, bool Negated) {
  E = E->IgnoreParenImpCasts();
  if (const auto *Unary = dyn_cast<UnaryOperator>(E))
    return Negated && Unary->getOpcode() == UO_LNot &&
           asksWhetherThere(Unary->getSubExpr(), false);
  const auto *Binary = dyn_cast<BinaryOperator>(E);
  if (Binary && Binary->getOpcode() == (Negated ? BO_EQ : BO_NE))
    return isa<GNUNullExpr, IntegerLiteral, CXXNullPtrLiteralExpr>(
               Binary->getRHS()->IgnoreParenCasts()) &&
           asksWhetherThere(Binary->getLHS(), false);
  const auto *Ref = dyn_cast<DeclRefExpr>(E);
  return Ref && !Negated && isa<ParmVarDecl>(Ref->getDecl()) &&
         Ref->getType()->isPointerType();
}

/// What Function returns of an object that is there: `return l ? l->fd : -1`,
/// and the same by `if (!l) return -1`. Null if it does more.
static const Expr *getReturnOfObject(const FunctionDecl *Function) {
  const Expr *Returned = getOnlyReturn(Function);
  const auto *Body = dyn_cast_or_null<CompoundStmt>(Function->getBody());
  if (!Returned && Body && Body->size() == 2) {
    const auto *If = dyn_cast<IfStmt>(Body->body_front());
    const auto *Return = dyn_cast<ReturnStmt>(Body->body_back());
    const Stmt *Then = If && !If->getElse() ? If->getThen() : nullptr;
    if (const auto *Block = dyn_cast_or_null<CompoundStmt>(Then))
      Then = Block->size() == 1 ? Block->body_front() : nullptr;
    if (Return && Then && isa<ReturnStmt>(Then) && If->getCond() &&
        asksWhetherThere(If->getCond(), true))
      Returned = Return->getRetValue();
  }
  if (!Returned || !isReadable(Returned))
    return nullptr;
  const auto *Choice =
      dyn_cast<ConditionalOperator>(ignoreTemporaries(Returned));
  return Choice && asksWhetherThere(Choice->getCond(), false)
             ? Choice->getTrueExpr()
             : Returned;
}

/// What `return E` says; nothing if it is more than a field, or a test of one.
static std::optional<SummaryTold> readTold(const Expr *E,
                                           const FunctionDecl *Function) {
  E = ignoreTemporaries(E);
  SummaryTold Told;
  if (const auto *Unary = dyn_cast<UnaryOperator>(E)) {
    if (Unary->getOpcode() != UO_LNot)
      return std::nullopt;
    Told.Test = "==";
    E = Unary->getSubExpr();
  } else if (const auto *Binary = dyn_cast<BinaryOperator>(E)) {
    Expr::EvalResult Number;
    const Expr *Right = Binary->getRHS();
    if (!Binary->isComparisonOp() || Right->isValueDependent())
      return std::nullopt;
    if (Right->EvaluateAsInt(Number, Function->getASTContext()))
      Told.Number = toInt64(Number.Val.getInt());
    else if (!Right->isNullPointerConstant(Function->getASTContext(),
                                           Expr::NPC_ValueDependentIsNotNull))
      return std::nullopt;
    Told.Test = Binary->getOpcodeStr().str();
    E = Binary->getLHS();
  }
  std::optional<SummaryPath> From = findTold(E, Function);
  if (!From)
    return std::nullopt;
  Told.From = std::move(*From);
  return Told;
}

void learnTells(const FunctionDecl *Function, const RowsOfUnit &Rows,
                std::vector<Summary> &To) {
  // What stands in a header is seen where it is called.
  QualType Type = Function->getReturnType();
  if (Function->isInlined() || !Function->isExternallyVisible() ||
      (!Type->isIntegralOrEnumerationType() && !Type->isPointerType()))
    return;
  const Expr *Returned = getReturnOfObject(Function);
  std::string Name = getSummaryName(Function);
  if (!Returned || Name.empty())
    return;
  std::optional<SummaryTold> Told = readTold(Returned, Function);
  if (!Told)
    return;
  Summary Row;
  Row.Name = getTellsName(Name);
  Row.Usr = getUsr(Function);
  Row.At =
      toPlace(Function->getLocation(), Rows.Unit.getContext(), Rows.Options);
  Row.Tells = std::move(Told);
  To.push_back(std::move(Row));
}

} // namespace selfconnect
} // namespace tidy
} // namespace clang
