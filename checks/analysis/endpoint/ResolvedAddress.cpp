//===- ResolvedAddress.cpp - what getaddrinfo() found ---------------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ResolvedAddress.h"
#include "../api/NetworkApi.h"
#include "../code/Limits.h"
#include "../code/Statements.h"
#include "clang/AST/ExprCXX.h"

namespace clang {
namespace tidy {
namespace selfconnect {

/// How many objects and expressions one question looks at.
static constexpr unsigned MaxResolveSteps = 256;
/// How deep they may lie in one another.
static constexpr size_t MaxResolveDepth = 32;
/// Which argument of getaddrinfo() the list is left in.
static constexpr unsigned ResultsArgument = 3;

static bool isField(const AccessPath::Step &Step, llvm::StringRef Name) {
  return Step.StepKind == AccessPath::Step::Field &&
         Step.Member->getIdentifier() && Step.Member->getName() == Name;
}

AccessPath getResolvedNode(const AccessPath &Address) {
  AccessPath Path = Address;
  while (!Path.steps().empty() && !isField(Path.steps().back(), "ai_addr"))
    Path = Path.withoutLastStep();
  if (Path.steps().empty())
    return {};
  Path = Path.withoutLastStep();
  bool IsPointed = !Path.steps().empty() &&
                   Path.steps().back().StepKind == AccessPath::Step::Deref;
  return IsPointed ? Path.withoutLastStep() : AccessPath();
}

namespace {

class ResolveFinder {
public:
  ResolveFinder(TranslationUnit &Unit, ResolveCallback Each)
      : Unit(Unit), Each(Each) {}

  void followPath(AccessPath Path, Place At);

private:
  void follow(const Expr *E, Place At);
  void followCall(const CallExpr *Call, Place At);
  void addDefinition(const Definition &Found, const AccessPath &Path);
  bool addPassed(const Write &W, const AccessPath &Path, Place At);
  bool addWriters(const AccessPath &Path);
  void addUnknown() { Each(nullptr, {nullptr, nullptr}); }

