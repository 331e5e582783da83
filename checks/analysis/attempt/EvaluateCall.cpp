//===- EvaluateCall.cpp - what calls and constructions are worth ----------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "../api/LearnedRows.h"
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
  if (isClassNamed(Type, "variant"))
    return evaluateVariant(Construct);
  if (!isNullable(Type))
    return {};
  if (Given == 0)
    return AbstractValue::of(0);
  AbstractValue Value = evaluate(Construct->getArg(0), State);
  QualType From = Construct->getArg(0)->getType();
  if (isClassNamed(From, "nullopt_t") || isClassNamed(From, "unexpected") ||
      isClassNamed(From, "unexpect_t"))
    return AbstractValue::of(0);
  // A value in an optional is there, be it 0; a null pointer is none.
  bool HoldsValue =
      isClassNamed(Type, "optional") || isClassNamed(Type, "expected");
  // Only another one of its kind says whether there is one.
  if (!HoldsValue || isClassNamed(From, "optional") ||
      isClassNamed(From, "expected"))
    return Value;
  return AbstractValue::nonZero();
}

/// Which alternative of the std::variant Type is a T; nothing if not one is.
static std::optional<unsigned> findAlternative(QualType Type, QualType T) {
  const auto *Class = dyn_cast_or_null<ClassTemplateSpecializationDecl>(
      Type.getNonReferenceType()->getAsCXXRecordDecl());
  if (!Class || !isClassNamed(Type.getNonReferenceType(), "variant"))
    return std::nullopt;
  T = T.getNonReferenceType().getCanonicalType().getUnqualifiedType();
  std::optional<unsigned> Found;
  unsigned Index = 0;
  for (const TemplateArgument &Argument : Class->getTemplateArgs().asArray()) {
    llvm::ArrayRef<TemplateArgument> Types = Argument;
    if (Argument.getKind() == TemplateArgument::Pack)
      Types = Argument.getPackAsArray();
    for (const TemplateArgument &Each : Types) {
      if (Each.getKind() == TemplateArgument::Type &&
          Each.getAsType().getCanonicalType().getUnqualifiedType() == T) {
        if (Found)
          return std::nullopt;
        Found = Index;
      }
      ++Index;
    }
  }
  return Found;
}

/// A variant is known by the index of the alternative that it holds.
AbstractValue
Evaluator::evaluateVariant(const CXXConstructExpr *Construct) {
  QualType Type = Construct->getType();
  if (Construct->getNumArgs() == 0)
    return AbstractValue::of(0);
  const Expr *Given = Construct->getArg(0);
  if (std::optional<unsigned> Index = findAlternative(Type, Given->getType()))
    return AbstractValue::of(*Index);
  // std::in_place_type<Error>, std::in_place_index<1>
  const auto *Tag = dyn_cast_or_null<ClassTemplateSpecializationDecl>(
      Given->getType()->getAsCXXRecordDecl());
  if (!Tag || Tag->getTemplateArgs().size() != 1)
    return {};
  const TemplateArgument &Named = Tag->getTemplateArgs()[0];
  if (isClassNamed(Given->getType(), "in_place_index_t") &&
      Named.getKind() == TemplateArgument::Integral)
    return AbstractValue::of(Named.getAsIntegral().getExtValue());
  if (isClassNamed(Given->getType(), "in_place_type_t") &&
      Named.getKind() == TemplateArgument::Type)
    if (std::optional<unsigned> Index =
            findAlternative(Type, Named.getAsType()))
      return AbstractValue::of(*Index);
  return {};
}

