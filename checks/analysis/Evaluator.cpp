//===- Evaluator.cpp - expressions and statements in one world ------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Evaluator.h"
#include "NetworkApi.h"
#include "clang/AST/ExprCXX.h"

namespace clang {
namespace tidy {
namespace selfconnect {

// errno values of Linux, as the code under analysis has them as constants.
static constexpr int64_t ErrnoInProgress = 115;
static constexpr int64_t ErrnoConnectionRefused = 111;
static constexpr int64_t OptionSoError = 4;

static std::optional<bool>
compare(BinaryOperatorKind Op, const AbstractValue &A, const AbstractValue &B) {
  switch (Op) {
  case BO_LT:
    if (A.High < B.Low)
      return true;
    if (A.Low >= B.High)
      return false;
    return std::nullopt;
  case BO_GE:
    if (std::optional<bool> Less = compare(BO_LT, A, B))
      return !*Less;
    return std::nullopt;
  case BO_GT:
    return compare(BO_LT, B, A);
  case BO_LE:
    return compare(BO_GE, B, A);
  case BO_EQ:
    if (A.exact() && B.exact())
      return *A.exact() == *B.exact();
    if (A.High < B.Low || B.High < A.Low)
      return false;
    if ((A.NotZero && B.exact() == 0) || (B.NotZero && A.exact() == 0))
      return false;
    return std::nullopt;
  case BO_NE:
    if (std::optional<bool> Equal = compare(BO_EQ, A, B))
      return !*Equal;
    return std::nullopt;
  default:
    return std::nullopt;
  }
}

/// A comparison of two objects as a Relation, and whether it asks for the
/// opposite; nothing for any other expression.
static std::optional<std::pair<Relation, bool>>
getRelation(const FunctionFlow &Flow, const BinaryOperator *Binary) {
  AccessPath Left = Flow.path(Binary->getLHS());
  AccessPath Right = Flow.path(Binary->getRHS());
  if (!Left.isValid() || !Right.isValid())
    return std::nullopt;
  switch (Binary->getOpcode()) {
  case BO_LT:
    return std::make_pair(Relation{Left, Right, true}, false);
  case BO_GE:
    return std::make_pair(Relation{Left, Right, true}, true);
  case BO_GT:
    return std::make_pair(Relation{Right, Left, true}, false);
  case BO_LE:
    return std::make_pair(Relation{Right, Left, true}, true);
  case BO_EQ:
    return std::make_pair(Relation{Left, Right, false}, false);
  case BO_NE:
    return std::make_pair(Relation{Left, Right, false}, true);
  default:
    return std::nullopt;
  }
}

/// True if S names an address without its port.
static bool isAddressOnly(const Stmt *S) {
  if (!S)
    return false;
  if (const auto *Member = dyn_cast<MemberExpr>(S))
    if (Member->getMemberDecl()->getIdentifier()) {
      llvm::StringRef Name = Member->getMemberDecl()->getName();
      if (Name == "sin_addr" || Name == "sin6_addr" || Name == "s_addr")
        return true;
    }
  return llvm::any_of(S->children(), isAddressOnly);
}

std::optional<AbstractValue> Evaluator::compareNames(const Expr *A,
                                                     const Expr *B) const {
  if (Context.LocalNames.empty() ||
      (Which != World::Connected && Which != World::MetItself))
    return std::nullopt;
  bool Names = (mentionsAny(Flow, A, Context.LocalNames) &&
                mentionsAny(Flow, B, Context.PeerNames)) ||
               (mentionsAny(Flow, B, Context.LocalNames) &&
                mentionsAny(Flow, A, Context.PeerNames));
  if (!Names)
    return std::nullopt;
  if (Which == World::MetItself)
    return AbstractValue::of(1);
  // Client and server on one host have the same address, but not the same port.
  return isAddressOnly(A) ? AbstractValue::between(0, 1) : AbstractValue::of(0);
}

AbstractValue Evaluator::evaluateBinary(const BinaryOperator *Binary,
                                        const PathState &State) const {
  BinaryOperatorKind Op = Binary->getOpcode();
  const Expr *Left = Binary->getLHS(), *Right = Binary->getRHS();
  if (Op == BO_Comma)
    return evaluate(Right, State);
  if (Op == BO_Assign)
    return evaluate(Right, State);
  if (Binary->isCompoundAssignmentOp())
    return evaluate(Left, State);
  if (Op == BO_LAnd || Op == BO_LOr) {
    auto Branch = State.Branches.find(Binary);
    std::optional<bool> Decided = Op == BO_LOr;
    if (Branch != State.Branches.end()) {
      bool LeftTrue = Branch->second == 0;
      return LeftTrue == (Op == BO_LOr)
                 ? AbstractValue::ofTruth(Decided)
                 : AbstractValue::ofTruth(evaluate(Right, State).truth());
    }
    std::optional<bool> A = evaluate(Left, State).truth();
    std::optional<bool> B = evaluate(Right, State).truth();
    if (A == Decided || B == Decided)
      return AbstractValue::ofTruth(Decided);
    return AbstractValue::ofTruth(A && B ? A : std::nullopt);
  }
  if (Op == BO_EQ || Op == BO_NE)
    if (std::optional<AbstractValue> Same = compareNames(Left, Right)) {
      std::optional<bool> Truth = Same->truth();
      if (Truth && Op == BO_NE)
        Truth = !*Truth;
      return AbstractValue::ofTruth(Truth);
    }
  AbstractValue A = evaluate(Left, State), B = evaluate(Right, State);
  if (Binary->isComparisonOp()) {
    std::optional<bool> Truth = compare(Op, A, B);
    if (!Truth)
      if (auto Asked = getRelation(Flow, Binary)) {
        auto Seen = State.Relations.find(Asked->first);
        if (Seen != State.Relations.end())
          Truth = Seen->second != Asked->second;
      }
    return AbstractValue::ofTruth(Truth);
  }
  if (!A.exact() || !B.exact())
    return {};
  int64_t Result;
  switch (Op) {
  case BO_Add:
    return __builtin_add_overflow(*A.exact(), *B.exact(), &Result)
               ? AbstractValue()
               : AbstractValue::of(Result);
  case BO_Sub:
    return __builtin_sub_overflow(*A.exact(), *B.exact(), &Result)
               ? AbstractValue()
               : AbstractValue::of(Result);
  case BO_Mul:
    return __builtin_mul_overflow(*A.exact(), *B.exact(), &Result)
               ? AbstractValue()
               : AbstractValue::of(Result);
  case BO_And:
    return AbstractValue::of(*A.exact() & *B.exact());
  case BO_Or:
    return AbstractValue::of(*A.exact() | *B.exact());
  default:
    return {};
  }
}

/// memcmp() and its kin: 0 for equal.
static bool isComparer(llvm::StringRef Name) {
  return Name.contains_insensitive("cmp");
}

AbstractValue Evaluator::evaluateCall(const CallExpr *Call,
                                      const PathState &State) const {
  bool Succeeded = Which == World::Connected || Which == World::MetItself;
  if (Call == Context.Attempt)
    return Context.Results[static_cast<unsigned>(Which)];
  llvm::StringRef Name = getFreeFunctionName(Call);
  if ((Name == "__builtin_expect" ||
       Name == "__builtin_expect_with_probability") &&
      Call->getNumArgs() >= 1)
    return evaluate(Call->getArg(0), State);
  if (isGuardFunction(Call, Context.ExtraGuards) && Succeeded)
    return AbstractValue::ofTruth(Which == World::MetItself);
  // A comparison of the two names, whatever it is called.
  for (unsigned I = 0; I + 1 < Call->getNumArgs() && Succeeded; ++I) {
    ApiRole Role = getApiRole(Call);
    if (Role != ApiRole::None)
      break;
    if (std::optional<AbstractValue> Same = compareNames(
            getPlainArgument(Call, I), getPlainArgument(Call, I + 1))) {
      std::optional<bool> Truth = Same->truth();
      bool Negated = isComparer(Name);
      if (const auto *Operator = dyn_cast<CXXOperatorCallExpr>(Call))
        Negated = Operator->getOperator() == OO_ExclaimEqual;
      if (Truth && Negated)
        Truth = !*Truth;
      return Truth == std::optional<bool>(true) ? AbstractValue::nonZero()
                                                : AbstractValue::ofTruth(Truth);
    }
  }
  switch (getApiRole(Call)) {
  case ApiRole::Create:
    return AbstractValue::between(3, std::numeric_limits<int>::max());
  case ApiRole::Ready:
    // The kernel answers a refused loopback SYN at once.
    if (Which == World::RefusedLater)
      return AbstractValue::of(1);
    return {};
  case ApiRole::SocketError:
    return Which == World::RefusedLater ? AbstractValue::of(0)
                                        : AbstractValue();
  default:
    return {};
  }
}

AbstractValue Evaluator::evaluate(const Expr *E, const PathState &State) const {
  if (const auto *Cast = dyn_cast<CastExpr>(E)) {
    AbstractValue Value = evaluate(Cast->getSubExpr(), State);
    switch (Cast->getCastKind()) {
    case CK_IntegralToBoolean:
    case CK_PointerToBoolean:
      return AbstractValue::ofTruth(Value.truth());
    case CK_NullToPointer:
      return AbstractValue::of(0);
    case CK_IntegralCast:
      // -1 as an unsigned is a large number, but it is compared with -1 again.
    default:
      return Value;
    }
  }
  if (const auto *Paren = dyn_cast<ParenExpr>(E))
    return evaluate(Paren->getSubExpr(), State);
  if (const auto *Full = dyn_cast<FullExpr>(E))
    return evaluate(Full->getSubExpr(), State);
  if (const auto *Binary = dyn_cast<BinaryOperator>(E))
    return evaluateBinary(Binary, State);
  if (const auto *Call = dyn_cast<CallExpr>(E))
    return evaluateCall(Call, State);
  if (const auto *Conditional = dyn_cast<ConditionalOperator>(E)) {
    auto Branch = State.Branches.find(Conditional);
    std::optional<bool> Truth =
        Branch != State.Branches.end()
            ? std::optional<bool>(Branch->second == 0)
            : evaluate(Conditional->getCond(), State).truth();
    if (Truth)
      return evaluate(*Truth ? Conditional->getTrueExpr()
                             : Conditional->getFalseExpr(),
                      State);
    return AbstractValue::join(evaluate(Conditional->getTrueExpr(), State),
                               evaluate(Conditional->getFalseExpr(), State));
  }
  if (const auto *Unary = dyn_cast<UnaryOperator>(E)) {
    AbstractValue Value = evaluate(Unary->getSubExpr(), State);
    switch (Unary->getOpcode()) {
    case UO_LNot: {
      std::optional<bool> Truth = Value.truth();
      return AbstractValue::ofTruth(Truth ? std::optional<bool>(!*Truth)
                                          : std::nullopt);
    }
    case UO_Minus:
      if (Value.exact() && *Value.exact() != INT64_MIN)
        return AbstractValue::of(-*Value.exact());
      return {};
    case UO_Plus:
    case UO_Extension:
    case UO_PreInc:
    case UO_PreDec:
      return Value; // execute() has changed the object already.
    case UO_PostInc:
      return Value.exact() ? AbstractValue::of(*Value.exact() - 1)
                           : AbstractValue();
    case UO_PostDec:
      return Value.exact() ? AbstractValue::of(*Value.exact() + 1)
                           : AbstractValue();
    case UO_AddrOf:
      return AbstractValue::nonZero();
    case UO_Deref:
      break; // errno, or an object like any other.
    default:
      return {};
    }
  }
  AccessPath Path = Flow.path(E);
  if (Path.isValid()) {
    auto Known = State.Values.find(Path);
    if (Known != State.Values.end())
      return Known->second;
    const VarDecl *Var = Path.getRoot();
    if (!Var || !Path.steps().empty() || !Var->getType().isConstQualified())
      return {};
  }
  Expr::EvalResult Result;
  if (!E->isValueDependent() && !E->isTypeDependent() &&
      E->getType()->isIntegralOrEnumerationType() &&
      E->EvaluateAsInt(Result, Flow.getContext()) && Result.Val.isInt() &&
      Result.Val.getInt().getBitWidth() <= 64)
    return AbstractValue::of(Result.Val.getInt().getExtValue());
  if (isa<StringLiteral>(E))
    return AbstractValue::nonZero();
  if (isa<CXXNullPtrLiteralExpr>(E))
    return AbstractValue::of(0);
  return {};
}

/// Forgets what is known of Path and of everything that overlaps it.
static void forget(PathState &State, const AccessPath &Path) {
  for (auto It = State.Values.begin(); It != State.Values.end();)
    It = It->first.overlaps(Path) ? State.Values.erase(It) : std::next(It);
  for (auto It = State.Relations.begin(); It != State.Relations.end();)
    It = It->first.Left.overlaps(Path) || It->first.Right.overlaps(Path)
             ? State.Relations.erase(It)
             : std::next(It);
}

/// True for calls that step through something: strtok(), list_next().
static bool isStepping(const Expr *E) {
  const auto *Call = dyn_cast<CallExpr>(E->IgnoreParenCasts());
  const FunctionDecl *Callee = Call ? Call->getDirectCallee() : nullptr;
  if (!Callee || !Callee->getIdentifier())
    return false;
  llvm::StringRef Name = Callee->getName();
  return Name.contains_insensitive("next") || Name.contains("strtok") ||
         Name.contains("strsep");
}

void Evaluator::recordOrigin(const Write &W, PathState &State) const {
  PathSet From;
  auto AddSource = [&](const AccessPath &Source) {
    auto Made = State.MadeFrom.find(Source);
    if (Made != State.MadeFrom.end())
      From.insert(Made->second.begin(), Made->second.end());
    else
      From.insert(Source);
  };
  switch (W.WriteKind) {
  case Write::Assign: {
    PathSet Sources;
    collectPaths(Flow, W.Value, Sources);
    for (const AccessPath &Source : Sources) {
      // `rp->ai_next` is made from rp.
      if (Source.getRoot() && !Source.steps().empty() &&
          AccessPath(Source.getRoot()) == W.Target)
        AddSource(W.Target);
      AddSource(Source);
      // Through another variable: `next = rp->ai_next; rp = next`.
      if (Source.getRoot() && !Source.steps().empty())
        AddSource(AccessPath(Source.getRoot()));
    }
    if (isStepping(W.Value))
      From.insert(W.Target);
    break;
  }
  case Write::Update:
    AddSource(W.Target);
    break;
  case Write::Pass:
    if (!isStepping(W.Call))
      return;
    From.insert(W.Target);
    break;
  case Write::Zero:
  case Write::Declare:
    break;
  }
  State.MadeFrom[W.Target] = std::move(From);
}

void Evaluator::executeWrite(const Write &W, PathState &State) const {
  AbstractValue Value;
  switch (W.WriteKind) {
  case Write::Assign:
    if (W.Value && !W.Value->getType()->isRecordType())
      Value = evaluate(W.Value, State);
    break;
  case Write::Update: {
    auto Known = State.Values.find(W.Target);
    const auto *Unary = dyn_cast<UnaryOperator>(W.Where);
    if (Unary && Known != State.Values.end() && Known->second.exact())
      Value = AbstractValue::of(*Known->second.exact() +
                                (Unary->isIncrementOp() ? 1 : -1));
    break;
  }
  case Write::Zero:
    break;
  case Write::Declare:
  case Write::Pass:
    break;
  }
  recordOrigin(W, State);
  forget(State, W.Target);
  // An element of an array stands for all of them.
  bool IsElement = llvm::any_of(W.Target.steps(), [](const auto &Step) {
    return Step.StepKind == AccessPath::Step::Index;
  });
  if (!Value.isUnknown() && !IsElement)
    State.Values[W.Target] = Value;

  if (W.WriteKind == Write::Assign && W.Target == Context.Socket &&
      !Value.exact()) {
    // Where the new socket comes from: the call if it is one, or what made the
    // variable that it is copied from.
    const Expr *Source = W.Value->IgnoreParenCasts();
    if (isa<CallExpr>(Source) || !State.NewSocket)
      State.NewSocket = Source;
  }
}

void Evaluator::execute(const Stmt *S, PathState &State) const {
  if (S == Context.Attempt) {
    switch (Which) {
    case World::Refused:
      State.Values[AccessPath::errnoPath()] =
          AbstractValue::of(ErrnoConnectionRefused);
      break;
    case World::RefusedLater:
      State.Values[AccessPath::errnoPath()] =
          AbstractValue::of(ErrnoInProgress);
      break;
    case World::Connected:
    case World::MetItself:
      break;
    }
    return;
  }
  const auto *Call = dyn_cast<CallExpr>(S);
  ApiRole Role = Call ? getApiRole(Call) : ApiRole::None;
  for (const Write &W : Flow.writesAt(S))
    executeWrite(W, State);
  if (Role == ApiRole::Create)
    State.NewSocket = Call;
  if (Role == ApiRole::SocketError && Which == World::RefusedLater) {
    std::optional<int64_t> Option = evaluate(Call->getArg(2), State).exact();
    AccessPath Target = Flow.pointee(Call->getArg(3));
    if (Option == OptionSoError && Target.isValid()) {
      State.Values[Target] = AbstractValue::of(ErrnoConnectionRefused);
      State.SawError = true;
    }
  }
}

/// Narrows what is known of Path by `Path Op Limit` having come out as Truth.
static void assumeComparison(BinaryOperatorKind Op, const AccessPath &Path,
                             int64_t Limit, bool Truth, PathState &State) {
  if (!Path.isValid())
    return;
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
            evaluate(Binary->getRHS(), State).exact())
      assumeComparison(Binary->getOpcode(), Flow.path(Left), *Limit, Truth,
                       State);
    else if (auto Asked = getRelation(Flow, Binary))
      State.Relations[Asked->first] = Truth != Asked->second;
    return;
  }
  if (!isa<DeclRefExpr>(Condition) && !isa<MemberExpr>(Condition))
    return;
  AccessPath Path = Flow.path(Condition);
  if (Path.isValid())
    State.Values[Path] =
        Truth ? AbstractValue::nonZero() : AbstractValue::of(0);
}

} // namespace selfconnect
} // namespace tidy
} // namespace clang
