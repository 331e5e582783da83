//===- LaterCycle.cpp - cycles that close through a handler ---------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Guard.h"
#include "Limits.h"
#include "NetworkApi.h"
#include "RetryCycle.h"
#include "Values.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/ExprCXX.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/SmallPtrSet.h"
#include "llvm/ADT/StringExtras.h"

namespace clang {
namespace tidy {
namespace selfconnect {

bool comesBackConnected(const Exploration &Connected, const Arrival &Way) {
  return llvm::any_of(Connected.Arrivals, [&](const Arrival &Other) {
    return Other.Recursion == Way.Recursion;
  });
}

/// True for two methods of one class, and for what a method of it defines.
static bool haveOneClass(const FunctionDecl *A, const FunctionDecl *B) {
  auto GetClass = [](const FunctionDecl *Function) -> const CXXRecordDecl * {
    const DeclContext *Scope = Function;
    while (Scope && !Scope->isTranslationUnit()) {
      const auto *Class = dyn_cast<CXXRecordDecl>(Scope);
      if (Class && !Class->isLambda())
        return Class->getCanonicalDecl();
      Scope = Scope->getParent();
    }
    return nullptr;
  };
  const CXXRecordDecl *Class = GetClass(A);
  return Class && Class == GetClass(B);
}

/// True for a helper that by its name returns what SO_ERROR says.
static bool isNamedForError(const FunctionDecl *Callee) {
  if (!Callee || !Callee->getIdentifier() ||
      !Callee->getReturnType()->isIntegerType())
    return false;
  std::string Name;
  for (char C : Callee->getName())
    if (C != '_')
      Name += llvm::toLower(C);
  return llvm::StringRef(Name).contains("socketerror") ||
         llvm::StringRef(Name).contains("soerror");
}

/// The object that Call leaves the socket's error in, or, for a helper that
/// returns it, nothing valid; absent if Call asks for no such thing.
static std::optional<AccessPath> getToldError(const FunctionFlow &Flow,
                                              const CallExpr *Call) {
  static constexpr int64_t OptionSoError = 4; // Linux
  if (getApiRole(Call) == ApiRole::SocketError) {
    std::optional<int64_t> Option =
        findIntValues(Flow, Call->getArg(2), Call).single();
    AccessPath Target = Flow.pointee(getPlainArgument(Call, 3));
    if (Option == OptionSoError && Target.isValid())
      return Target;
    return std::nullopt;
  }
  return isNamedForError(Call->getDirectCallee())
             ? std::optional<AccessPath>(AccessPath())
             : std::nullopt;
}

/// The functions and lambdas that S mentions.
static void collectCallables(const Stmt *S,
                             std::vector<const FunctionDecl *> &Found) {
  if (!S)
    return;
  if (const auto *Lambda = dyn_cast<LambdaExpr>(S)) {
    Found.push_back(Lambda->getCallOperator()->getCanonicalDecl());
    return;
  }
  if (const auto *Ref = dyn_cast<DeclRefExpr>(S))
    if (const auto *Function = dyn_cast<FunctionDecl>(Ref->getDecl()))
      Found.push_back(Function->getCanonicalDecl());
  if (const auto *Member = dyn_cast<MemberExpr>(S))
    if (const auto *Method = dyn_cast<CXXMethodDecl>(Member->getMemberDecl()))
      Found.push_back(Method->getCanonicalDecl());
  for (const Stmt *Child : S->children())
    collectCallables(Child, Found);
}

/// The functions and lambdas that S hands on.
static void collectHandedOn(const Stmt *S, TranslationUnit &Unit,
                            std::vector<const FunctionDecl *> &Found) {
  if (!S)
    return;
  if (const auto *Lambda = dyn_cast<LambdaExpr>(S)) {
    Found.push_back(Lambda->getCallOperator()->getCanonicalDecl());
    return;
  }
  if (const auto *Ref = dyn_cast<DeclRefExpr>(S))
    if (const auto *Function = dyn_cast<FunctionDecl>(Ref->getDecl()))
      if (Unit.isHandedOn(Ref))
        Found.push_back(Function->getCanonicalDecl());
  for (const Stmt *Child : S->children())
    collectHandedOn(Child, Unit, Found);
}

/// True for a function that by its name is told of the end of an attempt. One
/// that is told of the end of a connection is none.
static bool isNamedForFailure(const FunctionDecl *Function) {
  if (!Function->getIdentifier())
    return false;
  llvm::StringRef Name = Function->getName();
  return llvm::any_of(
      llvm::ArrayRef<llvm::StringRef>{"err", "fail", "event", "status"},
      [&](llvm::StringRef Part) { return Name.contains_insensitive(Part); });
}

/// True if S asks for a socket's error or for its own name, or calls a guard: a
/// handler without any of it can neither tell of the attempt nor guard it, and
/// needs no CFG.
static bool asksAboutSocket(const Stmt *S, const AttemptContext &Context) {
  if (!S)
    return false;
  if (const auto *Call = dyn_cast<CallExpr>(S)) {
    ApiRole Role = getApiRole(Call);
    if (Role == ApiRole::SocketError || Role == ApiRole::LocalName ||
        isNamedForError(Call->getDirectCallee()) ||
        isGuardFunction(Call, Context.ExtraGuards))
      return true;
    if (isa<CXXMemberCallExpr>(Call) && saysLocalName(Call))
      return true;
  }
  return llvm::any_of(S->children(), [&](const Stmt *Child) {
    return asksAboutSocket(Child, Context);
  });
}

namespace {

/// A function that is called when an attempt has come to something.
struct Told {
  const FunctionFlow *Flow;
  /// What tells it, beside what its parameters' types and names say.
  llvm::SmallVector<const ParmVarDecl *, 2> Parameters;
  /// It is handed to the attempt itself, or called by a function that is.
  bool ByAttempt = false;
};

} // namespace

/// The functions with a body here that Function calls, and those that it hands
/// on, and so on: what may happen once it is called.
static llvm::SmallPtrSet<const FunctionDecl *, 16>
findReached(llvm::ArrayRef<const FunctionDecl *> From) {
  static constexpr size_t MaxReached = 64;
  llvm::SmallPtrSet<const FunctionDecl *, 16> Reached;
  std::vector<const FunctionDecl *> Worklist(From.begin(), From.end());
  while (!Worklist.empty()) {
    const FunctionDecl *Next = Worklist.back()->getCanonicalDecl();
    Worklist.pop_back();
    const FunctionDecl *Definition = nullptr;
    if (!Next->hasBody(Definition) || Reached.count(Next))
      continue;
    if (Reached.size() == MaxReached) {
      reportLimit("MaxReached", Next);
      break;
    }
    Reached.insert(Next);
    collectCallables(Definition->getBody(), Worklist);
  }
  return Reached;
}

/// True for `!ec` and `ec == ...`: what is handed on is not the error.
static bool turnsRound(const Stmt *S) {
  if (!S)
    return false;
  if (const auto *Unary = dyn_cast<UnaryOperator>(S))
    if (Unary->getOpcode() == UO_LNot)
      return true;
  if (const auto *Binary = dyn_cast<BinaryOperator>(S))
    if (Binary->isComparisonOp())
      return true;
  if (const auto *Operator = dyn_cast<CXXOperatorCallExpr>(S))
    if (Operator->getOperator() == OO_Exclaim || Operator->isComparisonOp())
      return true;
  return llvm::any_of(S->children(), turnsRound);
}

/// The functions that Handler hands on to what it was told: `onConnect(ec)`.
static void addForwarded(const Told &Handler, std::vector<Told> &Found) {
  static constexpr size_t MaxTold = 32;
  TranslationUnit &Unit = Handler.Flow->getUnit();
  for (const CallExpr *Call : Handler.Flow->calls()) {
    const FunctionDecl *Callee = Call->getDirectCallee();
    const FunctionDecl *Definition = nullptr;
    if (!Callee || isa<CXXOperatorCallExpr>(Call) ||
        !Callee->hasBody(Definition) ||
        Handler.Flow->getContext().getSourceManager().isInSystemHeader(
            Definition->getLocation()))
      continue;
    Told Next{nullptr, {}, Handler.ByAttempt};
    for (unsigned I = 0;
         I < Call->getNumArgs() && I < Definition->getNumParams(); ++I) {
      PathSet Named;
      if (!turnsRound(Call->getArg(I)))
        collectPaths(*Handler.Flow, Call->getArg(I), Named);
      for (const AccessPath &Path : Named) {
        const auto *Parameter = dyn_cast_or_null<ParmVarDecl>(Path.getRoot());
        if (Parameter && Path.steps().empty() &&
            (isToldParameter(Parameter) ||
             llvm::is_contained(Handler.Parameters, Parameter)))
          Next.Parameters.push_back(Definition->getParamDecl(I));
      }
    }
    bool IsKnown = llvm::any_of(Found, [&](const Told &Other) {
      return Other.Flow->getFunction()->getCanonicalDecl() ==
             Definition->getCanonicalDecl();
    });
    if (Next.Parameters.empty() || IsKnown)
      continue;
    if (Found.size() >= MaxTold)
      return reportLimit("MaxTold", Definition);
    Next.Flow = Unit.getFlow(Definition);
    if (Next.Flow)
      Found.push_back(Next);
  }
}

/// What may be called when the attempt of Context has come to something:
/// whoever is told by the call itself and, beside them, whoever is handed on by
/// the function that makes it or is a method of the same class.
static std::vector<Told>
findHandlers(const AttemptContext &Context, bool ByHandlers,
             llvm::ArrayRef<const FunctionDecl *> Passed) {
  static constexpr size_t MaxHandlers = 32;
  std::vector<Told> Found;
  TranslationUnit &Unit = Context.Flow.getUnit();
  const FunctionDecl *Innermost = Context.Innermost->getCanonicalDecl();
  const auto &Callers = Unit.getCallersOf(Innermost);
  for (const TranslationUnit::Handler &Handler : Unit.getHandlers()) {
    const FunctionDecl *Function = Handler.Function->getCanonicalDecl();
    bool Related =
        haveOneClass(Function, Innermost) ||
        llvm::any_of(Handler.HandedOnBy, [&](const FunctionDecl *By) {
          return By && Callers.count(By->getCanonicalDecl());
        });
    if (!Related || Function == Innermost)
      continue;
    // A lambda often does no more than to call a method.
    std::vector<const FunctionDecl *> Run{Function};
    if (isa<CXXMethodDecl>(Function) &&
        cast<CXXMethodDecl>(Function)->getParent()->isLambda())
      collectCallables(Handler.Function->getBody(), Run);
    bool ByAttempt = llvm::is_contained(Passed, Function);
    for (const FunctionDecl *Each : Run) {
      const FunctionDecl *Definition = nullptr;
      bool IsHandler = Each == Function;
      if (!Each->hasBody(Definition) || Each == Innermost ||
          (!IsHandler && !haveOneClass(Each, Innermost)))
        continue;
      bool IsTold = ByHandlers && IsHandler &&
                    (Passed.empty() ? isNamedForFailure(Each) : ByAttempt);
      bool IsKnown = llvm::any_of(Found, [&](const Told &Other) {
        return Other.Flow->getFunction() == Definition;
      });
      if (IsKnown ||
          (!IsTold && !asksAboutSocket(Definition->getBody(), Context)))
        continue;
      if (Found.size() == MaxHandlers) {
        reportLimit("MaxHandlers", Innermost);
        break;
      }
      if (const FunctionFlow *Flow = Unit.getFlow(Definition))
        Found.push_back({Flow, {}, ByAttempt && IsHandler});
    }
  }
  for (size_t I = 0; I < Found.size(); ++I) {
    Told Handler = Found[I]; // The vector grows.
    if (Handler.ByAttempt || Passed.empty())
      addForwarded(Handler, Found);
  }
  return Found;
}

/// True if all that Handler asks for its own name is another socket than the
/// one of the attempt.
static bool asksOtherSocket(const FunctionFlow &Handler,
                            const AttemptContext &Context) {
  auto IsShared = [](const AccessPath &Path) {
    return Path.isValid() &&
           (!Path.getRoot() || Path.getRoot()->hasGlobalStorage());
  };
  if (!IsShared(Context.Socket))
    return false;
  bool Other = false;
  for (const CallExpr *Call : Handler.calls()) {
    AccessPath Asked;
    if (getApiRole(Call) == ApiRole::LocalName)
      Asked = Handler.path(getPlainArgument(Call, 0));
    else if (const auto *Member = dyn_cast<CXXMemberCallExpr>(Call);
             Member && saysLocalName(Call))
      Asked = Handler.path(Member->getImplicitObjectArgument());
    else
      continue;
    if (!IsShared(Asked) || Asked.overlaps(Context.Socket))
      return false;
    Other = true;
  }
  return Other;
}

std::optional<RetryCycle> findLaterCycle(const AttemptContext &Context,
                                         bool ByHandlers, bool &Guarded) {
  std::optional<RetryCycle> Found;
  auto Ask = [&](const AttemptContext &Handler) {
    if (Found || Guarded)
      return;
    const Exploration &Refused = explore(Handler, World::Refused);
    if (Refused.Arrivals.empty())
      return;
    const Exploration &Connected = explore(Handler, World::Connected);
    for (const Arrival &Way : Refused.Arrivals) {
      // What success does, too, is no retry.
      if (!Way.Recursion || comesBackConnected(Connected, Way))
        continue;
      Arrival Back;
      Back.Recursion = Way.Recursion;
      Found = describeCycle(Context, Back);
      Found->Later = true;
      return;
    }
  };
  // Whoever is told by the call itself is the one who knows; else, whoever
  // says so by its name.
  std::vector<const FunctionDecl *> Passed;
  if (const auto *Call = dyn_cast<CallExpr>(Context.Attempt))
    for (const Expr *Arg : Call->arguments())
      collectHandedOn(Arg, Context.Flow.getUnit(), Passed);
  llvm::SmallPtrSet<const FunctionDecl *, 16> Reached = findReached(Passed);
  for (const Told &Handler : findHandlers(Context, ByHandlers, Passed)) {
    const FunctionFlow &Flow = *Handler.Flow;
    const FunctionDecl *Function = Flow.getFunction();
    // A guard has to be in the way of this attempt's success.
    bool MayGuard =
        (Passed.empty() || Reached.count(Function->getCanonicalDecl())) &&
        !asksOtherSocket(Flow, Context);
    auto Consider = [&](const AttemptContext &Entered) {
      if (MayGuard && isGuarded(Entered))
        Guarded = true;
    };
    bool IsTold = Passed.empty() ? isNamedForFailure(Function) ||
                                       !Handler.Parameters.empty()
                                 : Handler.ByAttempt;
    bool Tells = false;
    for (const CallExpr *Call : Flow.calls())
      if (std::optional<AccessPath> Error = getToldError(Flow, Call)) {
        Tells = true;
        AttemptContext Asked(Flow, Call, Context, *Error);
        Consider(Asked);
        Ask(Asked);
      }
    if (!Tells) {
      AttemptContext Entered(Flow, Context, Handler.Parameters);
      Consider(Entered);
      if (ByHandlers && IsTold)
        Ask(Entered);
    }
  }
  return Guarded ? std::nullopt : Found;
}

} // namespace selfconnect
} // namespace tidy
} // namespace clang
