//===- Explorer.cpp - follow the CFG in one world -----------------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Explorer.h"
#include "../api/LearnedRows.h"
#include "../api/NetworkApi.h"
#include "../code/CallEffects.h"
#include "../code/CallPaths.h"
#include "../code/Limits.h"
#include "../code/Statements.h"
#include "Departure.h"
#include "NeverReturns.h"
#include "Timers.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "clang/Basic/SourceManager.h"

namespace clang {
namespace tidy {
namespace selfconnect {

/// How many states of one block are followed as they are; beyond it, what
/// changes on each turn of a loop is forgotten.
static constexpr unsigned WidenAfterStates = 6;
/// From here on a state is joined with an earlier one that goes to the same
/// destination: what the two know differently is forgotten.
static constexpr unsigned JoinAfterStates = 16;
/// From here on nothing is kept of a state but where its destination comes
/// from. A way back to the attempt that leads through it shows nothing.
static constexpr unsigned ForgetAfterStates = 28;
/// How many states of one block are followed at all.
static constexpr unsigned MaxStatesPerBlock = 48;
/// How many states of one function are kept apart like this; from here on all
/// but the first two of a block are joined.
static constexpr unsigned JoinAllAfterStates = 3000;
/// How many states of one function.
static constexpr unsigned MaxStates = 60000;
/// How many ways back to the attempt are told apart.
static constexpr unsigned MaxArrivals = 16;
/// How many variables are asked for the constant that they hold at the attempt.
static constexpr unsigned MaxConstants = 16;

/// True for what is there when the function has been left. What errno is then,
/// the attempt says itself.
static bool livesOn(const AccessPath &Path) {
  if (Path.isErrno())
    return false;
  const VarDecl *Root = Path.getRoot();
  return !Root || Root->hasGlobalStorage() || isa<ParmVarDecl>(Root);
}

/// The constant that every way to the attempt gives to Path, a field or what
/// else others see: `state_ = CLOSED;`. What is called in between leaves it.
static std::optional<int64_t> findGivenBefore(const FunctionFlow &Flow,
                                              const Expr *Attempt,
                                              const AccessPath &Path) {
  std::optional<int64_t> Given;
  bool Known = true;
  auto Take = [&](const Write &W) {
    Expr::EvalResult Value;
    if (W.Target != Path || W.WriteKind != Write::Assign || !W.Value ||
        !isConstant(W.Value) ||
        !W.Value->EvaluateAsInt(Value, Flow.getContext())) {
      Known = false;
      return;
    }
    int64_t One = toInt64(Value.Val.getInt());
    Known = Known && (!Given || *Given == One);
    Given = One;
  };
  bool FromEntry = Flow.walkBack(Attempt, [&](const Stmt *S) {
    bool Stop = !Known;
    for (const Write &W : Flow.writesAt(S))
      if (W.Target.overlaps(Path) &&
          (W.WriteKind != Write::Pass || mayChange(Flow, W.Call, Path))) {
        Take(W);
        Stop = true;
      }
    const auto *Call = dyn_cast<CallExpr>(S);
    const FunctionDecl *Callee = Call ? Call->getDirectCallee() : nullptr;
    if (!Stop && Callee && Callee->hasBody() &&
        !Flow.getContext().getSourceManager().isInSystemHeader(
            Callee->getLocation()) &&
        mayChange(Flow, Call, Path)) {
      Known = false;
      Stop = true;
    }
    return Stop;
  });
  return Known && !FromEntry ? Given : std::nullopt;
}

/// What local variables hold at the attempt, where every way to it gives them
/// the same constant: `bool complete = true;` in front of the loop inside; and
/// what its caller sees likewise.
void Explorer::learnConstants(PathState &State) const {
  const FunctionFlow &Flow = Context.Flow;
  const CFGBlock *Attempt = Flow.find(Context.Attempt).Block;
  PathSet Given, GivenToOthers;
  for (const Write &W : Flow.allWrites()) {
    const VarDecl *Var = W.Target.getRoot();
    if (W.WriteKind == Write::Assign && W.Value && isConstant(W.Value) &&
        !W.Target.steps().empty() && livesOn(W.Target) &&
        W.Target.steps().back().StepKind == AccessPath::Step::Field &&
        llvm::none_of(W.Target.steps(),
                      [](const AccessPath::Step &Step) {
                        return Step.StepKind == AccessPath::Step::Index;
                      }) &&
        !State.Values.count(W.Target))
      GivenToOthers.insert(W.Target);
    if (W.WriteKind == Write::Assign && W.Value && isConstant(W.Value) && Var &&
        W.Target.steps().empty() && Var->hasLocalStorage() &&
        Var->getType()->isIntegralOrEnumerationType() &&
        !State.Values.count(W.Target) && !Live.isDead(Var, Attempt))
      Given.insert(W.Target);
  }
  unsigned Asked = 0;
  for (const AccessPath &Path : GivenToOthers) {
    if (++Asked > MaxConstants)
      break;
    if (std::optional<int64_t> Value =
            findGivenBefore(Flow, Context.Attempt, Path))
      State.Values[Path] = AbstractValue::of(*Value);
  }
  Asked = 0;
  for (const AccessPath &Path : Given) {
    if (++Asked > MaxConstants)
      return reportLimit("MaxConstants", Flow.getFunction());
    auto IsAssigned = [&](const Write &W) {
      return W.WriteKind == Write::Assign && W.Target == Path && W.Value;
    };
    FunctionFlow::LastWrites Last =
        Flow.findLastWrites(Context.Attempt, Path, [&](const Write &W) {
          if (!W.Target.overlaps(Path))
            return FunctionFlow::Effect::None;
          return IsAssigned(W) ? FunctionFlow::Effect::Must
                               : FunctionFlow::Effect::May;
        });
    std::optional<int64_t> Value;
    bool Known = !Last.FromEntry;
    for (const Write *W : Last.Writes) {
      std::optional<int64_t> One =
          IsAssigned(*W) && isConstant(W->Value)
              ? Eval.evaluate(W->Value, PathState()).exact()
              : std::nullopt;
      Known = Known && One && (!Value || *Value == *One);
      Value = One;
    }
    if (Known && Value)
      State.Values[Path] = AbstractValue::of(*Value);
  }
}

/// The least that counters hold, variables that begin at a constant and are
/// only ever counted up: `if (i == 0)` does not hold on a second turn.
void Explorer::learnCounters(PathState &State) const {
  const FunctionFlow &Flow = Context.Flow;
  const CFGBlock *Attempt = Flow.find(Context.Attempt).Block;
  std::map<AccessPath, std::optional<int64_t>> Least;
  for (const Write &W : Flow.allWrites()) {
    const VarDecl *Var = W.Target.getRoot();
    if (!Var || !Var->hasLocalStorage() || !W.Target.steps().empty() ||
        !Var->getType()->isIntegerType() || isa<ParmVarDecl>(Var))
      continue;
    const auto *Unary = dyn_cast<UnaryOperator>(W.Where);
    if (W.WriteKind == Write::Declare || (Unary && Unary->isIncrementOp()))
      continue;
    std::optional<int64_t> Given =
        W.WriteKind == Write::Assign && W.Value && isConstant(W.Value)
            ? Eval.evaluate(W.Value, PathState()).exact()
            : std::nullopt;
    auto [Known, IsNew] = Least.try_emplace(W.Target, Given);
    if (!IsNew)
      Known->second = Known->second && Given
                          ? std::optional<int64_t>(
                                std::min(*Known->second, *Given))
                          : std::nullopt;
  }
  for (const auto &[Path, Value] : Least) {
    if (!Value || Live.isDead(Path.getRoot(), Attempt))
      continue;
    // The loop's condition may have said that it is less than something. A
    // bound of one turn is for MinRetries to judge.
    AbstractValue &Known = State.Values[Path];
    if (Known.High <= *Value)
      continue;
    Known.Low = std::max(Known.Low, *Value);
    Known.NotZero |= Known.Low > 0;
  }
}

/// The blocks from which a way leads back to the attempt, or to something that
/// calls the function again.
void Explorer::findLeading() {
  llvm::SmallVector<const CFGBlock *, 8> Targets{
      Context.Flow.find(Context.Attempt).Block};
  for (const Stmt *S : Recursions)
    Targets.push_back(Context.Flow.find(S).Block);
  Leading = Live.findLeading(Targets);
  IsInCycle = llvm::any_of(
      Targets.front()->succs(), [&](const CFGBlock::AdjacentBlock &Succ) {
        const CFGBlock *Target = Succ.getReachableBlock();
        return Target && Leading.test(Target->getBlockID());
      });
}

/// What may come back to the attempt in the function explored; for all attempts
/// in it that are made by the same function, found out once.
const llvm::SmallPtrSetImpl<const Stmt *> &Explorer::findRecursions() const {
  struct Known {
    std::map<std::tuple<const FunctionFlow *, const FunctionDecl *, bool,
                        const Expr *>,
             llvm::SmallPtrSet<const Stmt *, 8>>
        Recursions;
  };
  auto [Entry, IsNew] =
      Context.Flow.getUnit().memory<Known>().Recursions.try_emplace(
          {&Context.Flow, Context.Innermost->getCanonicalDecl(),
           Context.Attempt != nullptr,
           Context.BeginsAnew ? Context.ToldOf->Attempt : nullptr});
  if (IsNew)
    for (const CFGBlock *Block : Context.Flow.getCFG())
      for (const CFGElement &Element : *Block)
        if (auto Statement = Element.getAs<CFGStmt>())
          if (mayRecur(Statement->getStmt()))
            Entry->second.insert(Statement->getStmt());
  return Entry->second;
}

/// True for a call of, or something that hands on, what leads to the attempt.
bool Explorer::mayRecur(const Stmt *S) const {
  if (Context.BeginsAnew)
    return S == Context.ToldOf->Attempt;
  if (const auto *Lambda = dyn_cast<LambdaExpr>(S))
    return AttemptCallers.count(Lambda->getCallOperator()->getCanonicalDecl());
  if (isa<DeclRefExpr, StringLiteral>(S)) {
    const FunctionDecl *Function = Context.Flow.getUnit().getHandedOn(S);
    return Function && AttemptCallers.count(Function);
  }
  const auto *Call = dyn_cast<CallExpr>(S);
  const FunctionDecl *Callee = Call ? Call->getDirectCallee() : nullptr;
  if (!Callee)
    return false;
  // `handle_failure()` of another file, which calls this one again.
  LearnedRows *Learned = LearnedRows::current();
  if (Learned && !Callee->hasBody() &&
      llvm::any_of(Learned->find(Callee),
                   [](const Summary *Row) { return !Row->LeadsTo.empty(); }) &&
      llvm::any_of(AttemptCallers, [&](const FunctionDecl *Caller) {
        return Learned->leadsTo(Callee, Caller);
      }))
    return true;
  Callee = Callee->getCanonicalDecl();
  // A handler may make the attempt again at once; who has called it does not
  // come back to it. Elsewhere, a second call is another attempt unless the
  // function itself has been called by it, or is called later.
  return (Context.Attempt ? Callers : AttemptCallers).count(Callee) ||
         Schedulers.count(Callee) ||
         armsAny(Context.Flow, Call, AttemptCallers);
}

void Explorer::findKept() {
  for (const PathSet *Paths : {&Context.Destination, &Context.SocketChoice,
                               &Context.LocalNames, &Context.PeerNames})
    for (const AccessPath &Path : *Paths)
      if (Path.getRoot())
        Kept.insert(Path.getRoot());
  if (Context.Socket.getRoot())
    Kept.insert(Context.Socket.getRoot());
}

/// Forgets what is known of variables that nothing mentions from Block on. In a
/// long function the state would grow with every statement else.
void Explorer::forgetDead(const CFGBlock *Block, PathState &State) const {
  auto IsDead = [&](const AccessPath &Path) {
    const VarDecl *Root = Path.getRoot();
    return Live.isDead(Root, Block) && !Kept.count(Root);
  };
  State.Values.eraseIf([&](const auto &Known) { return IsDead(Known.first); });
  State.Relations.eraseIf([&](const auto &Seen) {
    return IsDead(Seen.first.Left) || IsDead(Seen.first.Right);
  });
  State.MadeFrom.eraseIf([&](const auto &Made) { return IsDead(Made.first); });
  State.Branches.eraseIf(
      [&](const auto &Went) { return Live.isDone(Went.first, Block); });
}

Exploration Explorer::run() {
  findKept();
  if (!Context.Attempt) {
    PathState State;
    State.Values = Context.in(Which).Left;
    for (const AccessPath &Path : Context.in(Which).Advanced)
      State.MadeFrom[Path] = {Path};
    Nodes.push_back(
        {&Context.Flow.getCFG().getEntry(), std::move(State), -1, {}, {}});
    for (unsigned I = 0; I < Nodes.size(); ++I)
      runBlock(I, 0);
    return std::move(Result);
  }
  FunctionFlow::Position Start = Context.Flow.find(Context.Attempt);
  if (!Start.Block) {
    Result.Incomplete = true;
    return std::move(Result);
  }
  if (OnlyCycles)
    findLeading();
  PathState State;
  for (const FunctionFlow::Premise &Known :
       Context.Flow.findPremises(Context.Attempt))
    if (!Known.Case)
      Eval.assume(Known.Condition, Known.Truth, State);
  learnConstants(State);
  learnCounters(State);
  Eval.execute(Context.Attempt, State);
  Nodes.push_back({Start.Block, State, -1, {}, {}});
  Result.Entered.insert(Start.Block);
  const Outcome &Way = Context.in(Which);
  if (Way.Throws) {
    PathState Raised = State;
    Raised.Thrown = Way.Thrown;
    raise(0, std::move(Raised), Context.Attempt);
  }
  if (Way.Returns)
    runBlock(0, Start.Index + 1);
  for (unsigned I = 1; I < Nodes.size(); ++I)
    runBlock(I, 0);
  return std::move(Result);
}

/// True for calls that take what is to be done next from outside: the command
/// line, `std::cin >> host`.
static bool takesInput(const CallExpr *Call) {
  llvm::StringRef Name = getFreeFunctionName(Call);
  if (Name == "getopt" || Name == "getopt_long" || Name == "getopt_long_only")
    return true;
  const auto *Operator = dyn_cast<CXXOperatorCallExpr>(Call);
  if (!Operator || Operator->getOperator() != OO_GreaterGreater)
    return false;
  const CXXRecordDecl *Stream =
      Operator->getArg(0)->getType()->getAsCXXRecordDecl();
  return Stream && Stream->getIdentifier() &&
         Stream->getName() == "basic_istream";
}

/// True for calls that wait for something which is no part of the attempt: what
/// follows is not its repetition.
bool Explorer::endsPath(const CallExpr *Call) const {
  if (!isFailure())
    return false;
  if (takesInput(Call))
    return true;
  if (getApiRole(Call) != ApiRole::OtherEvent)
    return false;
  if (Call->getNumArgs() == 0 || !Context.Socket.isValid())
    return true;
  return Context.Flow.path(Call->getArg(0)) != Context.Socket;
}

/// E without what only copies it.
static const Expr *ignoreCopying(const Expr *E) {
  while (true) {
    E = ignoreTemporaries(E);
    const auto *Copy = dyn_cast<CXXConstructExpr>(E);
    if (!Copy || Copy->getNumArgs() == 0 ||
        !Copy->getConstructor()->isCopyOrMoveConstructor())
      return E;
    E = Copy->getArg(0);
  }
}

static bool isStdNext(const CallExpr *Call) {
  const FunctionDecl *Callee = Call->getDirectCallee();
  return Callee && Callee->isInStdNamespace() && Callee->getIdentifier() &&
         Callee->getName() == "next";
}

/// `at + 1`, `address->ai_next`, `std::next(at)`: what follows something that
/// the function has been handed.
bool Explorer::isStep(const Expr *E) const {
  const FunctionFlow &Flow = Context.Flow;
  E = ignoreCopying(E);
  auto IsSum = [&](const Expr *From, const Expr *By) {
    Expr::EvalResult Distance;
    const VarDecl *Root = Flow.path(ignoreCopying(From)).getRoot();
    return Root && Root->hasLocalStorage() && !By->isValueDependent() &&
           By->EvaluateAsInt(Distance, Flow.getContext()) &&
           toInt64(Distance.Val.getInt()) != 0;
  };
  if (const auto *Binary = dyn_cast<BinaryOperator>(E))
    return Binary->isAdditiveOp() && IsSum(Binary->getLHS(), Binary->getRHS());
  if (const auto *Operator = dyn_cast<CXXOperatorCallExpr>(E))
    return Operator->getNumArgs() == 2 &&
           (Operator->getOperator() == OO_Plus ||
            Operator->getOperator() == OO_Minus) &&
           IsSum(Operator->getArg(0), Operator->getArg(1));
  if (const auto *Call = dyn_cast<CallExpr>(E))
    return isStdNext(Call) || givesNext(E, Flow);
  if (const auto *Member = dyn_cast<MemberExpr>(E))
    return Member->isArrow() && Flow.getContext().hasSameUnqualifiedType(
                                    Member->getType(),
                                    Member->getBase()->getType());
  AccessPath Path = Flow.path(E);
  return isa<DeclRefExpr>(E) &&
         llvm::any_of(Flow.allWrites(), [&](const Write &W) {
           return W.WriteKind == Write::Assign && W.Value && W.Target == Path &&
                  !isa<DeclRefExpr>(ignoreCopying(W.Value)) && isStep(W.Value);
         });
}

/// True if Call, of the function that makes the attempt Made, hands it another
/// destination than before.
bool Explorer::handsOnNext(const CallExpr *Call, const AttemptContext &Made,
                           const PathState &State) const {
  return llvm::any_of(Made.Destination, [&](const AccessPath &Path) {
    const auto *Parameter = dyn_cast_or_null<ParmVarDecl>(Path.getRoot());
    const Expr *Argument =
        Parameter ? getSiteArgument(Call, Parameter->getFunctionScopeIndex())
                  : nullptr;
    if (!Argument || Parameter->getDeclContext() != Made.Flow.getFunction())
      return false;
    PathSet Named;
    collectPaths(Context.Flow, Argument, Named);
    return isStep(Argument) ||
           llvm::any_of(Named, [&](const AccessPath &Each) {
             return hasAdvanced(State, Each);
           });
  });
}

/// A handler goes on to the next address: `connect_to(++at)`, `dial(at + 1)`.
bool Explorer::handlerGoesElsewhere(const CallExpr *Call,
                                    const FunctionDecl *Callee,
                                    const PathState &State) const {
  const AttemptContext *Made = Context.ToldOf;
  if (!Made)
    return false;
  const FunctionDecl *Maker = Made->Flow.getFunction();
  if (Maker->getCanonicalDecl() == Callee)
    return handsOnNext(Call, *Made, State);
  TranslationUnit &Unit = Context.Flow.getUnit();
  for (const CallSite &Site : Unit.getCalls(Maker)) {
    const FunctionFlow *Between =
        Site.Caller && Site.Caller->getCanonicalDecl() == Callee
            ? Unit.getFlow(Site.Caller)
            : nullptr;
    if (Between && Between->find(Site.Call).Block)
      return handsOnNext(Call, AttemptContext(*Between, Site.Call, *Made),
                         State);
  }
  return false;
}

/// The call or the mention in S that comes back to the function explored: a
/// recursion, or a callback that is registered.
const Expr *Explorer::getRecursion(const Stmt *S) const {
  return Recursions.count(S) ? cast<Expr>(S) : nullptr;
}

/// `dial(address->next)`, `dial(server + 1)`: a walk, not a retry.
bool Explorer::goesElsewhere(const Expr *Recursion,
                             const PathState &State) const {
  const auto *Call = dyn_cast<CallExpr>(Recursion);
  const FunctionDecl *Callee = Call ? Call->getDirectCallee() : nullptr;
  if (!Callee || Context.BeginsAnew ||
      armsAny(Context.Flow, Call, AttemptCallers))
    return false;
  if (handlerGoesElsewhere(Call, Callee->getCanonicalDecl(), State))
    return true;
  if (Callee->getCanonicalDecl() ==
      Context.Flow.getFunction()->getCanonicalDecl())
    for (const AccessPath &Path : Context.Destination) {
      const auto *Parameter = dyn_cast_or_null<ParmVarDecl>(Path.getRoot());
      unsigned Index =
          Parameter ? Parameter->getFunctionScopeIndex() : Call->getNumArgs();
      if (Index >= Call->getNumArgs())
        continue;
      const Expr *Argument = Call->getArg(Index)->IgnoreParenCasts();
      AccessPath Passed = Context.Flow.path(Argument);
      if (Passed != AccessPath(Parameter) || hasAdvanced(State, Passed))
        return true;
    }
  return false;
}

/// Notes what State, with which the function is left, has moved on.
void Explorer::leaveAdvanced(const PathState &State) {
  PathSet Here;
  for (const auto &[Path, Sources] : State.MadeFrom)
    if (Sources.count(Path) && livesOn(Path) &&
        (!Result.Advanced || Result.Advanced->count(Path)))
      Here.insert(Path);
  Result.Advanced = std::move(Here);
}

void Explorer::leaveFunction(const Expr *Returned, const PathState &State) {
  AbstractValue Value =
      Returned ? Eval.evaluate(Returned, State) : AbstractValue();
  leaveAdvanced(State);
  FieldValues Fields = Eval.evaluateFields(Returned, State);
  if (!Result.Returned) {
    for (const auto &[Path, Known] : State.Values)
      if (livesOn(Path))
        Result.Left[Path] = Known;
    Result.Returned = Value;
    Result.ReturnedFields = std::move(Fields);
    return;
  }
  joinValues(Result.Left, State.Values);
  joinValues(Result.ReturnedFields, Fields);
  Result.Returned = AbstractValue::join(*Result.Returned, Value);
}

/// What hands Recursion, the element of Block at Index, on: itself if it is a
/// call or a lambda, or the call that it is an argument of.
static const Expr *findHandingCall(const CFGBlock *Block, unsigned Index,
                                   const Expr *Recursion) {
  if (!isa<DeclRefExpr, StringLiteral>(Recursion))
    return Recursion;
  for (unsigned I = Index + 1; I < Block->size(); ++I)
    if (auto Element = (*Block)[I].getAs<CFGStmt>())
      if (isa<CallExpr, CXXConstructExpr>(Element->getStmt()) &&
          holds(Element->getStmt(), Recursion))
        return cast<Expr>(Element->getStmt());
  return nullptr;
}

void Explorer::runBlock(int Index, unsigned FirstElement) {
  const CFGBlock *Block = Nodes[Index].Block;
  PathState State = Nodes[Index].State;
  Result.Entered.insert(Block);
  for (unsigned I = FirstElement, E = Block->size(); I != E; ++I) {
    auto Element = (*Block)[I].getAs<CFGStmt>();
    if (!Element)
      continue;
    const Stmt *S = Element->getStmt();
    if (S == Context.Attempt) {
      arrive(Index, State);
      return;
    }
    if (const Expr *Recursion = getRecursion(S)) {
      if (!goesElsewhere(Recursion, State))
        arrive(Index, State, Recursion, findHandingCall(Block, I, Recursion));
      else if (isFailure())
        Result.Why.add(
            {SilenceReason::DestinationAdvances, Recursion->getBeginLoc()});
    }
    if (const auto *Call = dyn_cast<CallExpr>(S)) {
      bool Waits = endsPath(Call);
      if (Waits || neverReturns(Context.Flow.getUnit(), Call)) {
        if (isFailure())
          Result.Why.add({Waits ? SilenceReason::WaitsForOther
                                : SilenceReason::FailureEnds,
                          Call->getBeginLoc()});
        return;
      }
    }
    Eval.execute(S, State);
    if (const auto *Throw = dyn_cast<CXXThrowExpr>(S)) {
      // `throw;` throws again what was caught.
      if (Throw->getSubExpr())
        State.Thrown = Throw->getSubExpr()->getType();
      raise(Index, std::move(State), Throw);
      return;
    }
    if (const auto *Return = dyn_cast<CoreturnStmt>(S)) {
      leaveFunction(Return->getOperand(), State);
      return;
    }
    if (const auto *Return = dyn_cast<ReturnStmt>(S)) {
      leaveFunction(Return->getRetValue(), State);
      return;
    }
  }
  if (Block == &Context.Flow.getCFG().getExit()) {
    leaveFunction(nullptr, State);
    return;
  }
  // After exit() or a failed assert() there is nothing.
  if (!Block->hasNoReturnElement())
    leaveBlock(Index, State);
  else if (isFailure())
    Result.Why.add(findDeparture(Context.Flow, Block, Block));
}

/// True for the terminators whose successors are "true" and "false".
static bool isTwoWay(const CFGBlock *Block) {
  const Stmt *Terminator = Block->getTerminatorStmt();
  return Terminator && Block->succ_size() == 2 &&
         (isa<IfStmt>(Terminator) || isa<WhileStmt>(Terminator) ||
          isa<DoStmt>(Terminator) || isa<ForStmt>(Terminator) ||
          isa<BinaryOperator>(Terminator) ||
          isa<AbstractConditionalOperator>(Terminator) ||
          isa<CXXForRangeStmt>(Terminator));
}

/// The case that a known switch condition goes to, or null for all of them.
static const CFGBlock *findCase(const CFGBlock *Block, int64_t Value,
                                const ASTContext &Context) {
  const CFGBlock *Default = nullptr;
  for (const CFGBlock::AdjacentBlock &Succ : Block->succs()) {
    const CFGBlock *Target = Succ.getReachableBlock();
    const Stmt *Label = Target ? Target->getLabel() : nullptr;
    const auto *Case = dyn_cast_or_null<CaseStmt>(Label);
    if (!Case) {
      Default = Target;
      continue;
    }
    Expr::EvalResult Low, High;
    if (Case->getLHS()->isValueDependent() ||
        !Case->getLHS()->EvaluateAsInt(Low, Context))
      return nullptr;
    int64_t From = toInt64(Low.Val.getInt()), To = From;
    if (Case->getRHS() && Case->getRHS()->EvaluateAsInt(High, Context))
      To = toInt64(High.Val.getInt());
    if (Value >= From && Value <= To)
      return Target;
  }
  return Default;
}

void Explorer::leaveBlock(int Index, const PathState &State) {
  const CFGBlock *Block = Nodes[Index].Block;
  const Stmt *Terminator = Block->getTerminatorStmt();
  if (const auto *Switch = dyn_cast_or_null<SwitchStmt>(Terminator)) {
    std::optional<int64_t> Value =
        Switch->getCond() ? Eval.evaluate(Switch->getCond(), State).exact()
                          : std::nullopt;
    const CFGBlock *Only =
        Value ? findCase(Block, *Value, Context.Flow.getContext()) : nullptr;
    for (const CFGBlock::AdjacentBlock &Succ : Block->succs())
      if (const CFGBlock *Target = Succ.getReachableBlock())
        if (!Only || Target == Only)
          enter(Target, State, Index);
    return;
  }
  if (!isTwoWay(Block)) {
    for (const CFGBlock::AdjacentBlock &Succ : Block->succs())
      if (const CFGBlock *Target = Succ.getReachableBlock())
        enter(Target, State, Index);
    return;
  }
  // The last element is what was tested last: for `a && b` in front of a
  // statement that is b, a having been a block of its own.
  const Expr *Condition = Block->getLastCondition();
  std::optional<bool> Truth =
      Condition ? Eval.evaluate(Condition, State).truth() : std::nullopt;
  bool IsOperator = isa<BinaryOperator>(Terminator) ||
                    isa<AbstractConditionalOperator>(Terminator);
  unsigned Edge = 0;
  for (const CFGBlock::AdjacentBlock &Succ : Block->succs()) {
    bool OnTrue = Edge == 0;
    if (const CFGBlock *Target = Succ.getReachableBlock())
      if (!Truth || *Truth == OnTrue) {
        PathState Next = State;
        if (Condition && !Truth)
          Eval.assume(Condition, OnTrue, Next);
        if (IsOperator)
          Next.Branches[Terminator] = Edge;
        else
          Next.Branches.clear();
        enter(Target, std::move(Next), Index);
      }
    ++Edge;
  }
}

void Explorer::enter(const CFGBlock *Block, PathState State, int Parent) {
  if (OnlyCycles && !Leading.test(Block->getBlockID())) {
    Result.Entered.insert(Block);
    if (IsInCycle && isFailure() &&
        Result.Why.Reason < SilenceReason::FailureLeaves)
      Result.Why.add(findDeparture(Context.Flow, Nodes[Parent].Block, Block));
    return;
  }
  forgetDead(Block, State);
  const AdvanceFinder::Advances *Advances = nullptr;
  std::vector<int> &Others = NodesOf[Block];
  Sharpness Sharp = Parent < 0 ? Sharpness::Exact : Nodes[Parent].Sharp;
  if (Others.size() >= WidenAfterStates) {
    Sharp = std::max(Sharp, Sharpness::Widened);
    State.Values.eraseIf(
        [&](const auto &Known) { return State.MadeFrom.count(Known.first); });
    State.Relations.clear();
  }
  if (Others.size() >= ForgetAfterStates) {
    Sharp = Sharpness::Forgotten;
    State.Values.clear();
  }
  for (int Other : Others)
    if (covers(Nodes[Other].State, State))
      return;
  if (Others.size() >=
      (Nodes.size() < JoinAllAfterStates ? JoinAfterStates : 2)) {
    // Only where both ways have done the same to the destination does a joined
    // state say for certain whether it is the same one.
    Advances = &Advancing.find(State);
    for (auto Other = Others.rbegin(); Other != Others.rend(); ++Other) {
      Node &Before = Nodes[*Other];
      if (!mayJoin(Before.State, State))
        continue;
      if (!Before.Advances)
        Before.Advances = &Advancing.find(Before.State);
      if (*Before.Advances != *Advances)
        continue;
      State = join(Before.State, State);
      if (State == Before.State)
        return;
      break;
    }
  }
  if (Others.size() >= MaxStatesPerBlock || Nodes.size() >= MaxStates) {
    if (!Result.Incomplete)
      reportLimit(Nodes.size() >= MaxStates ? "MaxStates" : "MaxStatesPerBlock",
                  Context.Flow.getFunction());
    Result.Incomplete = true;
    return;
  }
  Others.push_back(Nodes.size());
  Nodes.push_back({Block, std::move(State), Parent, Advances, Sharp});
}

void Explorer::arrive(int Index, const PathState &State, const Expr *Recursion,
                      const Expr *HandedBy) {
  if (Which == World::RefusedLater && !State.SawError)
    return; // The attempt is still under way.
  Arrival Way;
  Way.State = State;
  Way.Recursion = Recursion;
  Way.HandedBy = HandedBy;
  for (int I = Index; I >= 0; I = Nodes[I].Parent)
    Way.Blocks.push_back(Nodes[I].Block);
  std::reverse(Way.Blocks.begin(), Way.Blocks.end());
  // Of a failure, only the repetition is asked for: a walk over a hundred
  // servers must not hide the loop around it.
  if (isFailure() && changesDestination(Context, Way)) {
    if (Result.Why.Reason < SilenceReason::DestinationAdvances)
      Result.Why.add(
          {SilenceReason::DestinationAdvances, findAdvance(Context, Way)});
    return;
  }
  Way.IsExact = Nodes[Index].Sharp == Sharpness::Exact;
  if (isFailure() && Nodes[Index].Sharp == Sharpness::Forgotten) {
    if (!Result.Incomplete)
      reportLimit("ForgetAfterStates", Context.Flow.getFunction());
    Result.Incomplete = true;
    return;
  }
  if (Result.Arrivals.size() >= MaxArrivals)
    return reportLimit("MaxArrivals", Context.Flow.getFunction());
  Result.Arrivals.push_back(std::move(Way));
}

/// Who cannot know that the socket has met itself does as when connected.
static World simplify(const AttemptContext &Context, World Which) {
  return Which == World::MetItself && !Context.mayCompareNames() &&
                 Context.in(Which) == Context.in(World::Connected)
             ? World::Connected
             : Which;
}

const Exploration &explore(const AttemptContext &Context, World Which) {
  Which = simplify(Context, Which);
  std::unique_ptr<Exploration> &Found =
      Context.Explored[static_cast<unsigned>(Which)];
  if (!Found)
    Found = std::make_unique<Exploration>(
        Explorer(Context, Which, /*OnlyCycles=*/false).run());
  return *Found;
}

const Exploration &exploreCycles(const AttemptContext &Context, World Which) {
  Which = simplify(Context, Which);
  unsigned Index = static_cast<unsigned>(Which);
  if (Context.Explored[Index] || !Context.Attempt)
    return explore(Context, Which);
  std::unique_ptr<Exploration> &Found = Context.ExploredCycles[Index];
  if (!Found)
    Found = std::make_unique<Exploration>(
        Explorer(Context, Which, /*OnlyCycles=*/true).run());
  return *Found;
}

} // namespace selfconnect
} // namespace tidy
} // namespace clang
