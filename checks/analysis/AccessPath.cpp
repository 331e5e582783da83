//===- AccessPath.cpp - a storage location as code names it ---------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "AccessPath.h"
#include "clang/AST/ExprCXX.h"

namespace clang {
namespace tidy {
namespace selfconnect {

AccessPath AccessPath::errnoPath() {
  AccessPath Path;
  Path.RootKind = Errno;
  return Path;
}

AccessPath AccessPath::thisObject() {
  AccessPath Path;
  Path.RootKind = This;
  return Path;
}

llvm::StringRef AccessPath::getLastField() const {
  if (Steps.empty() || Steps.back().StepKind != Step::Field)
    return "";
  return Steps.back().Member->getName();
}

AccessPath AccessPath::withStep(Step Next) const {
  AccessPath Longer = *this;
  Longer.Steps.push_back(Next);
  return Longer;
}

AccessPath AccessPath::withSteps(llvm::ArrayRef<Step> Next) const {
  AccessPath Longer = *this;
  Longer.Steps.append(Next.begin(), Next.end());
  return Longer;
}

AccessPath AccessPath::withoutLastStep() const {
  AccessPath Shorter = *this;
  if (!Shorter.Steps.empty())
    Shorter.Steps.pop_back();
  return Shorter;
}

bool AccessPath::contains(const AccessPath &Other) const {
  return isValid() && RootKind == Other.RootKind && Root == Other.Root &&
         Steps.size() <= Other.Steps.size() &&
         std::equal(Steps.begin(), Steps.end(), Other.Steps.begin());
}

bool AccessPath::operator<(const AccessPath &Other) const {
  if (RootKind != Other.RootKind)
    return RootKind < Other.RootKind;
  if (Root != Other.Root)
    return Root < Other.Root;
  return std::lexicographical_compare(Steps.begin(), Steps.end(),
                                      Other.Steps.begin(), Other.Steps.end());
}

/// errno is a macro: `(*__errno_location())` with glibc and musl, `__error` on
/// BSDs and macOS, `__errno` in Bionic and NetBSD, `_errno` on Windows.
static bool isErrnoLocation(const Expr *E) {
  const auto *Call = dyn_cast<CallExpr>(E->IgnoreParenCasts());
  const FunctionDecl *Callee = Call ? Call->getDirectCallee() : nullptr;
  if (!Callee || !Callee->getIdentifier() || Callee->getNumParams() != 0)
    return false;
  llvm::StringRef Name = Callee->getName();
  return Name == "__errno_location" || Name == "__error" || Name == "__errno" ||
         Name == "_errno" || Name == "___errno";
}

AccessPath getPointeePath(const Expr *E, const PointerAliases &Aliases) {
  E = E->IgnoreParenCasts();
  if (const auto *Unary = dyn_cast<UnaryOperator>(E))
    if (Unary->getOpcode() == UO_AddrOf)
      return getAccessPath(Unary->getSubExpr(), Aliases);
  // A copy of std::addressof() and the like would go here; a plain array
  // decays to its first element, which we do not tell from the whole.
  if (E->getType()->isArrayType())
    return getAccessPath(E, Aliases);
  // `p + n` and `p++` stay within what p points to.
  if (const auto *Binary = dyn_cast<BinaryOperator>(E))
    if (Binary->isAdditiveOp())
      return getPointeePath(Binary->getLHS(), Aliases);
  AccessPath Pointer = getAccessPath(E, Aliases);
  if (Pointer.getRoot() && Pointer.steps().empty()) {
    auto Alias = Aliases.find(Pointer.getRoot());
    if (Alias != Aliases.end())
      return Alias->second;
  }
  return Pointer.pointee();
}

AccessPath getAccessPath(const Expr *E, const PointerAliases &Aliases) {
  E = E->IgnoreParenCasts();
  if (const auto *Ref = dyn_cast<DeclRefExpr>(E)) {
    const auto *Var = dyn_cast<VarDecl>(Ref->getDecl());
    if (!Var)
      return {};
    if (Var->getType()->isReferenceType()) {
      auto Alias = Aliases.find(Var->getCanonicalDecl());
      if (Alias != Aliases.end())
        return Alias->second;
    }
    return AccessPath(Var);
  }
  if (const auto *Member = dyn_cast<MemberExpr>(E)) {
    const auto *Field = dyn_cast<FieldDecl>(Member->getMemberDecl());
    if (!Field) {
      const auto *Static = dyn_cast<VarDecl>(Member->getMemberDecl());
      return Static ? AccessPath(Static) : AccessPath();
    }
    AccessPath Base = Member->isArrow()
                          ? getPointeePath(Member->getBase(), Aliases)
                          : getAccessPath(Member->getBase(), Aliases);
    if (!Base.isValid())
      return {};
    // Members of an anonymous struct or union are members of what holds it.
    if (Field->isAnonymousStructOrUnion())
      return Base;
    return Base.withStep({AccessPath::Step::Field, Field->getCanonicalDecl()});
  }
  if (const auto *Unary = dyn_cast<UnaryOperator>(E)) {
    if (Unary->getOpcode() == UO_Deref)
      return isErrnoLocation(Unary->getSubExpr())
                 ? AccessPath::errnoPath()
                 : getPointeePath(Unary->getSubExpr(), Aliases);
    if (Unary->isIncrementDecrementOp())
      return getAccessPath(Unary->getSubExpr(), Aliases);
    return {};
  }
  if (const auto *Subscript = dyn_cast<ArraySubscriptExpr>(E)) {
    AccessPath Array = getPointeePath(Subscript->getBase(), Aliases);
    return Array.isValid() ? Array.withStep({AccessPath::Step::Index, nullptr})
                           : Array;
  }
  if (isa<CXXThisExpr>(E))
    return AccessPath::thisObject();
  if (const auto *Binary = dyn_cast<BinaryOperator>(E))
    if (Binary->isAssignmentOp())
      return getAccessPath(Binary->getLHS(), Aliases);
  return {};
}

} // namespace selfconnect
} // namespace tidy
} // namespace clang
