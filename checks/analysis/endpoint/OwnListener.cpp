//===- OwnListener.cpp - a program that connects to itself ----------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "OwnListener.h"
#include "../api/NetworkApi.h"
#include "../code/CallPaths.h"
#include "../code/Limits.h"
#include "../code/Statements.h"

namespace clang {
namespace tidy {
namespace selfconnect {

namespace {

/// Goes back from an address to the listener that has it.
class ListenerFinder {
public:
  explicit ListenerFinder(const FunctionFlow &Flow, const Stmt *Attempt)
      : Flow(Flow), Attempt(Attempt) {}

  /// True if on every way to Use Address is that of a listener which is open at
  /// the attempt. Where only the callers know, they are asked, all of them.
  bool isOwn(const AccessPath &Address, const Stmt *Use,
             unsigned Depth) const;

private:
  /// What becomes of the question at one statement.
  enum class Answer { GoOn, Yes, No };
  Answer askStatement(const AccessPath &Address, const Stmt *S,
                      unsigned Depth) const;
  Answer askWrite(const AccessPath &Address, const Write &W,
                  unsigned Depth) const;
  bool askCallers(const AccessPath &Address, unsigned Depth) const;
  bool isPortOfListener(const Expr *Port, const Stmt *Use,
                        unsigned Depth) const;