/// `std::holds_alternative<T>(v)`, `std::get_if<T>(&v)`, `v.index()`: what of a
/// variant they ask; nothing for any other call.
std::optional<AbstractValue>
Evaluator::evaluateAskedVariant(const CallExpr *Call,
                                const PathState &State) const {
  const FunctionDecl *Callee = Call->getDirectCallee();
  if (!Callee || !Callee->getIdentifier())
    return std::nullopt;
  if (const auto *Member = dyn_cast<CXXMemberCallExpr>(Call)) {
    const Expr *Object = Member->getImplicitObjectArgument();
    if (Callee->getName() == "index" && isClassNamed(Object->getType(), "variant"))
      return evaluate(Object, State);
    return std::nullopt;
  }
  bool IsPointer = Callee->getName() == "get_if";
  const TemplateArgumentList *Types = Callee->getTemplateSpecializationArgs();
  if (!Callee->isInStdNamespace() || Call->getNumArgs() != 1 || !Types ||
      Types->size() == 0 ||
      (!IsPointer && Callee->getName() != "holds_alternative"))
    return std::nullopt;
  const Expr *Object = Call->getArg(0)->IgnoreParenImpCasts();
  if (const auto *Address = dyn_cast<UnaryOperator>(Object))
    if (IsPointer && Address->getOpcode() == UO_AddrOf)
      Object = Address->getSubExpr();
  std::optional<int64_t> Held = evaluate(Object, State).exact();
  std::optional<unsigned> Asked;
  if (Types->get(0).getKind() == TemplateArgument::Type)
    Asked = findAlternative(Object->getType(), Types->get(0).getAsType());
  else if (Types->get(0).getKind() == TemplateArgument::Integral)
    Asked = Types->get(0).getAsIntegral().getZExtValue();
  if (!Held || !Asked)
    return std::nullopt;
  return *Held != *Asked ? AbstractValue::of(0)
         : IsPointer     ? AbstractValue::nonZero()
                         : AbstractValue::of(1);
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
  // `dial().ok()`: what the object without a name is made of.
  if (const auto *Member = dyn_cast<CXXMemberCallExpr>(Site))
    if (!getCalledObject(Flow, Member).isValid())
      for (const auto &[Field, Value] :
           evaluateFields(Member->getImplicitObjectArgument(), State))
        Known.Values[AccessPath::thisObject().pointee().withStep(
            {AccessPath::Step::Field, Field})] = Value;
  if (isa<CXXOperatorCallExpr>(Site))
    return Known;
  for (unsigned I = 0; I < Body->getNumParams(); ++I) {
    const ParmVarDecl *Parameter = Body->getParamDecl(I);
    const Expr *Argument = getSiteArgument(Site, I);
    if (!Argument)
      continue;
    // Of what a reference names, the value that it has now.
    AbstractValue Value = evaluate(Argument, State);
    if (!Value.isUnknown())
      Known.Values[AccessPath(Parameter)] = Value;
    bool IsRecord =
        Parameter->getType().getNonReferenceType()->isRecordType();
    for (const auto &[Field, Part] :
         IsRecord ? evaluateFields(Argument, State) : FieldValues())
      Known.Values[AccessPath(Parameter).withStep(
          {AccessPath::Step::Field, Field})] = Part;
  }
  return Known;
}

/// What is known where Body, which does one thing after the other, has come to
/// its end, and what it returns then; nothing for a body that branches.
std::optional<Evaluator::Run> Evaluator::run(const FunctionDecl *Body,
                                             PathState Known) const {
  static constexpr unsigned MaxRunDepth = 4;
  static constexpr unsigned MaxRunElements = 64;
  if (Depth >= MaxRunDepth) {
    reportLimit("MaxRunDepth", Body);
    return std::nullopt;
  }
  const FunctionFlow *Inside = Flow.getUnit().getFlow(Body);
  if (!Inside)
    return std::nullopt;
  Evaluator Inner(Context, Which, *Inside, Depth + 1);
  unsigned Elements = 0;
  const CFGBlock *Block = &Inside->getCFG().getEntry();
  while (Block != &Inside->getCFG().getExit()) {
    for (const CFGElement &Element : *Block) {
      auto Statement = Element.getAs<CFGStmt>();
      if (!Statement)
        continue;
      if (++Elements > MaxRunElements)
        return std::nullopt;
      if (const auto *Return = dyn_cast<ReturnStmt>(Statement->getStmt()))
        return Run{Inside, Return->getRetValue(), std::move(Known)};
      Inner.execute(Statement->getStmt(), Known);
    }
    if (Block->succ_size() != 1 || !Block->succ_begin()->getReachableBlock())
      return std::nullopt;
    Block = Block->succ_begin()->getReachableBlock();
  }
  return Run{Inside, nullptr, std::move(Known)};
}

/// The fields of the record that Call, of a small function, returns.
FieldValues Evaluator::evaluateFieldsOfCall(const CallExpr *Call,
                                            const PathState &State) const {
  const FunctionDecl *Callee = Call->getDirectCallee();
  const FunctionDecl *Body = nullptr;
  if (!Callee || !Callee->hasBody(Body))
    return {};
  const auto *Method = dyn_cast<CXXMethodDecl>(Body);
  if (Method && Method->isVirtual())
    return {};
  std::optional<Run> Done = run(Body, enterBody(Call, Body, State));
  if (!Done || !Done->Returned)
    return {};
  return Evaluator(Context, Which, *Done->Inside, Depth + 1)
      .evaluateFields(Done->Returned, Done->State);
}

