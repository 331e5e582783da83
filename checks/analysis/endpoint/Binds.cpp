//===- Binds.cpp - what gave a socket its local address -------------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Binds.h"
#include "../api/NetworkApi.h"
#include "../code/CallPaths.h"
#include "../code/Limits.h"
#include "clang/AST/ExprCXX.h"

namespace clang {
namespace tidy {
namespace selfconnect {

/// How many calls and copies one search goes through in a row.
static constexpr unsigned MaxBindDepth = 8;
/// How many times one search begins anew in some function.
static constexpr unsigned MaxBindSearches = 128;
/// How many callers of one function are looked at.
static constexpr unsigned MaxBindCallers = 32;

namespace {

class BindFinder {
public:
  BindFinder(TranslationUnit &Unit, BindCallback Each)
      : Unit(Unit), Each(Each) {}

  /// The binds of Socket before At. Above Floor, the call by which the search
  /// went down into a function, somebody else looks.
  void find(const AccessPath &Socket, Place At, const Entry *Floor = nullptr);

  bool hasFound() const { return Found; }
  /// Some way has come to where the socket is made, or to where it is not known
  /// what was done before.
  bool mayBeUnbound() const { return Unbound; }

  /// The binds of any socket that has its place where Socket has.
  void findAnywhere(const AccessPath &Socket);

private:
  bool findInside(const CallExpr *Call, const AccessPath &Socket, Place There);
  void findWhereMade(const Write &W, const AccessPath &Socket, Place There,
                     const Entry *Floor);
  void findBefore(const Entry &Via, const AccessPath &Socket,
                  const Entry *Floor);
  void findInCallers(const AccessPath &Socket, const FunctionDecl *Function);