  static constexpr unsigned MaxListenerDepth = 4;
  const FunctionFlow &Flow;
  /// Or the call that leads to it.
  const Stmt *Attempt;
};

} // namespace

/// True if the unit listens at all: most do not.
static bool listensAnywhere(TranslationUnit &Unit) {
  struct Known {
    std::optional<bool> Listens;
  };
  std::optional<bool> &Listens = Unit.memory<Known>().Listens;
  if (!Listens)
    Listens = Unit.callsAny([](const CallExpr *Call) {
      return getApiRole(Call) == ApiRole::Listen;
    });
  return *Listens;
}

/// True if Call, or a function of this file that it calls, does Role to Socket.
static bool does(const FunctionFlow &Flow, const CallExpr *Call, ApiRole Role,
                 const AccessPath &Socket, unsigned Depth = 0) {
  static constexpr unsigned MaxHelperDepth = 3;
  if (getApiRole(Call) == Role)
    return Call->getNumArgs() >= 1 && Flow.path(Call->getArg(0)) == Socket;
  const FunctionDecl *Callee = Call->getDirectCallee();
  const FunctionDecl *Body = nullptr;
  if (!Callee || Depth == MaxHelperDepth || !Callee->hasBody(Body))
    return false;
  AccessPath There = toCallee(Flow, Call, Body, Socket);
  const FunctionFlow *Inside =
      There.isValid() ? Flow.getUnit().getFlow(Body) : nullptr;
  return Inside && llvm::any_of(Inside->calls(), [&](const CallExpr *Inner) {
           return does(*Inside, Inner, Role, There, Depth + 1);
         });
}

/// True if Listener listens on every way to Use, and has not been closed.
/// Opener: a call that gives it to the function, listening already; or null.
static bool isOpenAt(const FunctionFlow &Flow, const AccessPath &Listener,
                     const Stmt *Use, const CallExpr *Opener = nullptr) {
  if (!Listener.isValid())
    return false;
  bool Closed = false;
  bool FromEntry = Flow.walkBack(Use, [&](const Stmt *S) {
    const auto *Call = dyn_cast<CallExpr>(S);
    if (!Call)
      return false;
    // A helper that listens closes its socket only where that has failed.
    if (Call == Opener || does(Flow, Call, ApiRole::Listen, Listener))
      return true;
    Closed |= does(Flow, Call, ApiRole::Close, Listener);
    return Closed;
  });
  return !Closed && !FromEntry;
}

/// What Call's result is kept in; invalid where that is not known.
static AccessPath findResult(const FunctionFlow &Flow, const CallExpr *Call) {
  for (const Write &W : Flow.allWrites())
    if (W.WriteKind == Write::Assign && W.Value &&
        W.Value->IgnoreParenCasts() == Call)
      return W.Target;
  return {};
}

/// True if Flow's function makes Listener listen and gives it to its caller.
static bool returnsOpen(const FunctionFlow &Flow, const AccessPath &Listener) {
  if (llvm::none_of(Flow.calls(), [&](const CallExpr *Call) {
        return does(Flow, Call, ApiRole::Listen, Listener);
      }))
    return false;
  for (const CFGBlock *Block : Flow.getCFG())
    for (const CFGElement &Element : *Block)
      if (auto Statement = Element.getAs<CFGStmt>())
        if (const auto *Return = dyn_cast<ReturnStmt>(Statement->getStmt()))
          if (Return->getRetValue() &&
              Flow.path(Return->getRetValue()) == Listener)
            return true;
  return false;
}

static bool isPortField(const AccessPath &Path) {
  if (Path.steps().empty() ||
      Path.steps().back().StepKind != AccessPath::Step::Field)
    return false;
  llvm::StringRef Name = Path.steps().back().Member->getName();
  return Name == "sin_port" || Name == "sin6_port";
}

/// True if Port, a number, is what getsockname() has said of a listener.
bool ListenerFinder::isPortOfListener(const Expr *Port, const Stmt *Use,
                                      unsigned Depth) const {
  Port = Port->IgnoreParenCasts();
  AccessPath Path = Flow.path(Port);
  if (Path.isValid() && isPortField(Path))
    return isOwn(Path.withoutLastStep(), Use, Depth + 1);
  if (Path.isValid() && Path.steps().empty()) {
    FunctionFlow::LastWrites Last =
        Flow.findLastWrites(Use, [&](const Write &W) {
          return W.Target.overlaps(Path) ? FunctionFlow::Effect::Must
                                         : FunctionFlow::Effect::None;
        });
    return !Last.FromEntry && !Last.Writes.empty() &&
           Depth < MaxListenerDepth &&
           llvm::all_of(Last.Writes, [&](const Write *W) {
             return W->WriteKind == Write::Assign && W->Value &&
                    isPortOfListener(W->Value, W->Where, Depth + 1);
           });
  }
  const auto *Call = dyn_cast<CallExpr>(Port);
  if (!Call)
    return false;
  // `htons(port)`, and `port_of(listener)`.
  for (const Expr *Argument : Call->arguments())
    if (!Flow.path(Argument).isValid() ||
        !does(Flow, Call, ApiRole::LocalName, Flow.path(Argument))) {
      if (Call->getNumArgs() == 1 &&
          isPortOfListener(Argument, Use, Depth + 1))
        return true;
    } else if (isOpenAt(Flow, Flow.path(Argument), Attempt)) {
      return true;
    }
  return false;
}

ListenerFinder::Answer
ListenerFinder::askWrite(const AccessPath &Address, const Write &W,
                         unsigned Depth) const {
  auto Say = [](bool Is) { return Is ? Answer::Yes : Answer::No; };
  bool IsPort = isPortField(W.Target) && Address.contains(W.Target);
  if (!W.Target.contains(Address) && !IsPort)
    return Answer::GoOn; // The family, the host.
  if (W.WriteKind == Write::Assign && W.Value) {
    if (IsPort)
      return Say(isPortOfListener(W.Value, W.Where, Depth));
    AccessPath From = Flow.path(W.Value);
    return Say(From.isValid() && isOwn(From, W.Where, Depth + 1));
  }
  if (W.WriteKind != Write::Pass)
    return Answer::No;
  if (getApiRole(W.Call) == ApiRole::LocalName)
    return Say(isOpenAt(Flow, Flow.path(W.Call->getArg(0)), Attempt));
  if (W.Call->getNumArgs() == 3 && getFreeFunctionName(W.Call) == "memcpy") {
    AccessPath From = Flow.pointee(W.Call->getArg(1));
    return Say(From.isValid() && isOwn(From, W.Call, Depth + 1));
  }
  const FunctionDecl *Callee = W.Call->getDirectCallee();
  const FunctionDecl *Body = nullptr;
  if (!Callee || !Callee->hasBody(Body))
    return Answer::GoOn;
  AccessPath There = toCallee(Flow, W.Call, Body, Address);
  const FunctionFlow *Inside =
      There.isValid() ? Flow.getUnit().getFlow(Body) : nullptr;
  if (!Inside)
    return Answer::No;
  // What listens there, and whether it is open here.
  for (const CallExpr *Inner : Inside->calls()) {
    if (getApiRole(Inner) != ApiRole::LocalName || Inner->getNumArgs() < 2 ||
        Inside->pointee(getPlainArgument(Inner, 1)) != There)
      continue;
    AccessPath Listener = Inside->path(Inner->getArg(0));
    AccessPath Here = toCaller(Flow, W.Call, Listener);
    if (Here.isValid() ? isOpenAt(Flow, Here, Attempt)
                       : returnsOpen(*Inside, Listener) &&
                             isOpenAt(Flow, findResult(Flow, W.Call), Attempt,
                                      W.Call))
      return Answer::Yes;
  }
  bool Touches = llvm::any_of(Inside->allWrites(), [&](const Write &Inner) {
    return Inner.Target.overlaps(There);
  });
  return Touches ? Answer::No : Answer::GoOn;
}

ListenerFinder::Answer
ListenerFinder::askStatement(const AccessPath &Address, const Stmt *S,
                             unsigned Depth) const {
  for (const Write &W : Flow.writesAt(S)) {
    if (!W.Target.overlaps(Address))
      continue;
    Answer Here = askWrite(Address, W, Depth);
    if (Here != Answer::GoOn)
      return Here;
  }
  // `bind(listener, &address)`: it has the address that it was given.
  const auto *Call = dyn_cast<CallExpr>(S);
  if (Call && getApiRole(Call) == ApiRole::Bind && Call->getNumArgs() >= 2 &&
      Flow.pointee(getPlainArgument(Call, 1)) == Address &&
      isOpenAt(Flow, Flow.path(Call->getArg(0)), Attempt))
    return Answer::Yes;
  return Answer::GoOn;
}

bool ListenerFinder::askCallers(const AccessPath &Address,
                                unsigned Depth) const {
  TranslationUnit &Unit = Flow.getUnit();
  llvm::ArrayRef<CallSite> Sites = Unit.getCalls(Flow.getFunction());
  return !Sites.empty() && Unit.seesAllCalls(Flow.getFunction()) &&
         llvm::all_of(Sites, [&](const CallSite &Site) {
           const FunctionFlow *Caller =
               Site.Caller ? Unit.getFlow(Site.Caller) : nullptr;
           AccessPath Outer =
               Caller ? toCaller(*Caller, Site.Call, Address) : AccessPath();
           return Outer.isValid() &&
                  ListenerFinder(*Caller, Site.Call)
                      .isOwn(Outer, Site.Call, Depth + 1);
         });
}

bool ListenerFinder::isOwn(const AccessPath &Address, const Stmt *Use,
                           unsigned Depth) const {
  if (Depth > MaxListenerDepth) {
    reportLimit("MaxListenerDepth", Flow.getFunction());
    return false;
  }
  bool All = true;
  bool FromEntry = Flow.walkBack(Use, [&](const Stmt *S) {
    Answer Here = All ? askStatement(Address, S, Depth) : Answer::No;
    All &= Here != Answer::No;
    return Here != Answer::GoOn;
  });
  if (!All)
    return false;
  return !FromEntry || askCallers(Address, Depth);
}

Silence findOwnListener(const FunctionFlow &Flow, const CallExpr *Attempt) {
  AccessPath Address = Flow.pointee(getPlainArgument(Attempt, 1));
  if (!Address.isValid() || !listensAnywhere(Flow.getUnit()) ||
      !ListenerFinder(Flow, Attempt).isOwn(Address, Attempt, 0))
    return {};
  return SilenceReason::OwnListener;
}

} // namespace selfconnect
} // namespace tidy
} // namespace clang
