//===- CallPaths.cpp - objects across a call ------------------------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CallPaths.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/ExprCXX.h"

namespace clang {
namespace tidy {
namespace selfconnect {

AccessPath getCalledObject(const FunctionFlow &Caller, const CallExpr *Call) {
  const auto *Member =
      dyn_cast<MemberExpr>(Call->getCallee()->IgnoreParenImpCasts());
  if (!Member || !isa<CXXMemberCallExpr>(Call))
    return {};
  return Member->isArrow() ? Caller.pointee(Member->getBase())
                           : Caller.path(Member->getBase());
}

AccessPath toCallee(const FunctionFlow &Caller, const CallExpr *Call,
                    const FunctionDecl *Callee, const AccessPath &Path) {
  auto RestOf = [&](const AccessPath &Whole) {
    return Path.steps().drop_front(Whole.steps().size());
  };
  if (Path.isErrno() || (Path.getRoot() && Path.getRoot()->hasGlobalStorage()))
    return Path;
  if (AccessPath Object = getCalledObject(Caller, Call); Object.contains(Path))
    return AccessPath::thisObject().pointee().withSteps(RestOf(Object));
  if (isa<CXXOperatorCallExpr>(Call))
    return {};
  unsigned Count = std::min(Callee->getNumParams(), Call->getNumArgs());
  for (unsigned I = 0; I < Count; ++I) {
    const Expr *Argument = getPlainArgument(Call, I);
    AccessPath Parameter(Callee->getParamDecl(I));
    if (AccessPath Same = Caller.path(Argument); Same.contains(Path))
      return Parameter.withSteps(RestOf(Same));
    if (AccessPath Pointee = Caller.pointee(Argument); Pointee.contains(Path))
      return Parameter.pointee().withSteps(RestOf(Pointee));
  }
  return {};
}

const Expr *getSiteArgument(const Expr *Site, unsigned Index) {
  if (const auto *Call = dyn_cast<CallExpr>(Site))
    return getPlainArgument(Call, Index);
  const auto *Construct = dyn_cast<CXXConstructExpr>(Site);
  return Construct && Index < Construct->getNumArgs()
             ? Construct->getArg(Index)->IgnoreParenImpCasts()
             : nullptr;
}

/// The field called Name of Type or of a class that it is derived from.
static const FieldDecl *findField(QualType Type, llvm::StringRef Name) {
  const RecordDecl *Record = Type->getAsRecordDecl();
  Record = Record ? Record->getDefinition() : nullptr;
  if (!Record)
    return nullptr;
  for (const FieldDecl *Field : Record->fields())
    if (Field->getIdentifier() && Field->getName() == Name)
      return Field;
  if (const auto *Class = dyn_cast<CXXRecordDecl>(Record))
    for (const CXXBaseSpecifier &Base : Class->bases())
      if (const FieldDecl *Field = findField(Base.getType(), Name))
        return Field;
  return nullptr;
}

AccessPath findField(const FunctionFlow &Flow, const Expr *E,
                     llvm::ArrayRef<llvm::StringRef> Fields) {
  // `server->start()` of a smart pointer: the object has no name that is
  // followed, but its class is known.
  QualType Type = E->IgnoreParenImpCasts()->getType();
  if (E->getType()->isRecordType() || E->getType()->isPointerType())
    Type = E->getType();
  AccessPath Object = Type->isPointerType() ? Flow.pointee(E) : Flow.path(E);
  for (llvm::StringRef Name : Fields) {
    if (Type->isPointerType()) {
      Type = Type->getPointeeType();
      if (Name != Fields.front())
        Object = Object.pointee();
    }
    const FieldDecl *Field = findField(Type, Name);
    if (!Field)
      return {};
    if (!Object.isValid())
      Object = AccessPath::thisObject().pointee();
    Object = Object.withStep({AccessPath::Step::Field, getStorage(Field)});
    Type = Field->getType();
  }
  return Object;
}

AccessPath toCaller(const FunctionFlow &Flow, const Expr *Site,
                    const AccessPath &Inner) {
  if (Inner.isErrno())
    return Inner;
  const VarDecl *Root = Inner.getRoot();
  if (Root && Root->hasGlobalStorage())
    return Inner;
  AccessPath Outer, This = AccessPath::thisObject().pointee();
  llvm::ArrayRef<AccessPath::Step> Steps = Inner.steps();
  const auto *Method = dyn_cast<CallExpr>(Site);
  if (!Root && Method && This.contains(Inner)) {
    Outer = getCalledObject(Flow, Method);
    Steps = Steps.drop_front(This.steps().size());
  } else if (const auto *Parameter = dyn_cast_or_null<ParmVarDecl>(Root)) {
    const Expr *Argument =
        getSiteArgument(Site, Parameter->getFunctionScopeIndex());
    if (!Argument)
      return {};
    if (Parameter->getType()->isReferenceType()) {
      Outer = Flow.path(Argument);
    } else if (!Steps.empty() &&
               Steps.front().StepKind == AccessPath::Step::Deref) {
      Outer = Flow.pointee(Argument);
      Steps = Steps.drop_front();
    }
  }
  return Outer.isValid() ? Outer.withSteps(Steps) : Outer;
}

} // namespace selfconnect
} // namespace tidy
} // namespace clang
