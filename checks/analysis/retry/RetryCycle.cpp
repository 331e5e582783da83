//===- RetryCycle.cpp - cycles through a connect attempt ------------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "RetryCycle.h"
#include "../api/NetworkApi.h"
#include "../attempt/Advance.h"
#include "../attempt/Explorer.h"
#include "../attempt/Timers.h"
#include "../code/Limits.h"
#include "CycleFacts.h"
#include "Guard.h"
#include "LaterCycle.h"

namespace clang {
namespace tidy {
namespace selfconnect {

/// True if success drives the loop just as failure does: a load of N
/// connections, one after the other. A loop that success leaves by itself, but
/// for what may fail after it, is none.
static bool isDrivenBySuccess(const AttemptContext &Context, World Failure,
                              const PathSet &Counters) {
  if (Counters.empty())
    return false;
  bool Counts = llvm::any_of(
      exploreCycles(Context, World::Connected).Arrivals,
      [&](const Arrival &Way) {
        PathSet Others = findCounters(Context, Way);
        return llvm::any_of(Counters, [&](const AccessPath &Counter) {
          return Others.count(Counter) != 0;
        });
      });
  if (!Counts)
    return false;
  const Exploration &Refused = explore(Context, Failure);
  const Exploration &Connected = explore(Context, World::Connected);
  if (Connected.Incomplete)
    return true; // Nothing is claimed.
  const CFGBlock *Attempt = Context.Flow.find(Context.Attempt).Block;
  return llvm::none_of(Connected.Entered, [&](const CFGBlock *Block) {
    return !Refused.Entered.count(Block) && !Block->hasNoReturnElement() &&
           !leadsTo(Block, Attempt);
  });
}

/// The cycle that lies in the function of Context.
static std::optional<RetryCycle>
findCycleInFunction(const AttemptContext &Context) {
  for (World Which : {World::Refused, World::RefusedLater}) {
    if (Which == World::RefusedLater &&
        llvm::none_of(Context.Flow.calls(), [](const CallExpr *Call) {
          return getApiRole(Call) == ApiRole::SocketError;
        }))
      continue;
    const Exploration &Refused = exploreCycles(Context, Which);
    // Where the work was cut off, nothing is claimed.
    if (Refused.Arrivals.empty() || Refused.Incomplete)
      continue;
    bool IsInner = Context.Flow.getFunction()->getCanonicalDecl() ==
                   Context.Innermost->getCanonicalDecl();
    for (const Arrival &Way : Refused.Arrivals)
      if (!(Way.Recursion && !IsInner &&
            comesBackConnected(exploreCycles(Context, World::Connected),
                               Way)) &&
          !isDrivenBySuccess(Context, Which, findCounters(Context, Way))) {
        RetryCycle Cycle = describeCycle(Context, Way);
        Cycle.Later = Which == World::RefusedLater;
        return Cycle;
      }
  }
  return std::nullopt;
}

/// The cycle of a timer that calls the function again for as long as it returns
/// true, as it does when refused.
static std::optional<RetryCycle> findTimerCycle(const AttemptContext &Context) {
  const FunctionDecl *Function = Context.Flow.getFunction();
  if (!Function->getReturnType()->isIntegerType())
    return std::nullopt;
  const CallExpr *Timer =
      findTimerWhileTrue(Context.Flow.getUnit(), Function);
  if (!Timer)
    return std::nullopt;
  auto Returns = [&](World Which) -> std::optional<bool> {
    const Exploration &Way = explore(Context, Which);
    return Way.Returned ? Way.Returned->truth() : std::nullopt;
  };
  if (Returns(World::Refused) != std::optional<bool>(true) ||
      Returns(World::Connected) == std::optional<bool>(true))
    return std::nullopt;
  Arrival Back;
  Back.Recursion = Timer;
  return describeCycle(Context, Back);
}

namespace {

/// Goes from the attempt to the callers of its function, and on to theirs.
class CycleFinder {
public:
  std::optional<RetryCycle> find(const AttemptContext &Context,
                                 unsigned Depth = 0);

private:
  std::optional<RetryCycle> findInCallers(const AttemptContext &Context,
                                          unsigned Depth);

