//===- RetryCycle.cpp - cycles through a connect attempt ------------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "RetryCycle.h"
#include "../api/LearnedRows.h"
#include "../api/NetworkApi.h"
#include "../attempt/Advance.h"
#include "../attempt/Departure.h"
#include "../attempt/Explorer.h"
#include "../attempt/Repeaters.h"
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
  bool Counts = llvm::any_of(exploreCycles(Context, World::Connected).Arrivals,
                             [&](const Arrival &Way) {
                               PathSet Others = findCounters(Context, Way);
                               return llvm::any_of(
                                   Counters, [&](const AccessPath &Counter) {
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

static Silence makeLimit(const FunctionDecl *Function) {
  return {SilenceReason::LimitReached, Function->getLocation()};
}

/// The cycle that lies in the function of Context.
static Answer<RetryCycle> findCycleInFunction(const AttemptContext &Context) {
  // The least that is known of an attempt that nothing repeats.
  Silence Why(SilenceReason::NotCalledAgain,
              Context.Flow.getFunction()->getLocation());
  for (World Which : {World::Refused, World::RefusedLater}) {
    if (Which == World::RefusedLater &&
        llvm::none_of(Context.Flow.calls(), [](const CallExpr *Call) {
          return getApiRole(Call) == ApiRole::SocketError;
        }))
      continue;
    const Exploration &Refused = exploreCycles(Context, Which);
    Why.add(Refused.Why);
    // Where the work was cut off, only what was found before that is claimed.
    if (Refused.Incomplete)
      Why.add(makeLimit(Context.Flow.getFunction()));
    // What a helper says of a refusal may be what it says of a success, be the
    // helper here or in another file.
    ApiCall Helper = Context.Attempt
                         ? findApiCall(Context.Attempt, ApiRole::Connect)
                         : ApiCall();
    bool IsInner = Context.Flow.getFunction()->getCanonicalDecl() ==
                       Context.Innermost->getCanonicalDecl() &&
                   !(Helper && Helper.Row->isLearned());
    for (const Arrival &Way : Refused.Arrivals) {
      if (Refused.Incomplete && !Way.IsExact)
        continue;
      if (!(Way.Recursion && !IsInner &&
            comesBackConnected(exploreCycles(Context, World::Connected),
                               Way)) &&
          !isDrivenBySuccess(Context, Which, findCounters(Context, Way))) {
        RetryCycle Cycle = describeCycle(Context, Way);
        Cycle.Later = Which == World::RefusedLater;
        return Cycle;
      } else {
        Why.add({SilenceReason::SuccessDrives, findLoop(Context, Way)});
      }
    }
  }
  return Why;
}

/// True if the function of Context, called again, makes the attempt again with
/// what a refusal has left, and not with what a success has. Which of the two
/// it is, it tests itself, or leaves to the function that it calls.
static bool comesBackAnew(const AttemptContext &Context) {
  bool OnlyRefused = false;
  for (const AttemptContext *Level = &Context; Level;
       Level = Level->getCalled()) {
    AttemptContext Again(AttemptContext::Anew{*Level});
    auto ComesBack = [&](World Which) {
      const Exploration &Way = explore(Again, Which);
      return llvm::any_of(Way.Arrivals, [&](const Arrival &Each) {
        return !Way.Incomplete || Each.IsExact;
      });
    };
    if (!Again.in(World::Refused).Returns || !ComesBack(World::Refused))
      return false;
    OnlyRefused |= !Again.in(World::Connected).Returns ||
                   (!ComesBack(World::Connected) &&
                    !explore(Again, World::Connected).Incomplete);
  }
  return OnlyRefused;
}

/// The cycle of what calls the function again and again, be it connected or
/// not: with what a refusal leaves it makes the attempt again, and not with
/// what a success does.
static std::optional<RetryCycle>
findRepeatedCycle(const AttemptContext &Context) {
  TranslationUnit &Unit = Context.Flow.getUnit();
  const FunctionDecl *Function = Context.Flow.getFunction();
  const Expr *Repeater = findRepeater(Unit, Function);
  LearnedRows *Elsewhere = Repeater ? nullptr : LearnedRows::current();
  const Summary *By = Elsewhere ? Elsewhere->findRepeated(Function) : nullptr;
  if (!Repeater && !By)
    return std::nullopt;
  if (!comesBackAnew(Context))
    return std::nullopt;
  Arrival Back;
  Back.Recursion = Repeater ? Repeater : Context.Attempt;
  RetryCycle Cycle = describeCycle(Context, Back);
  if (By)
    Cycle.LoopLocation = Elsewhere->locate(By->At);
  return Cycle;
}

/// The cycle of a timer that calls the function again for as long as it returns
/// true, as it does when refused.
static std::optional<RetryCycle> findTimerCycle(const AttemptContext &Context) {
  const FunctionDecl *Function = Context.Flow.getFunction();
  if (std::optional<RetryCycle> Repeated = findRepeatedCycle(Context))
    return Repeated;
  if (!Function->getReturnType()->isIntegerType())
    return std::nullopt;
  const CallExpr *Timer = findTimerWhileTrue(Context.Flow.getUnit(), Function);
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
  Answer<RetryCycle> find(const AttemptContext &Context, unsigned Depth = 0);

private:
  Answer<RetryCycle> findInCallers(const AttemptContext &Context,
                                   unsigned Depth);

  /// The functions on the way to the one that is looked at.
  llvm::SmallPtrSet<const FunctionDecl *, 8> Entered;
  /// The calls that have been looked at: once, whatever leads to them.
  llvm::SmallPtrSet<const Expr *, 16> Asked;
  unsigned Steps = 0;
};

} // namespace

Answer<RetryCycle> CycleFinder::find(const AttemptContext &Context,
                                     unsigned Depth) {
  static constexpr unsigned MaxDepth = 6;
  // Who looks at the names most likely guards; anybody else is asked for a
  // cycle first, and only of a cycle what success does.
  if (Silence Guard = findGuard(Context))
    return Guard;
  Answer<RetryCycle> InFunction = findCycleInFunction(Context);
  if (!InFunction)
    if (std::optional<RetryCycle> Timed = findTimerCycle(Context))
      InFunction = *Timed;
  // A bound holds for one call. Whoever calls again may do so for ever.
  if (InFunction && !InFunction->Tries)
    return InFunction;
  const FunctionDecl *Function = Context.Flow.getFunction();
  if (Depth == MaxDepth)
    reportLimit("MaxDepth", Function);
  if (Depth == MaxDepth && !InFunction)
    return makeLimit(Function);
  if (Depth == MaxDepth || !Entered.insert(Function).second)
    return InFunction;
  Answer<RetryCycle> Outer = findInCallers(Context, Depth);
  Entered.erase(Function);
  if (!InFunction && !Outer) {
    // Of the same reason, the one that stands further out.
    Silence Why = Outer.why();
    Why.add(InFunction.why());
    return Why;
  }
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

Answer<RetryCycle> CycleFinder::findInCallers(const AttemptContext &Context,
                                              unsigned Depth) {
  static constexpr size_t MaxCalls = 32;
  static constexpr unsigned MaxSteps = 128;
  const FunctionDecl *Function = Context.Flow.getFunction();
  TranslationUnit &Unit = Context.Flow.getUnit();
  llvm::ArrayRef<CallSite> Sites = Unit.getCalls(Function);
  Silence Why(SilenceReason::NotCalledAgain, Function->getLocation());
  if (Sites.empty())
    return Why;
  // A function that a refusal never leaves has no callers to retry it.
  const Exploration &Refused = explore(Context, World::Refused);
  if (Refused.Incomplete)
    return makeLimit(Function);
  if (!Refused.Returned && !Refused.Throws)
    return Refused.Why;
  if (Sites.size() > MaxCalls) {
    reportLimit("MaxCalls", Function);
    Why = makeLimit(Function);
  }
  for (const CallSite &Site : Sites.take_front(MaxCalls)) {
    const FunctionFlow *Flow =
        Site.Caller ? Unit.getFlow(Site.Caller) : nullptr;
    if (!Flow || !Flow->find(Site.Call).Block ||
        Entered.count(Flow->getFunction()) || Asked.count(Site.Call))
      continue;
    if (++Steps > MaxSteps) {
      reportLimit("MaxSteps", Function);
      Why.add(makeLimit(Function));
      break;
    }
    // What was asked for above a call that does not count, another way to it
    // may ask again.
    llvm::SmallPtrSet<const Expr *, 16> AskedBefore = Asked;
    Asked.insert(Site.Call);
    AttemptContext Outer(*Flow, Site.Call, Context);
    Answer<RetryCycle> Cycle = find(Outer, Depth + 1);
    if (!Cycle) {
      if (Why.Reason == SilenceReason::NotCalledAgain)
        Why = Cycle.why();
      else
        Why.add(Cycle.why());
      continue;
    }
    if (tellsRefusal(Outer))
      return Cycle;
    Why.add({SilenceReason::NotToldApart, Site.Call->getBeginLoc()});
    Asked = std::move(AskedBefore);
    Asked.insert(Site.Call);
  }
  return Why;
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
static Silence findFailureAsserted(const AttemptContext &Context) {
  if (llvm::none_of(Context.Flow.getCFG(), [](const CFGBlock *Block) {
        return Block->hasNoReturnElement() && failsAssertion(Block);
      }))
    return {};
  const Exploration &Connected = explore(Context, World::Connected);
  if (Connected.Returned || Connected.Throws || Connected.Incomplete ||
      !Connected.Arrivals.empty())
    return {};
  Silence Why;
  for (const CFGBlock *Block : Context.Flow.getCFG())
    if (Connected.Entered.count(Block) && Block->hasNoReturnElement()) {
      if (!failsAssertion(Block))
        return {};
      Why = findDeparture(Context.Flow, Block, Block);
      Why.Reason = SilenceReason::ExpectedToFail;
    }
  return Why;
}

Answer<RetryCycle> findOwnCycle(const AttemptContext &Context) {
  Answer<RetryCycle> Cycle = findCycleInFunction(Context);
  if (Cycle)
    if (Silence Expected = findFailureAsserted(Context))
      return Expected;
  return Cycle;
}

Answer<RetryCycle> findRetryCycle(const AttemptContext &Context, bool Later) {
  Answer<RetryCycle> Cycle = CycleFinder().find(Context);
  if (Cycle)
    if (Silence Expected = findFailureAsserted(Context))
      return Expected;
  Cycle = findLaterCycle(Context, Later, std::move(Cycle));
  if (Cycle)
    if (Silence Guard = findGuard(Context))
      return Guard;
  return Cycle;
}

} // namespace selfconnect
} // namespace tidy
} // namespace clang
