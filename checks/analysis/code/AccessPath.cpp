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

/// True for std::unique_ptr, std::shared_ptr and their like.
static bool isSmartPointer(QualType Type) {
  const CXXRecordDecl *Class = Type->getAsCXXRecordDecl();
  return Class && Class->getIdentifier() &&
         (Class->getName() == "unique_ptr" || Class->getName() == "shared_ptr");
}

/// The smart pointer that E, `*p`, `p->` or `p.get()`, asks; null for anything
/// else.
static const Expr *getAskedPointer(const Expr *E,
                                   OverloadedOperatorKind Operator) {
  if (const auto *Call = dyn_cast<CXXOperatorCallExpr>(E))
    return Operator != OO_None && Call->getOperator() == Operator &&
                   Call->getNumArgs() == 1 &&
                   isSmartPointer(Call->getArg(0)->getType())
               ? Call->getArg(0)
               : nullptr;
  const auto *Call = dyn_cast<CXXMemberCallExpr>(E);
  const CXXMethodDecl *Method = Call ? Call->getMethodDecl() : nullptr;
  return Method && Operator != OO_Star && Method->getIdentifier() &&
                 Method->getName() == "get" &&
                 isSmartPointer(Call->getImplicitObjectArgument()->getType())
             ? Call->getImplicitObjectArgument()
             : nullptr;
}

/// The field that element Index of Record, a tuple, is kept in: that of the
/// base that has the index as its first template argument.
static const FieldDecl *findTupleField(const CXXRecordDecl *Record,
                                       uint64_t Index, unsigned Depth) {
  static constexpr unsigned MaxTupleBases = 32;
  Record = Record ? Record->getDefinition() : nullptr;
  if (!Record || Depth == MaxTupleBases)
    return nullptr;
  if (const auto *Holder = dyn_cast<ClassTemplateSpecializationDecl>(Record)) {
    const TemplateArgumentList &Args = Holder->getTemplateArgs();
    auto Field = Record->field_begin();
    if (Args.size() != 0 && Args[0].getKind() == TemplateArgument::Integral &&
        Args[0].getAsIntegral() == Index && Field != Record->field_end() &&
        std::next(Field) == Record->field_end())
      return *Field;
  }
  for (const CXXBaseSpecifier &Base : Record->bases())
    if (const FieldDecl *Field = findTupleField(
            Base.getType()->getAsCXXRecordDecl(), Index, Depth + 1))
      return Field;
  // libc++ keeps what holds the elements in a field.
  for (const FieldDecl *Field : Record->fields())
    if (const FieldDecl *Inner = findTupleField(
            Field->getType()->getAsCXXRecordDecl(), Index, Depth + 1))
      return Inner;
  return nullptr;
}

const FieldDecl *getElementField(QualType Type, uint64_t Index) {
  const CXXRecordDecl *Record = Type->getAsCXXRecordDecl();
  if (!Record || !Record->getIdentifier() || !Record->getDefinition() ||
      !Record->isInStdNamespace())
    return nullptr;
  if (Record->getName() == "tuple")
    return findTupleField(Record, Index, 0);
  if (Record->getName() != "pair" || Index > 1)
    return nullptr;
  for (const FieldDecl *Field : Record->getDefinition()->fields())
    if (Field->getIdentifier() &&
        Field->getName() == (Index == 0 ? "first" : "second"))
      return Field;
  return nullptr;
}

/// `std::get<1>(result)`
static AccessPath getElementPath(const CallExpr *Call,
                                 const PointerAliases &Aliases) {
  const FunctionDecl *Callee = Call->getDirectCallee();
  const TemplateArgumentList *Args =
      Callee && Callee->getIdentifier() && Callee->getName() == "get" &&
              Callee->isInStdNamespace() && Call->getNumArgs() == 1
          ? Callee->getTemplateSpecializationArgs()
          : nullptr;
  if (!Args || Args->size() == 0 ||
      Args->get(0).getKind() != TemplateArgument::Integral)
    return {};
  const FieldDecl *Field =
      getElementField(Call->getArg(0)->getType(),
                      Args->get(0).getAsIntegral().getZExtValue());
  AccessPath Record = getAccessPath(Call->getArg(0), Aliases);
  return Field && Record.isValid()
             ? Record.withStep({AccessPath::Step::Field, Field})
             : AccessPath();
}

AccessPath getPointeePath(const Expr *E, const PointerAliases &Aliases) {
  E = E->IgnoreParenCasts();
  if (const Expr *Pointer = getAskedPointer(E, OO_Arrow))
    return getAccessPath(Pointer, Aliases).pointee();
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
  if (const Expr *Pointer = getAskedPointer(E, OO_None))
    return getAccessPath(Pointer, Aliases);
  if (const Expr *Pointer = getAskedPointer(E, OO_Star))
    return getAccessPath(Pointer, Aliases).pointee();
  if (const auto *Call = dyn_cast<CallExpr>(E))
    return getElementPath(Call, Aliases);
  if (const auto *Ref = dyn_cast<DeclRefExpr>(E)) {
    // `auto [ok, fd] = dial();`: a part of the object without a name.
    if (const auto *Binding = dyn_cast<BindingDecl>(Ref->getDecl())) {
      const VarDecl *Holder = Binding->getHoldingVar();
      const Expr *Part = Holder ? Holder->getInit() : Binding->getBinding();
      return Part && !Part->getType().isNull() ? getAccessPath(Part, Aliases)
                                               : AccessPath();
    }
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