  TranslationUnit &Unit;
  ResolveCallback Each;
  unsigned Steps = 0;
  /// What is being asked for: `p = p->ai_next` in a loop asks for itself.
  struct Question {
    AccessPath Path;
    const FunctionFlow *Flow;
    const Stmt *Use;
    const Entry *Via;
    bool operator==(const Question &Other) const {
      return Path == Other.Path && Flow == Other.Flow && Use == Other.Use &&
             Via == Other.Via;
    }
  };
  llvm::SmallVector<Question, 8> Active;
};

} // namespace

/// The variable or field that the pointer Path is, where it outlives the
/// function; null for any other.
static const ValueDecl *getHolder(const AccessPath &Path) {
  const VarDecl *Root = Path.getRoot();
  if (Path.steps().empty())
    return Root && Root->hasGlobalStorage() ? Root : nullptr;
  const AccessPath::Step &Last = Path.steps().back();
  return Last.StepKind == AccessPath::Step::Field ? Last.Member : nullptr;
}

void ResolveFinder::followPath(AccessPath Path, Place At) {
  // The next node is in the same list.
  while (Path.steps().size() >= 2 && isField(Path.steps().back(), "ai_next"))
    Path = Path.withoutLastStep().withoutLastStep();
  Question Asked = {Path, At.Flow, At.Use, At.Via};
  if (llvm::is_contained(Active, Asked))
    return;
  if (!Path.isValid() || ++Steps > MaxResolveSteps ||
      Active.size() == MaxResolveDepth) {
    if (Path.isValid())
      reportLimit(Steps > MaxResolveSteps ? "MaxResolveSteps"
                                          : "MaxResolveDepth",
                  At.getFunction());
    return addUnknown();
  }
  Active.push_back(Asked);
  Definitions From = findDefinitions(Unit, Path, At);
  for (const Definition &Found : From.Found)
    addDefinition(Found, Path);
  if (From.Unknown && !addWriters(Path))
    addUnknown();
  Active.pop_back();
}

void ResolveFinder::addDefinition(const Definition &Found,
                                  const AccessPath &Path) {
  switch (Found.DefinitionKind) {
  case Definition::Value:
    return follow(Found.E, Found.At);
  case Definition::Zero:
    return; // A null pointer leads to no address.
  case Definition::Pass:
    if (addPassed(*Found.Last, Path, Found.At))
      return;
    break;
  case Definition::Update:
  case Definition::Learned:
  case Definition::Open:
    break;
  }
  addUnknown();
}

/// W hands what Path is a part of to a call: getaddrinfo(), or a function of
/// this file that goes on from there.
bool ResolveFinder::addPassed(const Write &W, const AccessPath &Path,
                              Place At) {
  if (getApiRole(W.Call) == ApiRole::Resolve &&
      W.Argument == ResultsArgument && W.Target == Path) {
    Each(W.Call, At);
    return true;
  }
  const FunctionDecl *Callee = W.Call->getDirectCallee();
  const FunctionDecl *Body = nullptr;
  if (!Callee || !Callee->hasBody(Body) || isa<CXXOperatorCallExpr>(W.Call) ||
      W.Argument >= Body->getNumParams())
    return false;
  const FunctionFlow *Inside = Unit.getFlow(Body);
  if (!Inside)
    return false;
  const ParmVarDecl *Parameter = Body->getParamDecl(W.Argument);
  AccessPath Inner(Parameter);
  if (!Parameter->getType()->isReferenceType())
    Inner = Inner.pointee();
  Entry Via = {W.Call, Body, At};
  followPath(Inner.withSteps(Path.steps().drop_front(W.Target.steps().size())),
             {Inside, nullptr, &Via});
  return true;
}

/// The calls that leave a list in the global or the field that Path is, in
/// whatever function. False if there is none.
bool ResolveFinder::addWriters(const AccessPath &Path) {
  const ValueDecl *Holder = getHolder(Path);
  if (!Holder)
    return false;
  bool Any = false;
  for (const FunctionDecl *Function : Unit.getAddressUsers(Holder)) {
    const FunctionFlow *Flow = Unit.getFlow(Function);
    if (!Flow || ++Steps > MaxResolveSteps)
      continue;
    for (const Write &W : Flow->allWrites())
      if (W.WriteKind == Write::Pass && getHolder(W.Target) == Holder)
        Any |= addPassed(W, W.Target, {Flow, W.Where});
  }
  return Any;
}

void ResolveFinder::followCall(const CallExpr *Call, Place At) {
  const FunctionDecl *Callee = Call->getDirectCallee();
  const FunctionDecl *Body = nullptr;
  if (Callee && Callee->isInStdNamespace() && Callee->getIdentifier() &&
      (Callee->getName() == "move" || Callee->getName() == "forward" ||
       Callee->getName() == "exchange") &&
      Call->getNumArgs() >= 1)
    return follow(Call->getArg(0), At);
  if (!Callee || !Callee->hasBody(Body))
    return addUnknown();
  Entry Via = {Call, Body, At};
  Definitions Returns = findReturns(Unit, Body, &Via);
  for (const Definition &Return : Returns.Found)
    follow(Return.E, Return.At);
  if (Returns.Unknown || Returns.Found.empty())
    addUnknown();
}

void ResolveFinder::follow(const Expr *E, Place At) {
  E = ignoreTemporaries(E);
  if (E->isNullPointerConstant(Unit.getContext(),
                               Expr::NPC_ValueDependentIsNotNull))
    return;
  AccessPath Path = getPathAt(E, At);
  if (Path.isValid())
    return followPath(Path, At);
  if (const auto *Conditional = dyn_cast<AbstractConditionalOperator>(E)) {
    follow(Conditional->getTrueExpr(), At);
    return follow(Conditional->getFalseExpr(), At);
  }
  if (const auto *Member = dyn_cast<MemberExpr>(E))
    if (Member->getMemberDecl()->getIdentifier() &&
        Member->getMemberDecl()->getName() == "ai_next")
      return follow(Member->getBase(), At);
  // A smart pointer made of one; one that is empty.
  if (const auto *Construct = dyn_cast<CXXConstructExpr>(E)) {
    if (Construct->getNumArgs() >= 1)
      follow(Construct->getArg(0), At);
    return;
  }
  if (const auto *List = dyn_cast<InitListExpr>(E)) {
    if (List->getNumInits() >= 1)
      follow(List->getInit(0), At);
    return;
  }
  if (const auto *Call = dyn_cast<CallExpr>(E))
    return followCall(Call, At);
  addUnknown();
}

void forEachResolve(TranslationUnit &Unit, const AccessPath &Node, Place At,
                    ResolveCallback Each) {
  ResolveFinder(Unit, Each).followPath(Node, At);
}

} // namespace selfconnect
} // namespace tidy
} // namespace clang
