//===- RetryCycle.cpp - cycles through a connect attempt ------------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "RetryCycle.h"
#include "Guard.h"
#include "Limits.h"
#include "NetworkApi.h"
#include "Sockets.h"
#include "Values.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/StringExtras.h"

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

static bool hasRemainder(const Stmt *S) {
  if (!S)
    return false;
  if (const auto *Binary = dyn_cast<BinaryOperator>(S))
    if (Binary->getOpcode() == BO_Rem || Binary->getOpcode() == BO_RemAssign)
      return true;
  return llvm::any_of(S->children(), hasRemainder);
}

/// True if Path goes round for ever: `i = (i + 1) % count`, and nothing else
/// counts the tries.
static bool wraps(const AttemptContext &Context, const Arrival &Way,
                  const AccessPath &Path) {
  bool Remainder =
      llvm::any_of(Context.Flow.allWrites(), [&](const Write &W) {
        return W.Target == Path && hasRemainder(W.Where);
      });
  return Remainder && llvm::all_of(findCounters(Context, Way),
                                   [&](const AccessPath &Counter) {
                                     return Counter.overlaps(Path);
                                   });
}

/// True if the way goes to the next server, address, port or client rather than
/// back to the same one.
static bool changesDestination(const AttemptContext &Context,
                               const Arrival &Way) {
  auto Advanced = [&](const AccessPath &Path) {
    return hasAdvanced(Way.State, Path) && !wraps(Context, Way, Path);
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

/// True if success arranges for the same thing as failure does: a periodic job,
/// an event loop.
static bool comesBackConnected(const AttemptContext &Context,
                               const Arrival &Way) {
  return llvm::any_of(explore(Context, World::Connected).Arrivals,
                      [&](const Arrival &Other) {
                        return Other.Recursion == Way.Recursion;
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
    Exploration Refused = explore(Context, Which);
    bool IsInner = Context.Flow.getFunction()->getCanonicalDecl() ==
                   Context.Innermost->getCanonicalDecl();
    for (const Arrival &Way : Refused.Arrivals)
      if (!(Way.Recursion && !IsInner && comesBackConnected(Context, Way)) &&
          !changesDestination(Context, Way) &&
          !isDrivenBySuccess(Context, findCounters(Context, Way))) {
        RetryCycle Cycle = describe(Context, Way);
        Cycle.Later = Which == World::RefusedLater;
        return Cycle;
      }
  }
  return std::nullopt;
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

/// What may be called when the attempt of Context has come to something:
/// handed on by the function that makes it, or by a method of the same class.
static std::vector<const FunctionFlow *>
findHandlers(const AttemptContext &Context) {
  static constexpr size_t MaxHandlers = 32;
  std::vector<const FunctionFlow *> Found;
  TranslationUnit &Unit = Context.Flow.getUnit();
  const FunctionDecl *Innermost = Context.Innermost->getCanonicalDecl();
  const auto &Callers = Unit.getCallersOf(Innermost);
  for (const TranslationUnit::Handler &Handler : Unit.getHandlers()) {
    bool Related =
        haveOneClass(Handler.Function, Innermost) ||
        llvm::any_of(Handler.HandedOnBy, [&](const FunctionDecl *By) {
          return By && Callers.count(By->getCanonicalDecl());
        });
    if (!Related || Handler.Function->getCanonicalDecl() == Innermost)
      continue;
    if (const FunctionFlow *Flow = Unit.getFlow(Handler.Function))
      Found.push_back(Flow);
    if (Found.size() == MaxHandlers) {
      reportLimit("MaxHandlers", Innermost);
      break;
    }
  }
  return Found;
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
  const FunctionDecl *Callee = Call->getDirectCallee();
  if (!Callee || !Callee->getIdentifier() ||
      !Callee->getReturnType()->isIntegerType())
    return std::nullopt;
  std::string Name;
  for (char C : Callee->getName())
    if (C != '_')
      Name += llvm::toLower(C);
  return llvm::StringRef(Name).contains("socketerror") ||
                 llvm::StringRef(Name).contains("soerror")
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
  for (const Stmt *Child : S->children())
    collectCallables(Child, Found);
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

/// A function that is called once the attempt has failed later, and that comes
/// back to it. Guarded is set where such a function rejects what met itself.
static std::optional<RetryCycle> findLaterCycle(const AttemptContext &Context,
                                                bool ByHandlers,
                                                bool &Guarded) {
  std::optional<RetryCycle> Found;
  auto Ask = [&](const AttemptContext &Told) {
    if (isGuarded(Told))
      Guarded = true;
    if (Found || Guarded)
      return;
    Exploration Refused = explore(Told, World::Refused);
    for (const Arrival &Way : Refused.Arrivals) {
      // What success does, too, is no retry.
      if (!Way.Recursion || comesBackConnected(Told, Way) ||
          llvm::any_of(Told.Destination, [&](const AccessPath &Path) {
            return hasAdvanced(Way.State, Path);
          }))
        continue;
      Arrival Back;
      Back.Recursion = Way.Recursion;
      Found = describe(Context, Back);
      Found->Later = true;
      return;
    }
  };
  // Whoever is told by the call itself is the one who knows; else, whoever
  // says so by its name.
  std::vector<const FunctionDecl *> Passed;
  if (const auto *Call = dyn_cast<CallExpr>(Context.Attempt))
    for (const Expr *Arg : Call->arguments())
      collectCallables(Arg, Passed);
  for (const FunctionFlow *Handler : findHandlers(Context)) {
    const FunctionDecl *Function = Handler->getFunction();
    bool IsTold = Passed.empty()
                      ? isNamedForFailure(Function)
                      : llvm::is_contained(Passed, Function->getCanonicalDecl());
    bool Tells = false;
    for (const CallExpr *Call : Handler->calls())
      if (std::optional<AccessPath> Error = getToldError(*Handler, Call)) {
        Tells = true;
        Ask(AttemptContext(*Handler, Call, Context, *Error));
      }
    if (!Tells) {
      AttemptContext Entered(*Handler, Context);
      if (isGuarded(Entered))
        Guarded = true;
      if (ByHandlers && IsTold)
        Ask(Entered);
    }
  }
  return Guarded ? std::nullopt : Found;
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
  if (Depth == MaxDepth)
    reportLimit("MaxDepth", Function);
  if (Depth == MaxDepth || !Visited.insert(Function).second)
    return std::nullopt;
  // A function that a refusal never leaves has no callers to retry it.
  Exploration Refused = explore(Context, World::Refused);
  if (!Refused.Returned && !Refused.Throws)
    return std::nullopt;
  TranslationUnit &Unit = Context.Flow.getUnit();
  llvm::ArrayRef<CallSite> Sites = Unit.getCalls(Function);
  if (Sites.size() > MaxCalls)
    reportLimit("MaxCalls", Function);
  for (const CallSite &Site : Sites.take_front(MaxCalls)) {
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

std::optional<RetryCycle> findRetryCycle(const AttemptContext &Context,
                                         bool Later) {
  std::optional<RetryCycle> Cycle = CycleFinder().find(Context);
  if (isGuarded(Context))
    return std::nullopt;
  bool Guarded = false;
  std::optional<RetryCycle> LaterCycle =
      findLaterCycle(Context, Later, Guarded);
  if (Guarded)
    return std::nullopt;
  return Cycle ? Cycle : LaterCycle;
}

} // namespace selfconnect
} // namespace tidy
} // namespace clang
