//===- CycleFacts.cpp - what is known of a retry cycle --------------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CycleFacts.h"
#include "../api/NetworkApi.h"
#include "../attempt/Advance.h"
#include "../endpoint/Sockets.h"
#include "../values/Values.h"
#include "clang/Basic/SourceManager.h"
#include <map>

namespace clang {
namespace tidy {
namespace selfconnect {

bool leadsTo(const CFGBlock *Block, const CFGBlock *Attempt) {
  llvm::SmallPtrSet<const CFGBlock *, 32> Seen;
  llvm::SmallVector<const CFGBlock *, 32> Worklist{Block};
  while (!Worklist.empty()) {
    const CFGBlock *Next = Worklist.pop_back_val();
    if (Next == Attempt)
      return true;
    if (!Seen.insert(Next).second)
      continue;
    for (const CFGBlock::AdjacentBlock &Succ : Next->succs())
      if (const CFGBlock *Target = Succ.getReachableBlock())
        Worklist.push_back(Target);
  }
  return false;
}

SourceLocation findLoop(const AttemptContext &Context, const Arrival &Way) {
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

/// The conditions on the way whose other outcome ends the cycle: no way leads
/// back from there.
static std::vector<const Expr *> getEndConditions(const Arrival &Way) {
  std::vector<const Expr *> Conditions;
  for (size_t I = 0; I + 1 < Way.Blocks.size(); ++I) {
    const CFGBlock *Block = Way.Blocks[I];
    const Expr *Condition = Block->getLastCondition();
    if (!Condition || Block->succ_size() != 2)
      continue;
    if (llvm::any_of(Block->succs(), [&](const CFGBlock::AdjacentBlock &Succ) {
          const CFGBlock *Target = Succ.getReachableBlock();
          return Target && Target != Way.Blocks[I + 1] &&
                 !leadsTo(Target, Way.Blocks.back());
        }))
      Conditions.push_back(Condition);
  }
  return Conditions;
}

/// `i < 5` with i from 0: 5 tries; `tries-- > 0` from 3: 3 tries.
static std::optional<uint64_t> findTries(const AttemptContext &Context,
                                         const Arrival &Way) {
  const FunctionFlow &Flow = Context.Flow;
  for (const Expr *Condition : getEndConditions(Way)) {
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

/// True for a call that tells the time.
static bool tellsTime(const CallExpr *Call) {
  static const llvm::StringRef Functions[] = {
      "time", "gettimeofday", "clock_gettime", "clock", "difftime"};
  if (llvm::is_contained(Functions, getFreeFunctionName(Call)))
    return true;
  const FunctionDecl *Callee = Call->getDirectCallee();
  return Callee && Callee->getIdentifier() && Callee->getName() == "now";
}

static bool holdsTime(const FunctionFlow &Flow, const Stmt *S,
                      const PathSet &Times) {
  if (!S)
    return false;
  if (const auto *Call = dyn_cast<CallExpr>(S))
    if (tellsTime(Call))
      return true;
  if (const auto *E = dyn_cast<Expr>(S)) {
    AccessPath Path = Flow.path(E);
    if (Path.isValid() && Times.count(Path))
      return true;
  }
  return llvm::any_of(S->children(), [&](const Stmt *Child) {
    return holdsTime(Flow, Child, Times);
  });
}

/// True if the way depends on the time: `if (now - last < 10) continue;`. How
/// often the attempt is made then, the pauses do not tell.
static bool waitsByClock(const AttemptContext &Context, const Arrival &Way) {
  const FunctionFlow &Flow = Context.Flow;
  using TimesOf = std::map<const FunctionFlow *, PathSet>;
  auto [Entry, IsNew] = Flow.getUnit().memory<TimesOf>().try_emplace(&Flow);
  PathSet &Times = Entry->second;
  if (IsNew)
    for (const Write &W : Flow.allWrites())
      if ((W.Value && holdsTime(Flow, W.Value, Times)) ||
          (W.Call && tellsTime(W.Call)))
        Times.insert(W.Target);
  return llvm::any_of(getConditions(Way), [&](const Expr *Condition) {
    return holdsTime(Flow, Condition, Times);
  });
}

/// The constant pauses on the way.
static std::optional<double> findPause(const AttemptContext &Context,
                                       const Arrival &Way) {
  const FunctionFlow &Flow = Context.Flow;
  if (waitsByClock(Context, Way))
    return std::nullopt;
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

RetryCycle describeCycle(const AttemptContext &Context, const Arrival &Way) {
  RetryCycle Cycle;
  const Stmt *NewSocket = Way.State.NewSocket;
  if (Context.CreatedByLibrary) {
    NewSocket = Context.CreatedByLibrary;
  } else if (Context.CreatedInside) {
    NewSocket = Context.CreatedInside;
  } else if (Way.Recursion) {
    // The function begins anew, and with it what it does before the attempt.
    if (const Expr *Maker =
            findSocketOrigins(Context.Flow, Context.Socket, Context.Attempt)
                .getMaker())
      NewSocket = Maker;
  }
  if (NewSocket) {
    Cycle.Socket = ::selfconnect::SocketMode::New;
    Cycle.SocketLocation = NewSocket->getBeginLoc();
  } else {
    Cycle.Socket = isNonblocking(Context.Flow, Context.Socket, Context.Attempt)
                       ? ::selfconnect::SocketMode::Nonblocking
                       : ::selfconnect::SocketMode::Same;
    Cycle.SocketLocation = Context.Attempt->getBeginLoc();
  }
  Cycle.LoopLocation = findLoop(Context, Way);
  Cycle.Tries = findTries(Context, Way);
  Cycle.PauseSeconds = findPause(Context, Way);
  return Cycle;
}

} // namespace selfconnect
} // namespace tidy
} // namespace clang
