//===- Evaluator.cpp - expressions and statements in one world ------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Evaluator.h"
#include "../api/NetworkApi.h"
#include "../code/Statements.h"
#include "../values/Values.h"
#include "clang/AST/ExprCXX.h"

namespace clang {
namespace tidy {
namespace selfconnect {

std::optional<bool> compareValues(BinaryOperatorKind Op, const AbstractValue &A,
                                  const AbstractValue &B) {
  switch (Op) {
  case BO_LT:
    if (A.High < B.Low)
      return true;
    if (A.Low >= B.High)
      return false;
    return std::nullopt;
  case BO_GE:
    if (std::optional<bool> Less = compareValues(BO_LT, A, B))
      return !*Less;
    return std::nullopt;
  case BO_GT:
    return compareValues(BO_LT, B, A);
  case BO_LE:
    return compareValues(BO_GE, B, A);
  case BO_EQ:
    if (A.exact() && B.exact())
      return *A.exact() == *B.exact();
    if (A.High < B.Low || B.High < A.Low)
      return false;
    if ((A.NotZero && B.exact() == 0) || (B.NotZero && A.exact() == 0))
      return false;
    return std::nullopt;
  case BO_NE:
    if (std::optional<bool> Equal = compareValues(BO_EQ, A, B))
      return !*Equal;
    return std::nullopt;
  default:
    return std::nullopt;
  }
}

std::optional<std::pair<Relation, bool>>
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
  if ((Context.LocalNames.empty() && !Context.AsksByCall) ||
      (Which != World::Connected && Which != World::MetItself))
    return std::nullopt;
  auto IsLocal = [&](const Expr *E) { return Context.isLocalName(Flow, E); };
  // The port of the destination is as good as what getpeername() says of it.
  auto IsPeer = [&](const Expr *E) {
    if (Context.isPeerName(Flow, E))
      return true;
    IntValues Known = findIntValues(Flow, E, E);
    return !Known.Unknown && llvm::any_of(Context.Ports, [&](int64_t Port) {
      int64_t InNetworkOrder = (Port & 0xff) << 8 | Port >> 8;
      return Known.mayBe(Port) || Known.mayBe(InNetworkOrder);
    });
  };
  if (!(IsLocal(A) && IsPeer(B)) && !(IsLocal(B) && IsPeer(A)))
    return std::nullopt;
  // Client and server on one host have the same address, but not the same port.
  if (isAddressOnly(A) || isAddressOnly(B))
    return AbstractValue::between(0, 1);
  return AbstractValue::of(Which == World::MetItself);
}

/// `ready[i].revents`: the descriptor that its object is given; null for any
/// other expression.
static AccessPath getPolled(const FunctionFlow &Flow, const Expr *E) {
  const auto *Member = dyn_cast<MemberExpr>(E->IgnoreParenImpCasts());
  const auto *Field =
      Member ? dyn_cast<FieldDecl>(Member->getMemberDecl()) : nullptr;
  if (!Field || !Field->getIdentifier() || Field->getName() != "revents" ||
      !Field->getParent()->getIdentifier() ||
      Field->getParent()->getName() != "pollfd")
    return {};
  AccessPath Object = Flow.path(Member).withoutLastStep();
  for (const FieldDecl *Other : Field->getParent()->fields())
    if (Other->getIdentifier() && Other->getName() == "fd")
      return Object.withStep({AccessPath::Step::Field, Other});
  return {};
}

/// `ready[i].revents & (POLLERR | POLLHUP)`: what poll() says of the socket of
/// the attempt. A refused one has both, a connected one neither. Nothing where
/// it may be asked of another descriptor.
static std::optional<AbstractValue> findPollError(const AttemptContext &Context,
                                                  World Which,
                                                  const FunctionFlow &Flow,
                                                  const BinaryOperator *And) {
  static constexpr int64_t PollError = 0x8, PollHangUp = 0x10; // everywhere
  AccessPath Polled = getPolled(Flow, And->getLHS());
  Expr::EvalResult Asked;
  if (!Polled.isValid() || &Flow != &Context.Flow ||
      !Context.Socket.isValid() || And->getRHS()->isValueDependent() ||
      !And->getRHS()->EvaluateAsInt(Asked, Flow.getContext()))
    return std::nullopt;
  bool IsAsked = false;
  for (const Write &W : Flow.allWrites())
    if (W.WriteKind == Write::Assign && W.Target == Polled) {
      if (Flow.path(W.Value) != Context.Socket)
        return std::nullopt;
      IsAsked = true;
    }
  int64_t Bits = toInt64(Asked.Val.getInt());
  if (!IsAsked || (Bits & (PollError | PollHangUp)) == 0)
    return std::nullopt;
  if (Which == World::Refused || Which == World::RefusedLater)
    return AbstractValue::nonZero();
  if ((Bits & ~(PollError | PollHangUp)) == 0)
    return AbstractValue::of(0);
  return std::nullopt;
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
  if (Op == BO_And)
    if (std::optional<AbstractValue> Error =
            findPollError(Context, Which, Flow, Binary))
      return *Error;
  if (Op == BO_EQ || Op == BO_NE)
    if (std::optional<AbstractValue> Same = compareNames(Left, Right)) {
      std::optional<bool> Truth = Same->truth();
      if (Truth && Op == BO_NE)
        Truth = !*Truth;
      return AbstractValue::ofTruth(Truth);
    }
  AbstractValue A = evaluate(Left, State), B = evaluate(Right, State);
  if (Binary->isComparisonOp()) {
    std::optional<bool> Truth = compareValues(Op, A, B);
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

AbstractValue Evaluator::evaluate(const Expr *E, const PathState &State) const {
  if (E == Context.Attempt)
    return Context.in(Which).Result;
  if (const auto *Temporary = dyn_cast<MaterializeTemporaryExpr>(E))
    return evaluate(Temporary->getSubExpr(), State);
  if (const auto *Bound = dyn_cast<CXXBindTemporaryExpr>(E))
    return evaluate(Bound->getSubExpr(), State);
  // `co_await dial()` is what dial() has as its co_return.
  if (const auto *Wait = dyn_cast<CoawaitExpr>(E))
    return evaluate(Wait->getOperand(), State);
  if (const auto *Opaque = dyn_cast<OpaqueValueExpr>(E))
    if (Opaque->getSourceExpr())
      return evaluate(Opaque->getSourceExpr(), State);
  if (const auto *Construct = dyn_cast<CXXConstructExpr>(E))
    return evaluateConstruct(Construct, State);
  if (const auto *List = dyn_cast<InitListExpr>(E))
    return List->getNumInits() == 0 && isNullable(List->getType())
               ? AbstractValue::of(0)
               : AbstractValue();
  if (isa<CXXNewExpr>(E))
    return AbstractValue::nonZero();
  if (isClassNamed(E->getType(), "nullopt_t"))
    return AbstractValue::of(0);
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
    return AbstractValue::of(toInt64(Result.Val.getInt()));
  if (isa<StringLiteral>(E))
    return AbstractValue::nonZero();
  if (isa<CXXNullPtrLiteralExpr>(E))
    return AbstractValue::of(0);
  return {};
}

} // namespace selfconnect
} // namespace tidy
} // namespace clang
