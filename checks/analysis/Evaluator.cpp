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
  if ((Context.LocalNames.empty() && !Context.AsksByMethod) ||
      (Which != World::Connected && Which != World::MetItself))
    return std::nullopt;
  auto IsLocal = [&](const Expr *E) {
    return saysLocalName(E) || mentionsAny(Flow, E, Context.LocalNames);
  };
  auto IsPeer = [&](const Expr *E) {
    return saysPeerName(E) || mentionsAny(Flow, E, Context.PeerNames);
  };
  if (!(IsLocal(A) && IsPeer(B)) && !(IsLocal(B) && IsPeer(A)))
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

/// True for a class whose objects hold a value, or an error, or nothing.
static bool isNullable(QualType Type) {
  const CXXRecordDecl *Class = Type->getAsCXXRecordDecl();
  if (!Class || !Class->getIdentifier())
    return false;
  static const llvm::StringRef Names[] = {"optional", "expected", "unique_ptr",
                                          "shared_ptr", "error_code",
                                          "function"};
  return llvm::is_contained(Names, Class->getName());
}

static bool isClassNamed(QualType Type, llvm::StringRef Name) {
  const CXXRecordDecl *Class = Type->getAsCXXRecordDecl();
  return Class && Class->getIdentifier() && Class->getName() == Name;
}

AbstractValue
Evaluator::evaluateConstruct(const CXXConstructExpr *Construct,
                             const PathState &State) const {
  const CXXConstructorDecl *Constructor = Construct->getConstructor();
  unsigned Given = 0;
  for (const Expr *Arg : Construct->arguments())
    Given += !isa<CXXDefaultArgExpr>(Arg);
  if (Given == 1 && Constructor->isCopyOrMoveConstructor())
    return evaluate(Construct->getArg(0), State);
  QualType Type = Construct->getType();
  if (isClassNamed(Type, "nullopt_t") || isClassNamed(Type, "unexpected"))
    return AbstractValue::of(0);
  if (!isNullable(Type))
    return {};
  if (Given == 0)
    return AbstractValue::of(0);
  AbstractValue Value = evaluate(Construct->getArg(0), State);
  QualType From = Construct->getArg(0)->getType();
  // A value in an optional is there, be it 0; a null pointer is none.
  bool HoldsValue =
      isClassNamed(Type, "optional") || isClassNamed(Type, "expected");
  if (!HoldsValue || isNullable(From) || isClassNamed(From, "nullopt_t") ||
      isClassNamed(From, "unexpected"))
    return Value;
  return AbstractValue::nonZero();
}

/// What asks an object that holds a value, or an error, whether it does.
static const Expr *getAskedObject(const CallExpr *Call) {
  if (const auto *Operator = dyn_cast<CXXOperatorCallExpr>(Call))
    return Operator->getOperator() == OO_Exclaim && Operator->getNumArgs() == 1
               ? Operator->getArg(0)
               : nullptr;
  const auto *Member = dyn_cast<CXXMemberCallExpr>(Call);
  const CXXMethodDecl *Method = Member ? Member->getMethodDecl() : nullptr;
  if (!Method)
    return nullptr;
  if (const auto *Conversion = dyn_cast<CXXConversionDecl>(Method)) {
    QualType To = Conversion->getConversionType();
    return To->isBooleanType() || To->isPointerType() ||
                   To->isMemberPointerType()
               ? Member->getImplicitObjectArgument()
               : nullptr;
  }
  if (!Method->getIdentifier())
    return nullptr;
  llvm::StringRef Name = Method->getName();
  bool OfError = isClassNamed(Member->getImplicitObjectArgument()->getType(),
                              "error_code");
  return Name == "has_value" || Name == "get" ||
                 (OfError && (Name == "value" || Name == "failed"))
             ? Member->getImplicitObjectArgument()
             : nullptr;
}

/// memcmp() and its kin: 0 for equal.
static bool isComparer(llvm::StringRef Name) {
  return Name.contains_insensitive("cmp");
}

AbstractValue Evaluator::evaluateCall(const CallExpr *Call,
                                      const PathState &State) const {
  bool Succeeded = Which == World::Connected || Which == World::MetItself;
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
  // Qt: connectToHost() only begins; this says how it ended.
  if (const auto *Member = dyn_cast<CXXMemberCallExpr>(Call))
    if (const CXXMethodDecl *Method = Member->getMethodDecl())
      if (Method->getIdentifier() && Method->getName() == "waitForConnected" &&
          Flow.path(Member->getImplicitObjectArgument()) == Context.Socket)
        return AbstractValue::ofTruth(Succeeded);
  if (const Expr *Asked = getAskedObject(Call)) {
    std::optional<bool> Truth = evaluate(Asked, State).truth();
    if (Truth && isa<CXXOperatorCallExpr>(Call))
      Truth = !*Truth;
    // What error_code::value() is, is not known, but whether it is 0.
    return Truth == std::optional<bool>(true) ? AbstractValue::nonZero()
                                              : AbstractValue::ofTruth(Truth);
  }
  // `client == nullptr`, `socket != std::nullopt`
  if (const auto *Operator = dyn_cast<CXXOperatorCallExpr>(Call))
    if ((Operator->getOperator() == OO_EqualEqual ||
         Operator->getOperator() == OO_ExclaimEqual) &&
        Operator->getNumArgs() == 2)
      return AbstractValue::ofTruth(compare(
          Operator->getOperator() == OO_EqualEqual ? BO_EQ : BO_NE,
          evaluate(Operator->getArg(0), State),
          evaluate(Operator->getArg(1), State)));
  if (const FunctionDecl *Callee = Call->getDirectCallee())
    if (Callee->getIdentifier() && Callee->isInStdNamespace()) {
      if (Callee->getName() == "move" && Call->getNumArgs() == 1)
        return evaluate(Call->getArg(0), State);
      if (Callee->getName() == "make_unique" ||
          Callee->getName() == "make_shared" ||
          Callee->getName() == "make_optional")
        return AbstractValue::nonZero();
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
    return AbstractValue::of(Result.Val.getInt().getExtValue());
  if (isa<StringLiteral>(E))
    return AbstractValue::nonZero();
  if (isa<CXXNullPtrLiteralExpr>(E))
    return AbstractValue::of(0);
  return {};
}

} // namespace selfconnect
} // namespace tidy
} // namespace clang
