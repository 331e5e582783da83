//===- TranslationUnit.cpp - what is computed once per translation unit ---===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "TranslationUnit.h"
#include "FunctionFlow.h"
#include "clang/AST/RecursiveASTVisitor.h"

namespace clang {
namespace tidy {
namespace selfconnect {

namespace {

/// Finds the writes to all variables of static storage in one walk.
class GlobalWriteCollector : public RecursiveASTVisitor<GlobalWriteCollector> {
public:
  explicit GlobalWriteCollector(
      llvm::DenseMap<const VarDecl *, GlobalWrites> &Writes)
      : Writes(Writes) {}

  bool VisitBinaryOperator(BinaryOperator *Binary) {
    if (!Binary->isAssignmentOp())
      return true;
    if (const VarDecl *Var = getGlobal(Binary->getLHS())) {
      if (Binary->getOpcode() == BO_Assign)
        Writes[Var].Assigned.push_back(Binary->getRHS());
      else
        Writes[Var].Other = true;
    }
    return true;
  }

  bool VisitUnaryOperator(UnaryOperator *Unary) {
    if (Unary->isIncrementDecrementOp() || Unary->getOpcode() == UO_AddrOf)
      if (const VarDecl *Var = getGlobal(Unary->getSubExpr()))
        Writes[Var].Other = true;
    return true;
  }

private:
  static const VarDecl *getGlobal(const Expr *E) {
    const auto *Ref = dyn_cast<DeclRefExpr>(E->IgnoreParenImpCasts());
    const auto *Var = Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
    return Var && Var->hasGlobalStorage() ? Var->getCanonicalDecl() : nullptr;
  }

  llvm::DenseMap<const VarDecl *, GlobalWrites> &Writes;
};

} // namespace

TranslationUnit::TranslationUnit(ASTContext &Context) : Context(Context) {}
TranslationUnit::~TranslationUnit() = default;

const FunctionFlow *TranslationUnit::getFlow(const FunctionDecl *Function) {
  auto Inserted = Flows.try_emplace(Function);
  if (Inserted.second)
    // Building asks nothing of this map, so the iterator stays valid.
    Inserted.first->second = FunctionFlow::build(Function, *this);
  return Inserted.first->second.get();
}

const GlobalWrites &TranslationUnit::getGlobalWrites(const VarDecl *Var) {
  if (!Globals) {
    Globals = std::make_unique<llvm::DenseMap<const VarDecl *, GlobalWrites>>();
    GlobalWriteCollector Collector(*Globals);
    for (Decl *D : Context.getTranslationUnitDecl()->decls())
      if (!Context.getSourceManager().isInSystemHeader(D->getLocation()))
        Collector.TraverseDecl(D);
  }
  return (*Globals)[Var->getCanonicalDecl()];
}

} // namespace selfconnect
} // namespace tidy
} // namespace clang
