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
  const Expr *Returned = getOnlyReturn(Function);
  std::string Name = getSummaryName(Function);
  if (!Returned || !isReadable(Returned) || Name.empty())
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
