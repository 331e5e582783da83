//===- RetryCycle.cpp - cycles through a connect attempt ------------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "RetryCycle.h"
#include "Guard.h"
#include "NetworkApi.h"
#include "Sockets.h"
#include "Values.h"
#include "clang/AST/StmtCXX.h"
#include "clang/Basic/SourceManager.h"

namespace clang {
namespace tidy {
namespace selfconnect {

static constexpr int64_t SockNonblock = 04000; // Linux
static constexpr int64_t FcntlSetFlags = 4;    // F_SETFL

/// The blocks' conditions on the way, in its order.
static std::vector<const Expr *> getConditions(const Arrival &Way) {
  std::vector<const Expr *> Conditions;
  for (const CFGBlock *Block : Way.Blocks)
    if (Block->succ_size() == 2)
      if (const Expr *Condition = Block->getLastCondition())
        Conditions.push_back(Condition);
  return Conditions;
}

/// The objects that a condition on the way tests and that the way has advanced:
/// the counters of the loop.
static PathSet findCounters(const AttemptContext &Context, const Arrival &Way) {
  PathSet Counters;
  for (const Expr *Condition : getConditions(Way)) {
    PathSet Tested;
    collectPaths(Context.Flow, Condition, Tested);
    for (const AccessPath &Path : Tested)
      if (hasAdvanced(Way.State, Path))
        Counters.insert(Path);
  }
  return Counters;
}

/// True if the way goes to the next server, address, port or client rather than
/// back to the same one.
static bool changesDestination(const AttemptContext &Context,
                               const Arrival &Way) {
  auto Advanced = [&](const AccessPath &Path) {
    return hasAdvanced(Way.State, Path);
  };
  return llvm::any_of(Context.Destination, Advanced) ||
         llvm::any_of(Context.SocketChoice, Advanced);
}

/// True if success drives the loop just as failure does: a load of N
/// connections, one after the other.
static bool isDrivenBySuccess(const AttemptContext &Context,
                              const PathSet &Counters) {
  if (Counters.empty())
    return false;
  Exploration Connected = explore(Context, World::Connected);
  return llvm::any_of(Connected.Arrivals, [&](const Arrival &Way) {
    PathSet Others = findCounters(Context, Way);
    return llvm::any_of(Counters, [&](const AccessPath &Counter) {
      return Others.count(Counter) != 0;
    });
  });
}

/// The loop or goto that closes the way. Of several loops the outermost one
/// whose back edge is taken.
static SourceLocation findLoop(const AttemptContext &Context,
                               const Arrival &Way) {
  const SourceManager &Sources = Context.Flow.getContext().getSourceManager();
  if (Way.Recursion)
    return Way.Recursion->getBeginLoc();
  const Stmt *Loop = nullptr;
  const Stmt *Goto = nullptr;
  for (size_t I = 0; I + 1 < Way.Blocks.size(); ++I) {
    const CFGBlock *Block = Way.Blocks[I];
    if (const Stmt *Target = Block->getLoopTarget()) {
      if (!Loop || Sources.isBeforeInTranslationUnit(Target->getBeginLoc(),
                                                     Loop->getBeginLoc()))
        Loop = Target;
    }
    if (const Stmt *Terminator = Block->getTerminatorStmt())
      if (isa<GotoStmt>(Terminator) || isa<IndirectGotoStmt>(Terminator))
        Goto = Terminator;
  }
  if (Loop && Goto) {
    // A goto backwards over the loop closes the larger cycle.
    bool GotoOutside = Sources.isBeforeInTranslationUnit(Loop->getEndLoc(),
                                                         Goto->getBeginLoc());
    return GotoOutside ? Goto->getBeginLoc() : Loop->getBeginLoc();
  }
  if (Loop)
    return Loop->getBeginLoc();
  return Goto ? Goto->getBeginLoc() : SourceLocation();
}

/// The value that Counter has before the cycle, if it is one constant.
static std::optional<int64_t> findStart(const FunctionFlow &Flow,
                                        const AccessPath &Counter,
                                        const Stmt *Attempt) {
  FunctionFlow::LastWrites Last =
      Flow.findLastWrites(Attempt, [&](const Write &W) {
        if (!W.Target.contains(Counter) || W.WriteKind == Write::Update)
          return FunctionFlow::Effect::None;
        return FunctionFlow::Effect::Must;
      });
  if (Last.FromEntry || Last.Writes.size() != 1 ||
      Last.Writes.front()->WriteKind != Write::Assign ||
      Last.Writes.front()->Target != Counter)
    return std::nullopt;
  const Write *Start = Last.Writes.front();
  if (std::optional<int64_t> Value =
          findIntValues(Flow, Start->Value, Start->Where).single())
    return *Value;
  return std::nullopt;
}

/// `i < 5` with i from 0: 5 tries; `tries-- > 0` from 3: 3 tries.
static std::optional<uint64_t> findTries(const AttemptContext &Context,
                                         const Arrival &Way) {
  const FunctionFlow &Flow = Context.Flow;
  for (const Expr *Condition : getConditions(Way)) {
    Condition = Condition->IgnoreParenImpCasts();
    bool Negated = false;
    if (const auto *Not = dyn_cast<UnaryOperator>(Condition))
      if (Not->getOpcode() == UO_LNot) {
        Negated = true;
        Condition = Not->getSubExpr()->IgnoreParenImpCasts();
      }
    const Expr *Left = Condition;
    std::optional<int64_t> Limit = 0;
    bool Inclusive = false;
    if (const auto *Binary = dyn_cast<BinaryOperator>(Condition)) {
      if (!Binary->isComparisonOp())
        continue;
      Left = Binary->getLHS()->IgnoreParenImpCasts();
      std::optional<int64_t> Value =
          findIntValues(Flow, Binary->getRHS(), Context.Attempt).single();
      if (!Value)
        continue;
      Limit = *Value;
      Inclusive = Binary->getOpcode() == BO_LE || Binary->getOpcode() == BO_GE;
    }
    AccessPath Counter = Flow.path(Left);
    if (Negated || !Counter.isValid() || !hasAdvanced(Way.State, Counter))
      continue;
    // Steps of one only, and the same way on each turn.
    const UnaryOperator *Step = nullptr;
    bool Plain = true;
    for (const Write &W : Flow.allWrites())
      if (W.WriteKind == Write::Update && W.Target.overlaps(Counter)) {
        Plain &= Step == nullptr && isa<UnaryOperator>(W.Where);
        Step = dyn_cast<UnaryOperator>(W.Where);
      }
    std::optional<int64_t> Start = findStart(Flow, Counter, Context.Attempt);
    if (!Plain || !Step || !Start)
      continue;
    int64_t Distance =
        Step->isIncrementOp() ? *Limit - *Start : *Start - *Limit;
    Distance += Inclusive ? 1 : 0;
    // `do { ... } while (--n)` and a test in mid-loop make one more or less;
    // the figure is for a probability in words.
    if (Distance >= 1)
      return static_cast<uint64_t>(Distance);
  }
  return std::nullopt;
}

/// The constant pauses on the way.
static std::optional<double> findPause(const AttemptContext &Context,
                                       const Arrival &Way) {
  const FunctionFlow &Flow = Context.Flow;
  double Seconds = 0;
  for (const CFGBlock *Block : Way.Blocks)
    for (const CFGElement &Element : *Block) {
      auto Statement = Element.getAs<CFGStmt>();
      const auto *Call =
          Statement ? dyn_cast<CallExpr>(Statement->getStmt()) : nullptr;
      if (!Call || getApiRole(Call) != ApiRole::Sleep)
        continue;
      SleepUnit Unit = getSleepUnit(Call);
      if (Unit.SecondsPerUnit == 0)
        return std::nullopt;
      std::optional<int64_t> Duration =
          findIntValues(Flow, Call->getArg(Unit.Argument), Call).single();
      if (!Duration || *Duration < 0)
        return std::nullopt;
      Seconds += static_cast<double>(*Duration) * Unit.SecondsPerUnit;
    }
  return Seconds > 0 ? std::optional<double>(Seconds) : std::nullopt;
}

static bool isNonblocking(const AttemptContext &Context) {
  const FunctionFlow &Flow = Context.Flow;
  SocketOrigins Origins =
      findSocketOrigins(Flow, Context.Socket, Context.Attempt);
  for (const CallExpr *Create : Origins.Creations)
    if (std::optional<int64_t> Type =
            findIntValues(Flow, Create->getArg(1), Create).single())
      if (*Type & SockNonblock)
        return true;
  return llvm::any_of(Flow.calls(), [&](const CallExpr *Call) {
    if (getFreeFunctionName(Call) != "fcntl" || Call->getNumArgs() != 3 ||
        Flow.path(Call->getArg(0)) != Context.Socket)
      return false;
    std::optional<int64_t> Command =
        findIntValues(Flow, Call->getArg(1), Call).single();
    std::optional<int64_t> Flags =
        findIntValues(Flow, Call->getArg(2), Call).single();
    return Command && *Command == FcntlSetFlags &&
           (!Flags || (*Flags & SockNonblock));
  });
}

static RetryCycle describe(const AttemptContext &Context, const Arrival &Way) {
  RetryCycle Cycle;
  const Stmt *NewSocket = Way.State.NewSocket;
  if (Context.CreatedInside) {
    NewSocket = Context.CreatedInside;
  } else if (Way.Recursion) {
    // The function begins anew, and with it what it does before the attempt.
    SocketOrigins Origins =
        findSocketOrigins(Context.Flow, Context.Socket, Context.Attempt);
    if (!Origins.Unknown && !Origins.Creations.empty())
      NewSocket = Origins.Creations.front();
  }
  if (NewSocket) {
    Cycle.Socket = ::selfconnect::SocketMode::New;
    Cycle.SocketLocation = NewSocket->getBeginLoc();
  } else {
    Cycle.Socket = isNonblocking(Context)
                       ? ::selfconnect::SocketMode::Nonblocking
                       : ::selfconnect::SocketMode::Same;
    Cycle.SocketLocation = Context.Attempt->getBeginLoc();
  }
  Cycle.LoopLocation = findLoop(Context, Way);
  Cycle.Tries = findTries(Context, Way);
  Cycle.PauseSeconds = findPause(Context, Way);
  return Cycle;
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
    Exploration Refused = explore(Context, Which);
    for (const Arrival &Way : Refused.Arrivals)
      if (!changesDestination(Context, Way) &&
          !isDrivenBySuccess(Context, findCounters(Context, Way))) {
        RetryCycle Cycle = describe(Context, Way);
        Cycle.Later = Which == World::RefusedLater;
        return Cycle;
      }
  }
  return std::nullopt;
}

namespace {

/// Goes from the attempt to the callers of its function, and on to theirs.
class CycleFinder {
public:
  std::optional<RetryCycle> find(const AttemptContext &Context,
                                 unsigned Depth = 0);

private:
  llvm::SmallPtrSet<const FunctionDecl *, 8> Visited;
};

} // namespace

std::optional<RetryCycle> CycleFinder::find(const AttemptContext &Context,
                                            unsigned Depth) {
  static constexpr unsigned MaxDepth = 6;
  static constexpr size_t MaxCalls = 32;
  if (isGuarded(Context))
    return std::nullopt;
  if (std::optional<RetryCycle> Cycle = findCycleInFunction(Context))
    return Cycle;
  const FunctionDecl *Function = Context.Flow.getFunction();
  if (Depth == MaxDepth || !Visited.insert(Function).second)
    return std::nullopt;
  // A function that a refusal never leaves has no callers to retry it.
  Exploration Refused = explore(Context, World::Refused);
  if (!Refused.Returned && !Refused.Throws)
    return std::nullopt;
  TranslationUnit &Unit = Context.Flow.getUnit();
  for (const CallSite &Site : Unit.getCalls(Function).take_front(MaxCalls)) {
    const FunctionFlow *Flow =
        Site.Caller ? Unit.getFlow(Site.Caller) : nullptr;
    if (!Flow || !Flow->find(Site.Call).Block || Visited.count(Site.Caller))
      continue;
    AttemptContext Outer(*Flow, Site.Call, Context);
    // A caller that cannot be told a refusal from a success is not followed:
    // what it does next may be what it does when connected.
    if (Outer.in(World::Refused) == Outer.in(World::Connected))
      continue;
    if (std::optional<RetryCycle> Cycle = find(Outer, Depth + 1))
      return Cycle;
  }
  return std::nullopt;
}

std::optional<RetryCycle> findRetryCycle(const AttemptContext &Context) {
  return CycleFinder().find(Context);
}

} // namespace selfconnect
} // namespace tidy
} // namespace clang