  TranslationUnit &Unit;
  BindCallback Each;
  bool Found = false;
  bool Unbound = false;
  unsigned Depth = 0;
  unsigned Searches = 0;
};

} // namespace

/// What Path, which starts at a parameter or at `this`, is where Call is made.
static AccessPath getCallersPath(const Expr *Call,
                                 llvm::ArrayRef<const Expr *> Arguments,
                                 const FunctionFlow &Caller,
                                 const AccessPath &Path) {
  if (const auto *Parameter = dyn_cast_or_null<ParmVarDecl>(Path.getRoot())) {
    unsigned Index = Parameter->getFunctionScopeIndex();
    if (Index >= Arguments.size())
      return {};
    AccessPath Outer = rebase(Path, Parameter, Arguments[Index], &Caller);
    // A file descriptor is handed on as a copy.
    return Outer.isValid()
               ? Outer
               : Caller.path(Arguments[Index]).withSteps(Path.steps());
  }
  const auto *Method = dyn_cast<CallExpr>(Call);
  AccessPath This = AccessPath::thisObject().pointee();
  if (!Method || !This.contains(Path))
    return {};
  return getCalledObject(Caller, Method)
      .withSteps(Path.steps().drop_front(This.steps().size()));
}

void BindFinder::find(const AccessPath &Socket, Place At, const Entry *Floor) {
  if (!At.Flow || !Socket.isValid()) {
    Unbound = true;
    return;
  }
  if (Depth == MaxBindDepth || Searches == MaxBindSearches) {
    reportLimit(Depth == MaxBindDepth ? "MaxBindDepth" : "MaxBindSearches",
                At.Flow->getFunction());
    Unbound = true;
    return;
  }
  ++Depth;
  ++Searches;
  bool FromEntry = At.Flow->walkBack(At.Use, [&](const Stmt *S) {
    const auto *Call = dyn_cast<CallExpr>(S);
    if (Call && getApiRole(Call) == ApiRole::Bind) {
      if (At.Flow->path(Call->getArg(0)) != Socket)
        return false;
      Found = true;
      Each(Call, {At.Flow, Call, At.Via});
      return true;
    }
    if (Call && findInside(Call, Socket, {At.Flow, Call, At.Via}))
      return true;
    for (const Write &W : At.Flow->writesAt(S))
      if (W.Target.contains(Socket) && W.WriteKind != Write::Pass) {
        findWhereMade(W, Socket, {At.Flow, S, At.Via}, Floor);
        return true;
      }
    return false;
  });
  if (FromEntry && !At.Via)
    findInCallers(Socket, At.Flow->getFunction());
  else if (FromEntry && At.Via != Floor && !At.Via->isOpen())
    findBefore(*At.Via, Socket, Floor);
  else if (FromEntry)
    Unbound = true;
  --Depth;
}

/// `bind_to(fd, 33333)`: whether the callee binds it.
bool BindFinder::findInside(const CallExpr *Call, const AccessPath &Socket,
                            Place There) {
  const FunctionDecl *Body = nullptr;
  const FunctionDecl *Callee = Call->getDirectCallee();
  if (!Callee || !Callee->hasBody(Body))
    return false;
  AccessPath Inner = toCallee(*There.Flow, Call, Body, Socket);
  const FunctionFlow *Inside = Inner.isValid() ? Unit.getFlow(Body) : nullptr;
  if (!Inside)
    return false;
  bool FoundBefore = Found, UnboundBefore = Unbound;
  Found = false;
  Entry Via = {Call, Body, There};
  find(Inner, {Inside, nullptr, &Via}, &Via);
  bool Binds = Found;
  Found |= FoundBefore;
  // Where the callee does not bind it at all, the search goes on before it.
  if (!Binds)
    Unbound = UnboundBefore;
  return Binds;
}

/// `fd = make_socket(33333)`: whether the callee binds what it returns; or the
/// object that W copies.
void BindFinder::findWhereMade(const Write &W, const AccessPath &Socket,
                               Place There, const Entry *Floor) {
  if (W.WriteKind != Write::Assign || !W.Value) {
    Unbound = true;
    return;
  }
  llvm::ArrayRef<AccessPath::Step> Rest =
      Socket.steps().drop_front(W.Target.steps().size());
  const Expr *Value = W.Value->IgnoreParenCasts();
  const auto *Call = dyn_cast<CallExpr>(Value);
  const FunctionDecl *Callee = Call ? Call->getDirectCallee() : nullptr;
  const FunctionDecl *Body = nullptr;
  if (Callee && Callee->hasBody(Body) && !isa<CXXOperatorCallExpr>(Call)) {
    Entry Via = {Call, Body, There};
    for (const Definition &Return : findReturns(Unit, Body, &Via).Found)
      // -1 is no socket.
      if (Return.E && !Return.E->isEvaluatable(Unit.getContext()))
        find(getPathAt(Return.E, Return.At).withSteps(Rest), Return.At, Floor);
    return;
  }
  AccessPath Copied = There.Flow->path(Value);
  if (Copied == W.Target)
    Unbound = true;
  else
    find(Copied.withSteps(Rest), There, Floor);
}

/// The callee has not bound Socket: what its caller did before the call.
void BindFinder::findBefore(const Entry &Via, const AccessPath &Socket,
                            const Entry *Floor) {
  std::vector<const Expr *> Arguments(Via.Call->arg_begin(),
                                      Via.Call->arg_end());
  const Place &From = Via.From;
  find(getCallersPath(Via.Call, Arguments, *From.Flow, Socket),
       {From.Flow, Via.Call, From.Via}, Floor);
}

void BindFinder::findInCallers(const AccessPath &Socket,
                               const FunctionDecl *Function) {
  llvm::ArrayRef<CallSite> Sites = Unit.getCalls(Function);
  // Others may call it, too.
  Unbound |= Sites.empty() || Function->isExternallyVisible();
  if (Sites.size() > MaxBindCallers)
    reportLimit("MaxBindCallers", Function);
  for (const CallSite &Site : Sites.take_front(MaxBindCallers))
    if (const FunctionFlow *Caller =
            Site.Caller ? Unit.getFlow(Site.Caller) : nullptr)
      find(getCallersPath(Site.Call, Site.Arguments, *Caller, Socket),
           {Caller, Site.Call});
}

/// True if both are the same global, or the same field of some objects.
static bool isSameEverywhere(const AccessPath &One, const AccessPath &Other) {
  if (!One.isValid() || !Other.isValid())
    return false;
  if (One == Other && One.getRoot() && One.getRoot()->hasGlobalStorage())
    return true;
  return !One.steps().empty() && !Other.steps().empty() &&
         One.steps().back().StepKind == AccessPath::Step::Field &&
         One.steps().back() == Other.steps().back();
}

void BindFinder::findAnywhere(const AccessPath &Socket) {
  const ASTContext &Context = Unit.getContext();
  for (const NamedDecl *Named :
       Context.getTranslationUnitDecl()->lookup(&Context.Idents.get("bind"))) {
    const auto *Function = dyn_cast<FunctionDecl>(Named);
    if (!Function)
      continue;
    for (const CallSite &Site : Unit.getCalls(Function)) {
      const auto *Call = dyn_cast<CallExpr>(Site.Call);
      const FunctionFlow *Flow =
          Call && Site.Caller && getApiRole(Call) == ApiRole::Bind
              ? Unit.getFlow(Site.Caller)
              : nullptr;
      if (Flow && isSameEverywhere(Flow->path(Call->getArg(0)), Socket))
        Each(Call, {Flow, Call});
    }
  }
}

bool forEachBindBefore(const FunctionFlow &Flow, const CallExpr *Call,
                       BindCallback Each) {
  BindFinder Finder(Flow.getUnit(), Each);
  Finder.find(Flow.path(Call->getArg(0)), {&Flow, Call});
  return Finder.mayBeUnbound();
}

void forEachBindOf(const FunctionFlow &Flow, const CallExpr *Listen,
                   BindCallback Each, const Entry *Via) {
  AccessPath Socket = Flow.path(Listen->getArg(0));
  BindFinder Finder(Flow.getUnit(), Each);
  Finder.find(Socket, {&Flow, Listen, Via});
  if (!Finder.hasFound())
    Finder.findAnywhere(Socket);
}

} // namespace selfconnect
} // namespace tidy
} // namespace clang
