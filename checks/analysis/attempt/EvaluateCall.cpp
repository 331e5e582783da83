//===- EvaluateCall.cpp - what calls and constructions are worth ----------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "../api/NetworkApi.h"
#include "../code/CallPaths.h"
#include "../code/Limits.h"
#include "../code/Statements.h"
#include "Evaluator.h"
#include "clang/AST/ExprCXX.h"

namespace clang {
namespace tidy {
namespace selfconnect {

bool isNullable(QualType Type) {
  const CXXRecordDecl *Class = Type->getAsCXXRecordDecl();
  if (!Class || !Class->getIdentifier())
    return false;
  static const llvm::StringRef Names[] = {
      "optional",   "expected",        "unique_ptr", "shared_ptr",
      "error_code", "error_condition", "function"};
  return llvm::is_contained(Names, Class->getName());
}

bool isClassNamed(QualType Type, llvm::StringRef Name) {
  const CXXRecordDecl *Class = Type->getAsCXXRecordDecl();
  return Class && Class->getIdentifier() && Class->getName() == Name;
}

AbstractValue Evaluator::evaluateConstruct(const CXXConstructExpr *Construct,
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

/// What a function returns that does nothing else; null for any other.
static const Expr *getOnlyReturn(const FunctionDecl *Function) {
  const auto *Body = dyn_cast_or_null<CompoundStmt>(Function->getBody());
  const auto *Return = Body && Body->size() == 1
                           ? dyn_cast<ReturnStmt>(Body->body_front())
                           : nullptr;
  return Return ? Return->getRetValue() : nullptr;
}

/// What is known where Body, which is called at Site, begins.
PathState Evaluator::enterBody(const Expr *Site, const FunctionDecl *Body,
                               const PathState &State) const {
  PathState Known;
  if (const auto *Call = dyn_cast<CallExpr>(Site))
    for (const auto &[Path, Value] : State.Values) {
      AccessPath Inner = toCallee(Flow, Call, Body, Path);
      if (Inner.isValid())
        Known.Values[Inner] = Value;
    }
  if (isa<CXXOperatorCallExpr>(Site))
    return Known;
  for (unsigned I = 0; I < Body->getNumParams(); ++I) {
    const ParmVarDecl *Parameter = Body->getParamDecl(I);
    const Expr *Argument = getSiteArgument(Site, I);
    AbstractValue Value = Argument && !Parameter->getType()->isReferenceType()
                              ? evaluate(Argument, State)
                              : AbstractValue();
    if (!Value.isUnknown())
      Known.Values[AccessPath(Parameter)] = Value;
  }
  return Known;
}

/// E without what only hands a record on: copies, moves, temporaries.
static const Expr *ignoreCopies(const Expr *E) {
  while (true) {
    E = ignoreTemporaries(E);
    if (const auto *Literal = dyn_cast<CompoundLiteralExpr>(E)) {
      E = Literal->getInitializer();
    } else if (const auto *Construct = dyn_cast<CXXConstructExpr>(E)) {
      if (!Construct->getConstructor()->isCopyOrMoveConstructor() ||
          Construct->getNumArgs() == 0)
        return E;
      E = Construct->getArg(0);
    } else {
      return E;
    }
  }
}

FieldValues Evaluator::evaluateFields(const Expr *E,
                                      const PathState &State) const {
  FieldValues Fields;
  if (!E || E->getType().isNull())
    return Fields;
  E = ignoreCopies(E);
  if (E == Context.Attempt)
    return Context.in(Which).Fields;
  if (!E->getType()->isRecordType())
    return Fields;
  auto Set = [&](const FieldDecl *Field, const AbstractValue &Value) {
    if (!Value.isUnknown())
      Fields[Field->getCanonicalDecl()] = Value;
  };
  if (const auto *List = dyn_cast<InitListExpr>(E)) {
    unsigned I = 0;
    for (const FieldDecl *Field : E->getType()->getAsRecordDecl()->fields())
      if (I < List->getNumInits() && !E->getType()->isUnionType())
        Set(Field, evaluate(List->getInit(I++), State));
    return Fields;
  }
  if (const auto *Construct = dyn_cast<CXXConstructExpr>(E)) {
    const FunctionDecl *Body = nullptr;
    const auto *Constructor = Construct->getConstructor()->hasBody(Body)
                                  ? dyn_cast<CXXConstructorDecl>(Body)
                                  : nullptr;
    const FunctionFlow *Inside =
        Constructor && Depth == 0 ? Flow.getUnit().getFlow(Body) : nullptr;
    if (!Inside)
      return Fields;
    PathState Known = enterBody(Construct, Body, State);
    for (const CXXCtorInitializer *Init : Constructor->inits())
      if (Init->isMemberInitializer() && isReadable(Init->getInit()))
        Set(Init->getMember(), Evaluator(Context, Which, *Inside, Depth + 1)
                                   .evaluate(Init->getInit(), Known));
    return Fields;
  }
  AccessPath Whole = Flow.path(E);
  for (const auto &[Path, Value] : State.Values)
    if (Whole.isValid() && Whole.contains(Path) &&
        Path.steps().size() == Whole.steps().size() + 1 &&
        Path.steps().back().StepKind == AccessPath::Step::Field)
      Set(Path.steps().back().Member, Value);
  return Fields;
}

/// `is_connected(link)`, where that is `return link->fd >= 0;`.
AbstractValue Evaluator::evaluateBody(const CallExpr *Call,
                                      const PathState &State) const {
  static constexpr unsigned MaxBodyDepth = 3;
  const FunctionDecl *Callee = Call->getDirectCallee();
  const FunctionDecl *Body = nullptr;
  if (!Callee || !Callee->hasBody(Body))
    return {};
  const auto *Method = dyn_cast<CXXMethodDecl>(Body);
  const Expr *Returned = getOnlyReturn(Body);
  if (!Returned || !isReadable(Returned) || (Method && Method->isVirtual()))
    return {};
  if (Depth == MaxBodyDepth) {
    reportLimit("MaxBodyDepth", Callee);
    return {};
  }
  const FunctionFlow *Inside = Flow.getUnit().getFlow(Body);
  if (!Inside)
    return {};
  return Evaluator(Context, Which, *Inside, Depth + 1)
      .evaluate(Returned, enterBody(Call, Body, State));
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
  if (Succeeded && Depth == 0)
    if (std::optional<AbstractValue> Told = Context.askHelper(Call, Which))
      return *Told;
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
    if (Truth)
      return *Truth ? AbstractValue::nonZero() : AbstractValue::of(0);
  }
  // `client == nullptr`, `socket != std::nullopt`
  if (const auto *Operator = dyn_cast<CXXOperatorCallExpr>(Call))
    if ((Operator->getOperator() == OO_EqualEqual ||
         Operator->getOperator() == OO_ExclaimEqual) &&
        Operator->getNumArgs() == 2)
      return AbstractValue::ofTruth(compareValues(
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
  case ApiRole::LocalName:
  case ApiRole::PeerName:
    // A connected socket has both.
    return Succeeded ? AbstractValue::of(0) : AbstractValue();
  default:
    return evaluateBody(Call, State);
  }
}

} // namespace selfconnect
} // namespace tidy
} // namespace clang
