//===- Nonblocking.cpp - attempts that end later --------------------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "../api/NetworkApi.h"
#include "../code/Statements.h"
#include "../code/TargetConstants.h"
#include "../values/Values.h"
#include "Sockets.h"
#include <map>

namespace clang {
namespace tidy {
namespace selfconnect {

/// True for a call that, as it stands, makes a descriptor non-blocking.
static bool setsNonblocking(const FunctionFlow &Flow, const CallExpr *Call) {
  llvm::StringRef Name = getFreeFunctionName(Call);
  if ((Name != "fcntl" && Name != "ioctl") || Call->getNumArgs() != 3)
    return false;
  const TargetConstants &Target = TargetConstants::of(Flow.getUnit());
  std::optional<int64_t> Command =
      findIntValues(Flow, Call->getArg(1), Call).single();
  if (Name == "ioctl")
    return Command == Target.SetNonblock;
  std::optional<int64_t> Flags =
      findIntValues(Flow, Call->getArg(2), Call).single();
  return Command == Target.SetFlags &&
         (!Flags || (*Flags & Target.OpenNonblock));
}

/// `set_nonblocking(fd)`: by its name or by what it does.
static bool helpsNonblocking(const FunctionFlow &Flow, const CallExpr *Call) {
  const FunctionDecl *Callee = Call->getDirectCallee();
  const FunctionDecl *Body = nullptr;
  if (!Callee || !Callee->getIdentifier())
    return false;
  std::string Name = getPlainName(Callee->getName());
  if (llvm::StringRef(Name).contains("nonblock") ||
      llvm::StringRef(Name).contains("noblock"))
    return true;
  const FunctionFlow *Inside =
      Callee->hasBody(Body) ? Flow.getUnit().getFlow(Body) : nullptr;
  return Inside && llvm::any_of(Inside->calls(), [&](const CallExpr *Inner) {
           return setsNonblocking(*Inside, Inner);
         });
}

/// True if S compares something with EINPROGRESS, or is a case of it.
static bool testsInProgress(const FunctionFlow &Flow, const Stmt *S) {
  if (!S)
    return false;
  auto IsInProgress = [&](const Expr *E) {
    Expr::EvalResult Value;
    return !E->isValueDependent() &&
           E->EvaluateAsInt(Value, Flow.getContext()) &&
           Value.Val.getInt() ==
               TargetConstants::of(Flow.getUnit()).InProgress;
  };
  if (const auto *Binary = dyn_cast<BinaryOperator>(S))
    if (Binary->isEqualityOp() &&
        (IsInProgress(Binary->getLHS()) || IsInProgress(Binary->getRHS())))
      return true;
  if (const auto *Case = dyn_cast<CaseStmt>(S))
    if (IsInProgress(Case->getLHS()))
      return true;
  return llvm::any_of(S->children(), [&](const Stmt *Child) {
    return testsInProgress(Flow, Child);
  });
}

namespace {

/// What a function does that has to do with non-blocking sockets, whichever it
/// does it to.
struct NonblockingUse {
  std::vector<const CallExpr *> Settings; ///< calls that make one non-blocking
  bool AsksLater = false; ///< for SO_ERROR, or whether it is under way
};

} // namespace

/// Found out once for each function.
static const NonblockingUse &findUse(const FunctionFlow &Flow) {
  using UseOf = std::map<const FunctionFlow *, NonblockingUse>;
  auto [Entry, IsNew] = Flow.getUnit().memory<UseOf>().try_emplace(&Flow);
  NonblockingUse &Use = Entry->second;
  if (!IsNew)
    return Use;
  for (const CallExpr *Call : Flow.calls()) {
    if (setsNonblocking(Flow, Call) || helpsNonblocking(Flow, Call))
      Use.Settings.push_back(Call);
    Use.AsksLater |= getApiRole(Call) == ApiRole::SocketError;
  }
  if (!Use.AsksLater)
    Use.AsksLater = testsInProgress(Flow, Flow.getFunction()->getBody());
  return Use;
}

bool isNonblocking(const FunctionFlow &Flow, const AccessPath &Socket,
                   const Stmt *Attempt) {
  SocketOrigins Origins = findSocketOrigins(Flow, Socket, Attempt);
  for (const SocketOrigins::Creation &Create : Origins.Creations)
    if (std::optional<int64_t> Type =
            findSocketType(*Create.Flow, Create.Call).single())
      if (*Type & TargetConstants::of(Flow.getUnit()).SocketNonblock)
        return true;
  return llvm::any_of(findUse(Flow).Settings, [&](const CallExpr *Call) {
    return llvm::any_of(Call->arguments(), [&](const Expr *Argument) {
      return Flow.path(Argument) == Socket;
    });
  });
}

bool mayBeNonblocking(const FunctionFlow &Flow, const CallExpr *Attempt) {
  return findUse(Flow).AsksLater ||
         isNonblocking(Flow, Flow.path(Attempt->getArg(0)), Attempt);
}

} // namespace selfconnect
} // namespace tidy
} // namespace clang