/// The fields of the object that Construct makes.
FieldValues
Evaluator::evaluateFieldsOfConstruct(const CXXConstructExpr *Construct,
                                     const PathState &State) const {
  FieldValues Fields;
  auto Set = [&](const FieldDecl *Field, const AbstractValue &Value) {
    if (Field && !Value.isUnknown())
      Fields[Field->getCanonicalDecl()] = Value;
  };
  // What std::pair and std::tuple do with their arguments is known.
  QualType Type = Construct->getType();
  unsigned Count = Construct->getNumArgs();
  if (Count >= 1 && getElementField(Type, Count - 1)) {
    for (unsigned I = 0; I < Count; ++I)
      Set(getElementField(Type, I), evaluate(Construct->getArg(I), State));
    return Fields;
  }
  const FunctionDecl *Body = nullptr;
  const auto *Constructor = Construct->getConstructor()->hasBody(Body)
                                ? dyn_cast<CXXConstructorDecl>(Body)
                                : nullptr;
  if (!Constructor)
    return Fields;
  PathState Known = enterBody(Construct, Body, State);
  const FunctionFlow *Inside = Flow.getUnit().getFlow(Body);
  if (!Inside)
    return Fields;
  Evaluator Inner(Context, Which, *Inside, Depth + 1);
  for (const CXXCtorInitializer *Init : Constructor->inits())
    if (Init->isMemberInitializer() && isReadable(Init->getInit()))
      Set(Init->getMember(), Inner.evaluate(Init->getInit(), Known));
  // `Result(bool ok) { ok_ = ok; }`
  AccessPath This = AccessPath::thisObject().pointee();
  if (std::optional<Run> Done = run(Body, std::move(Known)))
    for (const auto &[Path, Value] : Done->State.Values)
      if (This.contains(Path) &&
          Path.steps().size() == This.steps().size() + 1 &&
          Path.steps().back().StepKind == AccessPath::Step::Field)
        Set(Path.steps().back().Member, Value);
  return Fields;
}

/// E without what only hands a record on: copies, moves, temporaries.
static const Expr *ignoreCopies(const Expr *E) {
  while (true) {
    E = ignoreTemporaries(E);
    if (const auto *Wait = dyn_cast<CoawaitExpr>(E)) {
      E = Wait->getOperand();
    } else if (const auto *Literal = dyn_cast<CompoundLiteralExpr>(E)) {
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
  if (const auto *Construct = dyn_cast<CXXConstructExpr>(E))
    return evaluateFieldsOfConstruct(Construct, State);
  AccessPath Whole = Flow.path(E);
  for (const auto &[Path, Value] : State.Values)
    if (Whole.isValid() && Whole.contains(Path) &&
        Path.steps().size() == Whole.steps().size() + 1 &&
        Path.steps().back().StepKind == AccessPath::Step::Field)
      Set(Path.steps().back().Member, Value);
  if (const auto *Call = dyn_cast<CallExpr>(E); Call && !Whole.isValid())
    return evaluateFieldsOfCall(Call, State);
  return Fields;
}

/// The same, where it stands in another file.
AbstractValue Evaluator::evaluateTold(const CallExpr *Call,
                                      const PathState &State) const {
  LearnedRows *Elsewhere = LearnedRows::current();
  const SummaryTold *Told = Elsewhere && !State.Values.empty()
                                ? Elsewhere->findTold(Call->getDirectCallee())
                                : nullptr;
  if (!Told)
    return {};
  const Expr *E = nullptr;
  if (Told->From.Parameter >= 0) {
    if (unsigned(Told->From.Parameter) < Call->getNumArgs())
      E = Call->getArg(Told->From.Parameter);
  } else if (const auto *Method = dyn_cast<CXXMemberCallExpr>(Call)) {
    E = Method->getImplicitObjectArgument();
  }
  llvm::SmallVector<llvm::StringRef, 2> Fields(Told->From.Fields.begin(),
                                               Told->From.Fields.end());
  AccessPath Path = E ? findField(Flow, E, Fields) : AccessPath();
  auto Known = Path.isValid() ? State.Values.find(Path) : State.Values.end();
  if (Known == State.Values.end())
    return {};
  if (Told->Test.empty())
    return Known->second;
  static constexpr std::pair<llvm::StringLiteral, BinaryOperatorKind> Tests[] =
      {{"==", BO_EQ}, {"!=", BO_NE}, {"<", BO_LT},
       {"<=", BO_LE}, {">", BO_GT},  {">=", BO_GE}};
  for (const auto &[Name, Op] : Tests)
    if (llvm::StringRef(Told->Test) == Name)
      return AbstractValue::ofTruth(
          compareValues(Op, Known->second, AbstractValue::of(Told->Number)));
  return {};
}

/// `is_connected(link)`, where that is `return link->fd >= 0;`.
AbstractValue Evaluator::evaluateBody(const CallExpr *Call,
                                      const PathState &State) const {
  static constexpr unsigned MaxBodyDepth = 3;
  const FunctionDecl *Callee = Call->getDirectCallee();
  const FunctionDecl *Body = nullptr;
  if (!Callee)
    return {};
  if (!Callee->hasBody(Body))
    return evaluateTold(Call, State);
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
  if (!Succeeded && Depth == 0)
    if (std::optional<AbstractValue> Other =
            Context.askOtherAttempt(Call, Which))
      return *Other;
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
  if (std::optional<AbstractValue> Held = evaluateAskedVariant(Call, State))
    return *Held;
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
      if ((Callee->getName() == "move" || Callee->getName() == "forward") &&
          Call->getNumArgs() == 1)
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
    return !Succeeded                         ? AbstractValue()
           : Call->getType()->isPointerType() ? AbstractValue::nonZero()
                                              : AbstractValue::of(0);
  default:
    return evaluateBody(Call, State);
  }
}

} // namespace selfconnect
} // namespace tidy
} // namespace clang
