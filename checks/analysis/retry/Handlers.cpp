//===- Handlers.cpp - who is told what came of an attempt -----------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Handlers.h"
#include "../api/NetworkApi.h"
#include "../attempt/SocketNames.h"
#include "../attempt/Timers.h"
#include "../code/Limits.h"
#include "../code/Statements.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/ExprCXX.h"
#include "clang/Basic/SourceManager.h"

namespace clang {
namespace tidy {
namespace selfconnect {

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

bool isNamedForError(const FunctionDecl *Callee) {
  if (!Callee || !Callee->getIdentifier() ||
      !Callee->getReturnType()->isIntegerType())
    return false;
  std::string Name = getPlainName(Callee->getName());
  return llvm::StringRef(Name).contains("socketerror") ||
         llvm::StringRef(Name).contains("soerror");
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

std::vector<const FunctionDecl *>
findPassedFunctions(const AttemptContext &Context) {
  std::vector<const FunctionDecl *> Passed;
  if (const auto *Call = dyn_cast<CallExpr>(Context.Attempt))
    for (const Expr *Arg : Call->arguments())
      collectHandedOn(Arg, Context.Flow.getUnit(), Passed);
  return Passed;
}

bool isNamedForFailure(const FunctionDecl *Function) {
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

llvm::SmallPtrSet<const FunctionDecl *, 16>
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
    Told Next{nullptr, {}, Handler.ByAttempt, Handler.ByFailure};
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
    if (Next.Parameters.empty())
      continue;
    auto Known = llvm::find_if(Found, [&](const Told &Other) {
      return Other.Flow->getFunction()->getCanonicalDecl() ==
             Definition->getCanonicalDecl();
    });
    if (Known != Found.end()) {
      // It was found for what it asks; this is how it is told.
      if (Known->Parameters.empty())
        Known->Parameters = std::move(Next.Parameters);
      Known->ByAttempt |= Next.ByAttempt;
      continue;
    }
    if (Found.size() >= MaxTold)
      return reportLimit("MaxTold", Definition);
    Next.Flow = Unit.getFlow(Definition);
    if (Next.Flow)
      Found.push_back(Next);
  }
}

/// True if S names something that happens when an attempt has failed:
/// `&QAbstractSocket::errorOccurred`, SIGNAL(error()), `"error"`.
static bool namesFailure(const Stmt *S, const FunctionDecl *But) {
  if (!S || isa<LambdaExpr>(S))
    return false;
  llvm::StringRef Name;
  if (const auto *Ref = dyn_cast<DeclRefExpr>(S)) {
    const auto *Signal = dyn_cast<FunctionDecl>(Ref->getDecl());
    if (Signal && Signal->getCanonicalDecl() != But && Signal->getIdentifier())
      Name = Signal->getName();
  } else if (const auto *Text = dyn_cast<StringLiteral>(S)) {
    if (Text->getCharByteWidth() == 1)
      Name = Text->getString();
  }
  return Name.contains_insensitive("error") ||
         Name.contains_insensitive("fail") ||
         llvm::any_of(S->children(), [&](const Stmt *Child) {
           return namesFailure(Child, But);
         });
}

/// True if Handler is connected to the failure of something.
static bool isTiedToFailure(TranslationUnit &Unit,
                            const TranslationUnit::Handler &Handler) {
  const FunctionDecl *Function = Handler.Function->getCanonicalDecl();
  auto TiesIt = [&](const CallExpr *Call) {
    std::vector<const FunctionDecl *> HandedOn;
    collectHandedOn(Call, Unit, HandedOn);
    return llvm::is_contained(HandedOn, Function) &&
           llvm::any_of(Call->arguments(), [&](const Expr *Argument) {
             return namesFailure(Argument, Function);
           });
  };
  return llvm::any_of(Handler.HandedOnBy, [&](const FunctionDecl *By) {
    const FunctionFlow *Giver = By ? Unit.getFlow(By) : nullptr;
    return Giver && llvm::any_of(Giver->calls(), TiesIt);
  });
}

std::vector<Told> findHandlers(const AttemptContext &Context, bool ByHandlers,
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
      bool ByFailure = ByHandlers && IsHandler && Passed.empty() &&
                       isTiedToFailure(Unit, Handler);
      bool IsTold =
          ByHandlers && IsHandler &&
          (Passed.empty() ? ByFailure || isNamedForFailure(Each) : ByAttempt);
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
        Found.push_back({Flow, {}, ByAttempt && IsHandler, ByFailure});
    }
  }
  for (size_t I = 0; I < Found.size(); ++I) {
    Told Handler = Found[I]; // The vector grows.
    if (Handler.ByAttempt || Passed.empty())
      addForwarded(Handler, Found);
  }
  return Found;
}

} // namespace selfconnect
} // namespace tidy
} // namespace clang
