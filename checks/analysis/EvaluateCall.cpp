//===- EvaluateCall.cpp - what calls and constructions are worth ----------===//
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

bool isNullable(QualType Type) {
  const CXXRecordDecl *Class = Type->getAsCXXRecordDecl();
  if (!Class || !Class->getIdentifier())
    return false;
  static const llvm::StringRef Names[] = {"optional", "expected", "unique_ptr",
                                          "shared_ptr", "error_code",
                                          "function"};
  return llvm::is_contained(Names, Class->getName());
}

bool isClassNamed(QualType Type, llvm::StringRef Name) {
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
  default:
    return {};
  }
}

} // namespace selfconnect
} // namespace tidy
} // namespace clang
