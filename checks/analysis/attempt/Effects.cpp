//===- Effects.cpp - what a statement changes in one world --------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "../api/NetworkApi.h"
#include "../code/CallEffects.h"
#include "../code/CallPaths.h"
#include "../code/Limits.h"
#include "../code/Statements.h"
#include "../code/TargetConstants.h"
#include "../endpoint/Sockets.h"
#include "Evaluator.h"
#include "Origins.h"
#include "clang/AST/ExprCXX.h"
#include "clang/Basic/SourceManager.h"

namespace clang {
namespace tidy {
namespace selfconnect {

/// How many values are known at once; what more would be known is unknown.
static constexpr size_t MaxTrackedValues = 256;

/// True if there is room for what becomes known of Path in Function.
static bool hasRoom(const PathState &State, const AccessPath &Path,
                    const FunctionDecl *Function) {
  if (State.Values.size() < MaxTrackedValues || State.Values.count(Path))
    return true;
  reportLimit("MaxTrackedValues", Function);
  return false;
}

/// Forgets what is known of Path and of everything that overlaps it.
static void forget(PathState &State, const AccessPath &Path) {
  State.Values.eraseIf(
      [&](const auto &Known) { return Known.first.overlaps(Path); });
  State.Relations.eraseIf([&](const auto &Seen) {
    return Seen.first.Left.overlaps(Path) || Seen.first.Right.overlaps(Path);
  });
}

/// Forgets of Path, which W hands to a call, what that may change.
static void forgetHanded(const FunctionFlow &Flow, PathState &State,
                         const Write &W) {
  auto IsChanged = [&](const AccessPath &Known) {
    return Known.overlaps(W.Target) && mayChange(Flow, W.Call, Known);
  };
  State.Values.eraseIf(
      [&](const auto &Known) { return IsChanged(Known.first); });
  State.Relations.eraseIf([&](const auto &Seen) {
    return IsChanged(Seen.first.Left) || IsChanged(Seen.first.Right);
  });
}

/// `jobs.pop_front()`: what was made from jobs is another one after it.
void Evaluator::recordStep(const CXXMemberCallExpr *Call,
                           PathState &State) const {
  const auto *Member =
      dyn_cast<MemberExpr>(Call->getCallee()->IgnoreParenImpCasts());
  if (!Member || !movesObject(Flow, Call))
    return;
  // The pointer stands for what it points to.
  AccessPath Object = Flow.path(Member->getBase());
  if (Object.isValid())
    State.MadeFrom[Object] = {Object};
}

/// `list_advance(&cursor)`: what a function in sight moves on.
void Evaluator::recordAdvances(const CallExpr *Call, PathState &State) const {
  auto Matters = [&](const AccessPath &Path) {
    return overlapsAny(Context.Destination, Path) ||
           overlapsAny(Context.SocketChoice, Path);
  };
  // A body is read only where it can matter.
  bool MayMatter =
      llvm::any_of(Flow.writesAt(Call),
                   [&](const Write &W) { return Matters(W.Target); }) ||
      llvm::any_of(Context.Destination, isShared) ||
      llvm::any_of(Context.SocketChoice, isShared) ||
      Matters(getCalledObject(Flow, Call));
  if (!MayMatter)
    return;
  for (const AccessPath &Path : findAdvancedBy(Flow, Call))
    State.MadeFrom[Path] = {Path};
}

void Evaluator::recordOrigin(const Write &W, PathState &State) const {
  const Origins &InFunction = Origins::of(Flow);
  PathSet From;
  auto AddSource = [&](const AccessPath &Source) {
    auto Made = State.MadeFrom.find(Source);
    if (Made != State.MadeFrom.end())
      From.insert(Made->second.begin(), Made->second.end());
    else
      From.insert(Source);
  };
  switch (W.WriteKind) {
  case Write::Assign:
    for (const AccessPath &Source : InFunction.getSources(Flow, W))
      AddSource(Source);
    if (givesNext(W.Value, Flow) || isEnumerated(Flow, W))
      From.insert(W.Target);
    break;
  case Write::Update:
    AddSource(W.Target);
    break;
  case Write::Pass:
    if (!putsNext(Flow, W) && !isEnumerated(Flow, W))
      return;
    From.insert(W.Target);
    break;
  case Write::Zero:
  case Write::Declare:
    break;
  }
  if (!From.empty() || InFunction.isInRing(W.Target))
    State.MadeFrom[W.Target] = std::move(From);
  else
    State.MadeFrom.eraseIf(
        [&](const auto &Made) { return Made.first == W.Target; });
}

static bool isElement(const AccessPath &Path) {
  return llvm::any_of(Path.steps(), [](const AccessPath::Step &Step) {
    return Step.StepKind == AccessPath::Step::Index;
  });
}

/// True if what is called with the address of the connected socket may be taken
/// to leave it one: `negotiate(&fd)`, not `close_socket(&fd)`.
bool Evaluator::keepsSocket(const Write &W, const PathState &State) const {
  if ((Which != World::Connected && Which != World::MetItself) ||
      W.Target != Context.Socket)
    return false;
  auto Known = State.Values.find(W.Target);
  if (Known == State.Values.end() || Known->second.Low < 0)
    return false;
  const FunctionDecl *Callee = W.Call ? W.Call->getDirectCallee() : nullptr;
  return Callee && Callee->getIdentifier() &&
         !Callee->getName().contains_insensitive("close") &&
         !Callee->getName().contains_insensitive("disconnect");
}

/// Value and By, which is 1 or -1. What has no bound has none afterwards.
static AbstractValue shift(const AbstractValue &Value, int By) {
  AbstractValue Shifted;
  if (Value.Low != std::numeric_limits<int64_t>::min())
    Shifted.Low = Value.Low + By;
  if (Value.High != std::numeric_limits<int64_t>::max())
    Shifted.High = Value.High + By;
  Shifted.NotZero = Shifted.Low > 0 || Shifted.High < 0;
  return Shifted;
}

void Evaluator::executeWrite(const Write &W, PathState &State) const {
  AbstractValue Value;
  FieldValues Fields;
  switch (W.WriteKind) {
  case Write::Assign:
    if (W.Value) {
      Value = evaluate(W.Value, State);
      Fields = evaluateFields(W.Value, State);
    }
    break;
  case Write::Update: {
    auto Known = State.Values.find(W.Target);
    const auto *Unary = dyn_cast<UnaryOperator>(W.Where);
    if (Unary && Known != State.Values.end())
      Value = shift(Known->second, Unary->isIncrementOp() ? 1 : -1);
    break;
  }
  case Write::Zero:
    break;
  case Write::Declare:
  case Write::Pass:
    break;
  }
  recordOrigin(W, State);
  if (W.WriteKind == Write::Pass && keepsSocket(W, State))
    return;
  if (W.WriteKind == Write::Pass)
    forgetHanded(Flow, State, W);
  else
    forget(State, W.Target);
  // An element of an array stands for all of them. Those that hold what came of
  // the attempt are alike in one world.
  bool MayKnow = !isElement(W.Target) ||
                 (W.Value && W.Value->IgnoreParenCasts() == Context.Attempt);
  if (!Value.isUnknown() && MayKnow &&
      hasRoom(State, W.Target, Flow.getFunction()))
    State.Values[W.Target] = Value;

  for (const auto &[Field, Known] : Fields) {
    AccessPath Record =
        W.Value->getType()->isPointerType() ? W.Target.pointee() : W.Target;
    AccessPath Part = Record.withStep({AccessPath::Step::Field, Field});
    if (hasRoom(State, Part, Flow.getFunction()))
      State.Values[Part] = Known;
  }
  recordSocket(W, Value.exact().has_value(), State);
}

/// True for an expression that makes a new object.
static bool makesObject(const Expr *E) {
  E = ignoreTemporaries(E);
  const auto *Construct = dyn_cast<CXXConstructExpr>(E);
  return isa<CXXNewExpr>(E) ||
         (Construct && !Construct->getConstructor()->isCopyOrMoveConstructor());
}

/// Notes where W has put a new socket into the one of the attempt. IsKnown: it
/// is a constant that W puts there.
void Evaluator::recordSocket(const Write &W, bool IsKnown,
                             PathState &State) const {
  const AccessPath &Socket = Context.getHeldSocket();
  if (!W.Target.contains(Socket))
    return;
  bool IsPart = W.Target != Socket;
  // `tcp::socket socket(io);`, `Link link;`
  if (W.WriteKind == Write::Declare && W.Target.getRoot() &&
      W.Target.getRoot()->getType()->isRecordType() &&
      (!IsPart || Flow.getContext().getLangOpts().CPlusPlus))
    State.NewSocket = W.Where;
  if (W.WriteKind != Write::Assign || !W.Value || IsKnown ||
      (IsPart && !makesObject(W.Value)))
    return;
  // Where the new socket comes from: the call if it is one, or what made the
  // variable that it is copied from.
  const Expr *Source = W.Value->IgnoreParenCasts();
  if (isa<CallExpr>(Source) || IsPart || !State.NewSocket)
    State.NewSocket = Source;
}

/// The object that the method Call is called on, or, for `stream.socket()`, the
/// one that this is a part of.
static AccessPath getObjectOf(const FunctionFlow &Flow,
                              const CXXMemberCallExpr *Call) {
  const Expr *Object = ignoreTemporaries(Call->getImplicitObjectArgument());
  AccessPath Path = Flow.path(Object);
  while (!Path.isValid()) {
    const auto *Part = dyn_cast<CXXMemberCallExpr>(Object);
    if (!Part || Part->getNumArgs() != 0 || !Part->isGLValue())
      return {};
    Object = ignoreTemporaries(Part->getImplicitObjectArgument());
    Path = Flow.path(Object);
  }
  return Object->getType()->isPointerType() ? Path.pointee() : Path;
}

/// `socket_.close()`, where the next `socket_.connect()` opens it again;
/// `socket_.open(tcp::v4())`: what makes a new socket in the object Socket, or
/// null. Attempt is what connects it,
/// null in a handler.
static const Stmt *findReopening(const FunctionFlow &Flow, const CallExpr *Call,
                                 const AccessPath &Socket,
                                 const Stmt *Attempt) {
  const auto *Method = dyn_cast<CXXMemberCallExpr>(Call);
  if (!Method || !Socket.isValid())
    return nullptr;
  bool Opens = bool(findApiCall(Method, ApiRole::Create));
  if (!Opens && !findApiCall(Method, ApiRole::Close))
    return nullptr;
  AccessPath Object = getObjectOf(Flow, Method);
  if (!Object.isValid() || !Object.overlaps(Socket))
    return nullptr;
  return Opens || !Attempt ? Call : Attempt;
}

/// `reopen(link)`: what makes a new socket in the place of Socket in a function
/// that Call calls, or further on; null if nothing does.
static const Stmt *findSocketMade(const FunctionFlow &Flow,
                                  const CallExpr *Call,
                                  const AccessPath &Socket, const Stmt *Attempt,
                                  unsigned Depth) {
  static constexpr unsigned MaxMakerDepth = 3;
  if (const Stmt *Made = findReopening(Flow, Call, Socket, Attempt))
    return Made;
  const FunctionDecl *Callee = Call->getDirectCallee();
  const FunctionDecl *Body = nullptr;
  // A CFG is built only for who can reach the socket.
  if (!Callee || !Socket.isValid() || !Callee->hasBody(Body))
    return nullptr;
  if (Flow.getContext().getSourceManager().isInSystemHeader(
          Body->getLocation()))
    return nullptr;
  AccessPath There = toCallee(Flow, Call, Body, Socket);
  if (!There.isValid())
    return nullptr;
  const FunctionFlow *Inside = Flow.getUnit().getFlow(Body);
  if (!Inside)
    return nullptr;
  for (const Write &W : Inside->allWrites()) {
    if (!There.overlaps(W.Target) || W.WriteKind != Write::Assign || !W.Value)
      continue;
    const auto *Made = dyn_cast<CallExpr>(W.Value->IgnoreParenCasts());
    if (Made && getApiRole(Made) == ApiRole::Create)
      return Made;
    if (W.Target.contains(There) && makesObject(W.Value))
      return W.Value;
    SocketOrigins Origins = findSocketOrigins(*Inside, W.Value, W.Where);
    if (W.Target == There && Origins.getMaker())
      return Origins.getMaker();
  }
  if (Depth == MaxMakerDepth) {
    reportLimit("MaxMakerDepth", Callee);
    return nullptr;
  }
  for (const CallExpr *Inner : Inside->calls())
    if (const Stmt *Made =
            findSocketMade(*Inside, Inner, There, Attempt, Depth + 1))
      return Made;
  return nullptr;
}

namespace {

/// What functions of this file leave in objects of their callers, whatever way
/// they come to their end, by the constants that they give and test.
struct ConstantsLeft {
  std::map<const FunctionFlow *,
           std::vector<std::pair<AccessPath, AbstractValue>>>
      By;
};

} // namespace

/// True for an object that is there when its function has come to its end.
static bool isLeft(const AccessPath &Path) {
  const auto *Parameter = dyn_cast_or_null<ParmVarDecl>(Path.getRoot());
  if (!Parameter)
    return isShared(Path) && !Path.isErrno();
  return !Path.steps().empty() &&
         (Parameter->getType()->isReferenceType() ||
          Path.steps().front().StepKind == AccessPath::Step::Deref);
}

/// What Path is where Condition, which tests it, has come out as Truth.
static std::optional<AbstractValue> findTested(const FunctionFlow &Flow,
                                               const Expr *Condition,
                                               bool Truth,
                                               const AccessPath &Path) {
  Condition = Condition->IgnoreParenImpCasts();
  if (const auto *Not = dyn_cast<UnaryOperator>(Condition))
    if (Not->getOpcode() == UO_LNot)
      return findTested(Flow, Not->getSubExpr(), !Truth, Path);
  if (Flow.path(Condition) == Path)
    return Truth ? AbstractValue::nonZero() : AbstractValue::of(0);
  const auto *Binary = dyn_cast<BinaryOperator>(Condition);
  if (!Binary || !Binary->isComparisonOp() ||
      Flow.path(Binary->getLHS()) != Path)
    return std::nullopt;
  const Expr *Right = Binary->getRHS();
  Expr::EvalResult Number;
  int64_t Limit = 0;
  if (!Right->isValueDependent() &&
      Right->EvaluateAsInt(Number, Flow.getContext()))
    Limit = toInt64(Number.Val.getInt());
  else if (!Right->isNullPointerConstant(Flow.getContext(),
                                         Expr::NPC_ValueDependentIsNotNull))
    return std::nullopt;
  BinaryOperatorKind Op = Binary->getOpcode();
  if (!Truth)
    Op = BinaryOperator::negateComparisonOp(Op);
  constexpr int64_t Least = std::numeric_limits<int64_t>::min();
  if (Op == BO_EQ)
    return AbstractValue::of(Limit);
  if (Op == BO_LE || (Op == BO_LT && Limit > Least))
    return AbstractValue::between(Least, Op == BO_LT ? Limit - 1 : Limit);
  return std::nullopt;
}

/// `if (fd >= 0) { close(fd); fd = -1; }`: what Path is where the function of
/// Flow ends, on each way by a constant that it is given, or by a test. Nothing
/// where some way says no more than where it begins.
static std::optional<AbstractValue> findAtEnd(const FunctionFlow &Flow,
                                              const AccessPath &Path) {
  std::optional<AbstractValue> Left;
  auto Add = [&](const AbstractValue &Value) {
    Left = Left ? AbstractValue::join(*Left, Value) : Value;
  };
  llvm::SmallPtrSet<const CFGBlock *, 16> Visited;
  llvm::SmallVector<const CFGBlock *, 16> Worklist{&Flow.getCFG().getExit()};
  while (!Worklist.empty()) {
    const CFGBlock *Block = Worklist.pop_back_val();
    bool Stopped = false;
    for (unsigned I = Block->size(); I-- > 0 && !Stopped;) {
      auto Element = (*Block)[I].getAs<CFGStmt>();
      if (!Element)
        continue;
      for (const Write &W : Flow.writesAt(Element->getStmt())) {
        if (!W.Target.overlaps(Path) ||
            (W.WriteKind == Write::Pass && !mayChange(Flow, W.Call, Path)))
          continue;
        Expr::EvalResult Constant;
        if (W.Target != Path || W.WriteKind != Write::Assign || !W.Value)
          return std::nullopt;
        if (W.Value->isNullPointerConstant(Flow.getContext(),
                                           Expr::NPC_ValueDependentIsNotNull))
          Add(AbstractValue::of(0));
        else if (isConstant(W.Value) &&
                 W.Value->EvaluateAsInt(Constant, Flow.getContext()))
          Add(AbstractValue::of(toInt64(Constant.Val.getInt())));
        else
          return std::nullopt;
        Stopped = true;
      }
    }
    if (Stopped)
      continue;
    if (Block == &Flow.getCFG().getEntry())
      return std::nullopt;
    for (const CFGBlock *Before : Flow.getBlocksBefore(Block)) {
      // After exit() nobody asks.
      if (Before->hasNoReturnElement())
        continue;
      const Expr *Condition =
          Before->succ_size() == 2 ? Before->getLastCondition() : nullptr;
      std::optional<AbstractValue> Tested;
      if (Condition) {
        bool OnTrue = Before->succ_begin()->getReachableBlock() == Block;
        bool OnFalse = (Before->succ_begin() + 1)->getReachableBlock() == Block;
        if (OnTrue != OnFalse)
          Tested = findTested(Flow, Condition, OnTrue, Path);
      }
      if (Tested)
        Add(*Tested);
      else if (Visited.insert(Before).second)
        Worklist.push_back(Before);
    }
  }
  return Left;
}

/// `void set_up(struct link *l) { l->state = UP; ... }`
static llvm::ArrayRef<std::pair<AccessPath, AbstractValue>>
findConstantsLeft(const FunctionFlow &Inside) {
  static constexpr unsigned MaxLeft = 16;
  auto [Entry, IsNew] =
      Inside.getUnit().memory<ConstantsLeft>().By.try_emplace(&Inside);
  if (!IsNew)
    return Entry->second;
  PathSet Asked;
  for (const Write &W : Inside.allWrites()) {
    if (W.WriteKind != Write::Assign || !W.Value ||
        !(isConstant(W.Value) || isa<CXXNullPtrLiteralExpr, GNUNullExpr>(
                                     W.Value->IgnoreParenCasts())) ||
        !isLeft(W.Target) || isElement(W.Target) || !Asked.insert(W.Target))
      continue;
    if (Asked.size() > MaxLeft) {
      reportLimit("MaxLeft", Inside.getFunction());
      break;
    }
    std::optional<AbstractValue> Left = findAtEnd(Inside, W.Target);
    if (Left && !Left->isUnknown())
      Entry->second.push_back({W.Target, *Left});
  }
  return Entry->second;
}

/// What a function of this file that has been called leaves in objects that
/// both see: of what it may have written, the old value does not count.
void Evaluator::leaveCall(const CallExpr *Call, PathState &State) const {
  const FunctionDecl *Callee = Call->getDirectCallee();
  const FunctionDecl *Body = nullptr;
  if (!Callee || !Callee->hasBody(Body) ||
      Flow.getContext().getSourceManager().isInSystemHeader(
          Body->getLocation()))
    return;
  llvm::SmallVector<std::pair<AccessPath, std::optional<AbstractValue>>, 4>
      Left;
  const FunctionFlow *Inside = nullptr;
  for (const auto &[Path, Value] : State.Values) {
    bool IsSeen = !Path.isErrno() &&
                  (!Path.getRoot() || Path.getRoot()->hasGlobalStorage());
    AccessPath There =
        IsSeen ? toCallee(Flow, Call, Body, Path) : AccessPath();
    if (!There.isValid())
      continue;
    if (!Inside && !(Inside = Flow.getUnit().getFlow(Body)))
      return;
    if (llvm::none_of(Inside->allWrites(), [&](const Write &W) {
          return W.WriteKind != Write::Pass && W.Target.overlaps(There);
        }))
      continue;
    FunctionFlow::LastWrites Last =
        Inside->findLastWrites(nullptr, [&](const Write &W) {
          if (!W.Target.overlaps(There))
            return FunctionFlow::Effect::None;
          return W.Target == There && W.WriteKind == Write::Assign
                     ? FunctionFlow::Effect::Must
                     : FunctionFlow::Effect::May;
        });
    std::optional<AbstractValue> Written;
    if (!Last.FromEntry && Last.Writes.size() == 1 &&
        Last.Writes.front()->Value)
      Written = Evaluator(Context, Which, *Inside, Depth + 1)
                    .evaluate(Last.Writes.front()->Value, PathState());
    Left.push_back({Path, Written});
  }
  for (const auto &[Path, Written] : Left) {
    forget(State, Path);
    if (Written && !Written->isUnknown())
      State.Values[Path] = *Written;
  }
  const auto *Method = dyn_cast<CXXMethodDecl>(Callee);
  if ((Method && Method->isVirtual()) || isa<CXXOperatorCallExpr>(Call) ||
      !(Inside = Flow.getUnit().getFlow(Body)))
    return;
  for (const auto &[There, Value] : findConstantsLeft(*Inside)) {
    AccessPath Here = toCaller(Flow, Call, There);
    if (!Here.isValid() || isElement(Here))
      continue;
    forget(State, Here);
    if (hasRoom(State, Here, Flow.getFunction()))
      State.Values[Here] = Value;
  }
}

/// `std::tie(ok, fd) = dial();`
void Evaluator::executeTie(const CXXOperatorCallExpr *Call,
                           PathState &State) const {
  const auto *Tie =
      Call->getOperator() == OO_Equal && Call->getNumArgs() == 2
          ? dyn_cast<CallExpr>(ignoreTemporaries(Call->getArg(0)))
          : nullptr;
  const FunctionDecl *Callee = Tie ? Tie->getDirectCallee() : nullptr;
  if (!Callee || !Callee->isInStdNamespace() || !Callee->getIdentifier() ||
      Callee->getName() != "tie")
    return;
  const Expr *Value = Call->getArg(1);
  FieldValues Fields = evaluateFields(Value, State);
  for (unsigned I = 0; I < Tie->getNumArgs(); ++I) {
    AccessPath Target = Flow.path(Tie->getArg(I));
    if (!Target.isValid())
      continue;
    forget(State, Target);
    const FieldDecl *Field = getElementField(Value->getType(), I);
    auto Known = Field ? Fields.find(Field->getCanonicalDecl()) : Fields.end();
    if (Known != Fields.end() && hasRoom(State, Target, Flow.getFunction()))
      State.Values[Target] = Known->second;
  }
}

void Evaluator::execute(const Stmt *S, PathState &State) const {
  const TargetConstants &Target = TargetConstants::of(Flow.getUnit());
  if (S == Context.Attempt) {
    switch (Which) {
    case World::Refused:
      State.Values[AccessPath::errnoPath()] =
          AbstractValue::of(Target.ConnectionRefused);
      break;
    case World::RefusedLater:
      State.Values[AccessPath::errnoPath()] =
          AbstractValue::of(Target.InProgress);
      break;
    case World::Connected:
    case World::MetItself:
      break;
    }
    for (const Write &W : Flow.writesAt(S))
      forget(State, W.Target);
    // The kernel has an answer only for a descriptor that is one. What others
    // can reach, a helper may reset on failure.
    const auto *Connect = dyn_cast<CallExpr>(S);
    bool Failed = Which == World::Refused || Which == World::RefusedLater;
    const VarDecl *Holder = Context.Socket.getRoot();
    if (Connect && getApiRole(Connect) == ApiRole::Connect &&
        Context.Socket.isValid() &&
        Flow.path(Connect->getArg(0)) == Context.Socket && !isElement(Context.Socket) &&
        (!Failed || (Holder && Holder->hasLocalStorage())) &&
        Connect->getArg(0)->getType()->isIntegerType())
      State.Values[Context.Socket] =
          AbstractValue::between(0, std::numeric_limits<int>::max());
    for (const auto &[Place, Value] : Context.in(Which).Left) {
      forget(State, Place);
      State.Values[Place] = Value;
    }
    for (const AccessPath &Path : Context.in(Which).Advanced)
      State.MadeFrom[Path] = {Path};
    return;
  }
  const auto *Call = dyn_cast<CallExpr>(S);
  ApiRole Role = Call ? getApiRole(Call) : ApiRole::None;
  for (const Write &W : Flow.writesAt(S))
    executeWrite(W, State);
  if (const auto *Member = dyn_cast_or_null<CXXMemberCallExpr>(Call))
    recordStep(Member, State);
  if (Call)
    recordAdvances(Call, State);
  if (Role == ApiRole::Create)
    State.NewSocket = Call;
  else if (const Stmt *Made =
               Call && Depth == 0
                   ? findSocketMade(Flow, Call, Context.getHeldSocket(),
                                    Context.Attempt, 0)
                   : nullptr)
    State.NewSocket = Made;
  if (Call && Depth == 0)
    leaveCall(Call, State);
  if (const auto *Operator = dyn_cast_or_null<CXXOperatorCallExpr>(Call))
    executeTie(Operator, State);
  if (Role == ApiRole::SocketError && Which == World::RefusedLater) {
    std::optional<int64_t> Option = evaluate(Call->getArg(2), State).exact();
    AccessPath Told = Flow.pointee(Call->getArg(3));
    if (Option == Target.SocketError && Told.isValid()) {
      State.Values[Told] = AbstractValue::of(Target.ConnectionRefused);
      State.SawError = true;
    }
  }
}

/// Narrows what is known of Path by `Path Op Limit` having come out as Truth.
static void assumeComparison(BinaryOperatorKind Op, const AccessPath &Path,
                             int64_t Limit, bool Truth, PathState &State) {
  if (!Truth)
    Op = BinaryOperator::negateComparisonOp(Op);
  AbstractValue &Value = State.Values[Path];
  switch (Op) {
  case BO_EQ:
    Value = AbstractValue::of(Limit);
    break;
  case BO_NE:
    if (Limit == 0)
      Value.NotZero = true;
    break;
  case BO_LT:
  case BO_LE:
    Value.High = std::min(Value.High,
                          Op == BO_LT && Limit > INT64_MIN ? Limit - 1 : Limit);
    break;
  case BO_GT:
  case BO_GE:
    Value.Low = std::max(Value.Low,
                         Op == BO_GT && Limit < INT64_MAX ? Limit + 1 : Limit);
    break;
  default:
    break;
  }
  Value.NotZero |= Value.Low > 0 || Value.High < 0;
}

void Evaluator::assume(const Expr *Condition, bool Truth,
                       PathState &State) const {
  Condition = Condition->IgnoreParenImpCasts();
  if (const auto *Unary = dyn_cast<UnaryOperator>(Condition))
    if (Unary->getOpcode() == UO_LNot)
      return assume(Unary->getSubExpr(), !Truth, State);
  const auto *Binary = dyn_cast<BinaryOperator>(Condition);
  if (Binary && Binary->isComparisonOp()) {
    // `(rc = f()) < 0` and `tries++ < 3` test more than an object.
    const Expr *Left = Binary->getLHS()->IgnoreParenImpCasts();
    if (!isa<DeclRefExpr>(Left) && !isa<MemberExpr>(Left))
      return;
    if (std::optional<int64_t> Limit =
            evaluate(Binary->getRHS(), State).exact()) {
      AccessPath Path = Flow.path(Left);
      if (Path.isValid() && hasRoom(State, Path, Flow.getFunction()))
        assumeComparison(Binary->getOpcode(), Path, *Limit, Truth, State);
    } else if (auto Asked = getRelation(Flow, Binary)) {
      if (State.Relations.size() < MaxTrackedValues)
        State.Relations[Asked->first] = Truth != Asked->second;
      else
        reportLimit("MaxTrackedValues", Flow.getFunction());
    }
    return;
  }
  if (!isa<DeclRefExpr>(Condition) && !isa<MemberExpr>(Condition))
    return;
  AccessPath Path = Flow.path(Condition);
  if (Path.isValid() && hasRoom(State, Path, Flow.getFunction()))
    State.Values[Path] =
        Truth ? AbstractValue::nonZero() : AbstractValue::of(0);
}

} // namespace selfconnect
} // namespace tidy
} // namespace clang