  /// The functions on the way to the one that is looked at.
  llvm::SmallPtrSet<const FunctionDecl *, 8> Entered;
  /// The calls that have been looked at: once, whatever leads to them.
  llvm::SmallPtrSet<const Expr *, 16> Asked;
  unsigned Steps = 0;
};

} // namespace

std::optional<RetryCycle> CycleFinder::find(const AttemptContext &Context,
                                            unsigned Depth) {
  static constexpr unsigned MaxDepth = 6;
  // Who looks at the names most likely guards; anybody else is asked for a
  // cycle first, and only of a cycle what success does.
  if (isGuarded(Context))
    return std::nullopt;
  std::optional<RetryCycle> InFunction = findCycleInFunction(Context);
  if (!InFunction)
    InFunction = findTimerCycle(Context);
  // A bound holds for one call. Whoever calls again may do so for ever.
  if (InFunction && !InFunction->Tries)
    return InFunction;
  const FunctionDecl *Function = Context.Flow.getFunction();
  if (Depth == MaxDepth)
    reportLimit("MaxDepth", Function);
  if (Depth == MaxDepth || !Entered.insert(Function).second)
    return InFunction;
  std::optional<RetryCycle> Outer = findInCallers(Context, Depth);
  Entered.erase(Function);
  if (!InFunction)
    return Outer;
  if (Outer && !Outer->Tries) {
    InFunction->Tries = std::nullopt;
    InFunction->PauseSeconds = std::nullopt;
  }
  return InFunction;
}

/// A caller that cannot be told a refusal from a success is not followed: what
/// it does next may be what it does when connected.
static bool tellsRefusal(const AttemptContext &Outer) {
  return Outer.in(World::Refused) != Outer.in(World::Connected);
}

std::optional<RetryCycle>
CycleFinder::findInCallers(const AttemptContext &Context, unsigned Depth) {
  static constexpr size_t MaxCalls = 32;
  static constexpr unsigned MaxSteps = 128;
  const FunctionDecl *Function = Context.Flow.getFunction();
  TranslationUnit &Unit = Context.Flow.getUnit();
  llvm::ArrayRef<CallSite> Sites = Unit.getCalls(Function);
  if (Sites.empty())
    return std::nullopt;
  // A function that a refusal never leaves has no callers to retry it.
  const Exploration &Refused = explore(Context, World::Refused);
  if (Refused.Incomplete || (!Refused.Returned && !Refused.Throws))
    return std::nullopt;
  if (Sites.size() > MaxCalls)
    reportLimit("MaxCalls", Function);
  for (const CallSite &Site : Sites.take_front(MaxCalls)) {
    const FunctionFlow *Flow =
        Site.Caller ? Unit.getFlow(Site.Caller) : nullptr;
    if (!Flow || !Flow->find(Site.Call).Block ||
        Entered.count(Flow->getFunction()) || Asked.count(Site.Call))
      continue;
    if (++Steps > MaxSteps) {
      reportLimit("MaxSteps", Function);
      break;
    }
    // What was asked for above a call that does not count, another way to it
    // may ask again.
    llvm::SmallPtrSet<const Expr *, 16> AskedBefore = Asked;
    Asked.insert(Site.Call);
    AttemptContext Outer(*Flow, Site.Call, Context);
    std::optional<RetryCycle> Cycle = find(Outer, Depth + 1);
    if (!Cycle)
      continue;
    if (tellsRefusal(Outer))
      return Cycle;
    Asked = std::move(AskedBefore);
    Asked.insert(Site.Call);
  }
  return std::nullopt;
}

static bool failsAssertion(const CFGBlock *Block) {
  static constexpr llvm::StringLiteral Names[] = {
      "__assert_fail", "__assert_rtn", "__assert",
      "__assert2",     "_assert",      "_wassert"};
  return llvm::any_of(*Block, [](const CFGElement &Element) {
    auto Statement = Element.getAs<CFGStmt>();
    const auto *Call =
        Statement ? dyn_cast<CallExpr>(Statement->getStmt()) : nullptr;
    return Call && llvm::is_contained(Names, getFreeFunctionName(Call));
  });
}

/// `assert(ret == -1)`: the code does not expect the attempt to succeed. It is
/// the start of a non-blocking connect(), whose outcome nobody has asked for,
/// or a test of a refusal.
static bool isAssertedToFail(const AttemptContext &Context) {
  if (llvm::none_of(Context.Flow.getCFG(), [](const CFGBlock *Block) {
        return Block->hasNoReturnElement() && failsAssertion(Block);
      }))
    return false;
  const Exploration &Connected = explore(Context, World::Connected);
  if (Connected.Returned || Connected.Throws || Connected.Incomplete ||
      !Connected.Arrivals.empty())
    return false;
  bool Fails = false;
  for (const CFGBlock *Block : Connected.Entered)
    if (Block->hasNoReturnElement()) {
      if (!failsAssertion(Block))
        return false;
      Fails = true;
    }
  return Fails;
}

std::optional<RetryCycle> findOwnCycle(const AttemptContext &Context) {
  std::optional<RetryCycle> Cycle = findCycleInFunction(Context);
  return Cycle && !isAssertedToFail(Context) ? Cycle : std::nullopt;
}

std::optional<RetryCycle> findRetryCycle(const AttemptContext &Context,
                                         bool Later) {
  std::optional<RetryCycle> Cycle = CycleFinder().find(Context);
  if (Cycle && isAssertedToFail(Context))
    return std::nullopt;
  Cycle = findLaterCycle(Context, Later, std::move(Cycle));
  return Cycle && !isGuarded(Context) ? Cycle : std::nullopt;
}

} // namespace selfconnect
} // namespace tidy
} // namespace clang
