//===- LaterCycle.cpp - cycles that close through a handler ---------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "LaterCycle.h"
#include "../api/NetworkApi.h"
#include "../attempt/Explorer.h"
#include "../attempt/SocketNames.h"
#include "../code/TargetConstants.h"
#include "../values/Values.h"
#include "CycleFacts.h"
#include "Guard.h"
#include "Handlers.h"
#include "clang/AST/ExprCXX.h"

namespace clang {
namespace tidy {
namespace selfconnect {

bool comesBackConnected(const Exploration &Connected, const Arrival &Way) {
  return llvm::any_of(Connected.Arrivals, [&](const Arrival &Other) {
    return Other.Recursion == Way.Recursion;
  });
}

/// The object that Call leaves the socket's error in, or, for a helper that
/// returns it, nothing valid; absent if Call asks for no such thing.
static std::optional<AccessPath> getToldError(const FunctionFlow &Flow,
                                              const CallExpr *Call) {
  if (getApiRole(Call) == ApiRole::SocketError) {
    std::optional<int64_t> Option =
        findIntValues(Flow, Call->getArg(2), Call).single();
    AccessPath Target = Flow.pointee(getPlainArgument(Call, 3));
    if (Option == TargetConstants::of(Flow.getUnit()).SocketError && Target.isValid())
      return Target;
    return std::nullopt;
  }
  return isNamedForError(Call->getDirectCallee())
             ? std::optional<AccessPath>(AccessPath())
             : std::nullopt;
}

/// True if all that Handler asks for its own name is another socket than the
/// one of the attempt.
static bool asksOtherSocket(const FunctionFlow &Handler,
                            const AttemptContext &Context) {
  if (!isShared(Context.Socket))
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
    if (!isShared(Asked) || Asked.overlaps(Context.Socket))
      return false;
    Other = true;
  }
  return Other;
}

namespace {

/// What becomes of an attempt that ends later, in one of the functions that are
/// called then.
struct LaterWay {
  std::unique_ptr<AttemptContext> Context;
  /// It is in the way of this attempt's success.
  bool MayGuard;
  /// It is called when this attempt fails.
  bool MayRetry;
  /// It is called for failures alone.
  bool OnlyFailed = false;
};

/// True for a function that by its name is called where something has failed,
/// and is told no more: `void onError(int code)`.
static bool isNamedForFailureOnly(const FunctionDecl *Function) {
  if (!Function->getIdentifier() ||
      llvm::any_of(Function->parameters(), isToldParameter))
    return false;
  llvm::StringRef Name = Function->getName();
  return Name.contains_insensitive("error") ||
         Name.contains_insensitive("fail");
}

} // namespace

static std::vector<LaterWay> findLaterWays(const AttemptContext &Context,
                                           bool ByHandlers) {
  // Whoever is told by the call itself is the one who knows; else, whoever
  // says so by its name.
  std::vector<const FunctionDecl *> Passed = findPassedFunctions(Context);
  llvm::SmallPtrSet<const FunctionDecl *, 16> Reached = findReached(Passed);
  std::vector<LaterWay> Ways;
  for (const Told &Handler : findHandlers(Context, ByHandlers, Passed)) {
    const FunctionFlow &Flow = *Handler.Flow;
    const FunctionDecl *Function = Flow.getFunction();
    bool MayGuard =
        (Passed.empty() || Reached.count(Function->getCanonicalDecl())) &&
        !asksOtherSocket(Flow, Context);
    bool IsTold = Passed.empty()
                      ? isNamedForFailure(Function) || Handler.ByFailure ||
                            !Handler.Parameters.empty()
                      : Handler.ByAttempt;
    bool Tells = false;
    for (const CallExpr *Call : Flow.calls())
      if (std::optional<AccessPath> Error = getToldError(Flow, Call)) {
        Tells = true;
        Ways.push_back({std::make_unique<AttemptContext>(Flow, Call, Context,
                                                         std::move(*Error)),
                        MayGuard, true});
      }
    if (!Tells)
      Ways.push_back(
          {std::make_unique<AttemptContext>(Flow, Context, Handler.Parameters),
           MayGuard, ByHandlers && IsTold,
           Handler.ByFailure || (Handler.Parameters.empty() &&
                                 isNamedForFailureOnly(Function))});
  }
  return Ways;
}

/// The way back to the attempt, from the refusal that a handler is called for.
/// Where there is none, Why says so.
static const Arrival *findWayBack(const LaterWay &Later, Silence &Why) {
  const Exploration &Refused = explore(*Later.Context, World::Refused);
  Why.add(Refused.Why);
  for (const Arrival &Way : Refused.Arrivals)
    // What success does, too, is no retry.
    if (Way.Recursion &&
        (Later.OnlyFailed ||
         !comesBackConnected(explore(*Later.Context, World::Connected), Way)))
      return &Way;
    else if (Way.Recursion)
      Why.add({SilenceReason::SuccessDrives, Way.Recursion->getBeginLoc()});
  return nullptr;
}

Answer<RetryCycle> findLaterCycle(const AttemptContext &Context,
                                  bool ByHandlers, Answer<RetryCycle> Cycle) {
  std::vector<LaterWay> Ways = findLaterWays(Context, ByHandlers);
  Silence Why = Cycle ? Silence() : Cycle.why();
  for (const LaterWay &Later : Ways) {
    const Arrival *Way =
        !Cycle && Later.MayRetry ? findWayBack(Later, Why) : nullptr;
    if (!Way)
      continue;
    Arrival Back;
    Back.Recursion = Way->Recursion;
    Back.State.NewSocket = Way->State.NewSocket;
    Cycle = describeCycle(Context, Back);
    Cycle->Later = true;
  }
  if (Cycle)
    for (const LaterWay &Later : Ways)
      if (Later.MayGuard)
        if (Silence Guard = findGuard(*Later.Context))
          return Guard;
  return Cycle ? Cycle : Why;
}

} // namespace selfconnect
} // namespace tidy
} // namespace clang
