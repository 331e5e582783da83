//===- AccessPath.cpp - a storage location as code names it ---------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "AccessPath.h"
#include "clang/AST/ExprCXX.h"
#include <cassert>
#include <memory>

namespace clang {
namespace tidy {
namespace selfconnect {

struct AccessPath::PathNode {
  enum { Variable, This, Errno } RootKind;
  const VarDecl *Root;
  const PathNode *Parent; ///< without the last step; null for the root
  unsigned Age;
  llvm::SmallVector<Step, 4> Steps;
  /// The paths with one step more.
  mutable llvm::SmallVector<std::unique_ptr<PathNode>, 2> Longer;
};

struct AccessPath::PathTable {
  unsigned Keepers = 0;
  unsigned NextAge = 0;
  std::unique_ptr<PathNode> This, Errno;
  llvm::DenseMap<const VarDecl *, std::unique_ptr<PathNode>> Variables;

  const PathNode *get(std::unique_ptr<PathNode> &Place,
                      decltype(PathNode::RootKind) Kind,
                      const VarDecl *Root = nullptr) {
    assert(Keepers != 0 && "paths without a keeper");
    if (!Place)
      Place.reset(new PathNode{Kind, Root, nullptr, NextAge++, {}, {}});
    return Place.get();
  }
};

AccessPath::PathTable &AccessPath::table() {
  static thread_local PathTable Table;
  return Table;
}

AccessPath::Keeper::Keeper() { ++table().Keepers; }

AccessPath::Keeper::~Keeper() {
  PathTable &Table = table();
  if (--Table.Keepers == 0)
    Table = PathTable();
}

AccessPath::AccessPath(const VarDecl *Root) {
  PathTable &Table = table();
  Root = Root->getCanonicalDecl();
  Node = Table.get(Table.Variables[Root], PathNode::Variable, Root);
}

AccessPath AccessPath::errnoPath() {
  PathTable &Table = table();
  return AccessPath(Table.get(Table.Errno, PathNode::Errno));
}

AccessPath AccessPath::thisObject() {
  PathTable &Table = table();
  return AccessPath(Table.get(Table.This, PathNode::This));
}

bool AccessPath::isErrno() const {
  return Node && Node->RootKind == PathNode::Errno;
}

const VarDecl *AccessPath::getRoot() const {
  return Node ? Node->Root : nullptr;
}

llvm::ArrayRef<AccessPath::Step> AccessPath::steps() const {
  if (!Node)
    return {};
  return Node->Steps;
}

const FieldDecl *getStorage(const FieldDecl *Member) {
  Member = Member->getCanonicalDecl();
  return Member->getParent()->isUnion() ? *Member->getParent()->field_begin()
                                        : Member;
}

bool isReadable(const Expr *Init) { return Init && !Init->getType().isNull(); }

AccessPath AccessPath::withStep(Step Next) const {
  if (!Node)
    return {};
  if (Next.StepKind == Step::Field)
    Next.Member = getStorage(Next.Member);
  for (const std::unique_ptr<PathNode> &Longer : Node->Longer)
    if (Longer->Steps.back() == Next)
      return AccessPath(Longer.get());
  auto Longer = std::make_unique<PathNode>(PathNode{
      Node->RootKind, Node->Root, Node, table().NextAge++, Node->Steps, {}});
  Longer->Steps.push_back(Next);
  Node->Longer.push_back(std::move(Longer));
  return AccessPath(Node->Longer.back().get());
}

AccessPath AccessPath::withSteps(llvm::ArrayRef<Step> Next) const {
  AccessPath Longer = *this;
  for (Step Each : Next)
    Longer = Longer.withStep(Each);
  return Longer;
}

AccessPath AccessPath::withoutLastStep() const {
  return Node && Node->Parent ? AccessPath(Node->Parent) : *this;
}

bool AccessPath::contains(const AccessPath &Other) const {
  if (!Node || !Other.Node)
    return false;
  const PathNode *Part = Other.Node;
  while (Part->Steps.size() > Node->Steps.size())
    Part = Part->Parent;
  return Part == Node;
}

bool AccessPath::operator<(const AccessPath &Other) const {
  if (!Node || !Other.Node)
    return !Node && Other.Node;
  return Node->Age < Other.Node->Age;
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
    return Base.withStep({AccessPath::Step::Field, Field});
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
