//===- NamedParts.cpp - what an expression or a type names ----------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "NamedParts.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprCXX.h"

namespace clang {
namespace tidy {
namespace selfconnect {

bool holdsFunction(QualType Type) {
  if (const auto *Pointer = Type->getAs<PointerType>())
    return Pointer->getPointeeType()->isFunctionType();
  const CXXRecordDecl *Class = Type->getAsCXXRecordDecl();
  return Class && Class->getIdentifier() && Class->getName() == "function";
}

const ValueDecl *getBaseObject(const Expr *E) {
  while (true) {
    E = E->IgnoreParenCasts();
    if (const auto *Member = dyn_cast<MemberExpr>(E)) {
      E = Member->getBase();
      if (isa<CXXThisExpr>(E->IgnoreParenCasts()))
        return Member->getMemberDecl();
    } else if (const auto *Subscript = dyn_cast<ArraySubscriptExpr>(E)) {
      E = Subscript->getBase();
    } else if (const auto *Unary = dyn_cast<UnaryOperator>(E)) {
      E = Unary->getSubExpr();
    } else {
      const auto *Ref = dyn_cast<DeclRefExpr>(E);
      const auto *Var = Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
      return Var ? Var->getCanonicalDecl() : nullptr;
    }
  }
}

unsigned countMethods(const RecordDecl *Record, unsigned Depth) {
  static constexpr unsigned MaxNesting = 8;
  Record = Record ? Record->getDefinition() : nullptr;
  if (!Record || Depth == MaxNesting)
    return 0;
  unsigned Count = 0;
  for (const FieldDecl *Field : Record->fields()) {
    unsigned Here =
        Field->getType()->isFunctionPointerType()
            ? 1
            : countMethods(Field->getType()->getAsRecordDecl(), Depth + 1);
    Count = Record->isUnion() ? std::max(Count, Here) : Count + Here;
  }
  return Count;
}

bool isAddressList(QualType Type) {
  const auto *Holder = dyn_cast_or_null<ClassTemplateSpecializationDecl>(
      Type->getAsCXXRecordDecl());
  if (Type->isPointerType())
    Type = Type->getPointeeType();
  else if (Holder && Holder->getTemplateArgs().size() != 0 &&
           Holder->getTemplateArgs()[0].getKind() == TemplateArgument::Type)
    Type = Holder->getTemplateArgs()[0].getAsType();
  else
    return false;
  const RecordDecl *Record = Type->getAsRecordDecl();
  return Record && Record->getIdentifier() && Record->getName() == "addrinfo";
}

const VarDecl *getHoldingVariable(const Expr *E) {
  while (true) {
    E = E->IgnoreParenImpCasts();
    if (const auto *Member = dyn_cast<MemberExpr>(E)) {
      if (Member->isArrow())
        return nullptr;
      E = Member->getBase();
    } else if (const auto *Subscript = dyn_cast<ArraySubscriptExpr>(E)) {
      E = Subscript->getBase()->IgnoreParenImpCasts();
      if (!E->getType()->isArrayType())
        return nullptr;
    } else {
      const auto *Ref = dyn_cast<DeclRefExpr>(E);
      const auto *Var = Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
      return Var && !Var->getType()->isReferenceType() && !isa<ParmVarDecl>(Var)
                 ? Var->getCanonicalDecl()
                 : nullptr;
    }
  }
}

const StringLiteral *getSlotText(const Expr *E) {
  E = E->IgnoreParenImpCasts();
  // qFlagLocation(), which hands its text on.
  if (const auto *Call = dyn_cast<CallExpr>(E))
    if (Call->getNumArgs() == 1)
      E = Call->getArg(0)->IgnoreParenImpCasts();
  return dyn_cast<StringLiteral>(E);
}

const CXXMethodDecl *findMethod(const CXXRecordDecl *Class,
                                llvm::StringRef Name) {
  Class = Class ? Class->getDefinition() : nullptr;
  if (!Class)
    return nullptr;
  for (const CXXMethodDecl *Method : Class->methods())
    if (Method->getIdentifier() && Method->getName() == Name)
      return Method;
  for (const CXXBaseSpecifier &Base : Class->bases())
    if (const CXXMethodDecl *Method =
            findMethod(Base.getType()->getAsCXXRecordDecl(), Name))
      return Method;
  return nullptr;
}

const FunctionDecl *getNamedFunction(const Expr *E) {
  while (true) {
    E = E->IgnoreParenCasts();
    if (const auto *Lambda = dyn_cast<LambdaExpr>(E))
      return Lambda->getCallOperator();
    if (const auto *Ref = dyn_cast<DeclRefExpr>(E))
      return dyn_cast<FunctionDecl>(Ref->getDecl());
    const auto *Unary = dyn_cast<UnaryOperator>(E);
    const auto *Construct = dyn_cast<CXXConstructExpr>(E);
    if (Unary && Unary->getOpcode() == UO_AddrOf)
      E = Unary->getSubExpr();
    else if (const auto *Full = dyn_cast<FullExpr>(E))
      E = Full->getSubExpr();
    else if (const auto *Temporary = dyn_cast<MaterializeTemporaryExpr>(E))
      E = Temporary->getSubExpr();
    else if (const auto *Bound = dyn_cast<CXXBindTemporaryExpr>(E))
      E = Bound->getSubExpr();
    else if (Construct && Construct->getNumArgs() >= 1)
      E = Construct->getArg(0);
    else
      return nullptr;
  }
}

} // namespace selfconnect
} // namespace tidy
} // namespace clang
