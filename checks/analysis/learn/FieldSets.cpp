//===- FieldSets.cpp - what functions give to fields ----------------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "FieldSets.h"
#include "../api/LearnedRows.h"
#include "../api/NetworkApi.h"
#include "../code/Statements.h"
#include "../code/TargetConstants.h"
#include "../endpoint/Sockets.h"
#include "Words.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/ExprCXX.h"

namespace clang {
namespace tidy {
namespace selfconnect {

/// How many sets of one function are kept.
static constexpr size_t MaxSets = 64;
/// How many values of one function are followed that it has worked out itself.
static constexpr unsigned MaxWorkedOut = 8;
/// Nobody listens below it on purpose who is no system service, and no range
/// of ephemeral ports begins there.
static constexpr int64_t FirstUserPort = 1024;

/// True for what a port may be kept in.
static bool mayHoldPort(QualType Type, const ASTContext &Context) {
  return Type->isIntegralOrEnumerationType() && !Type->isBooleanType() &&
         Context.getTypeSize(Type) >= 16;
}

static bool mayHoldText(QualType Type) {
  if (const auto *Pointer = Type->getAs<PointerType>())
    return Pointer->getPointeeType()->isAnyCharacterType();
  const CXXRecordDecl *Class = Type->getAsCXXRecordDecl();
  if (!Class || !Class->getIdentifier())
    return false;
  llvm::StringRef Name = Class->getName();
  return Name == "basic_string" || Name == "basic_string_view" ||
         Name == "QString";
}

/// True for a number that may be a port. A small one is more often a state or
/// a flag, so the field has to be called after a port.
static bool mayBePort(int64_t Number, llvm::StringRef Field) {
  return Number > 0 && Number <= UINT16_MAX &&
         (Number >= FirstUserPort || Field.contains_insensitive("port"));
}

bool mayBeFieldSet(const Expr *Target, const Expr *Value,
                   const ASTContext &Context) {
  const auto *Member = dyn_cast<MemberExpr>(Target->IgnoreParenImpCasts());
  const auto *Field =
      Member ? dyn_cast<FieldDecl>(Member->getMemberDecl()) : nullptr;
  if (!Field || !Field->getIdentifier() || Field->getType()->isDependentType())
    return false;
  if (mayHoldText(Field->getType()))
    return true;
  if (!mayHoldPort(Field->getType(), Context))
    return false;
  const auto *Number = dyn_cast<IntegerLiteral>(Value->IgnoreParenCasts());
  return !Number || (Number->getValue().getActiveBits() <= 16 &&
                     mayBePort(Number->getValue().getZExtValue(),
                               Field->getName()));
}

/// True for what says its value itself, or is made of what a parameter is
/// given: to follow it costs nothing.
static bool isSaid(const Expr *E) {
  E = ignoreTemporaries(E)->IgnoreParenCasts();
  if (isa<IntegerLiteral, StringLiteral>(E))
    return true;
  if (const auto *Ref = dyn_cast<DeclRefExpr>(E))
    return isa<ParmVarDecl, EnumConstantDecl>(Ref->getDecl());
  if (const auto *Unary = dyn_cast<UnaryOperator>(E))
    return Unary->isArithmeticOp() && isSaid(Unary->getSubExpr());
  if (const auto *Binary = dyn_cast<BinaryOperator>(E))
    return isSaid(Binary->getLHS()) && isSaid(Binary->getRHS());
  if (const auto *Construct = dyn_cast<CXXConstructExpr>(E))
    return Construct->getNumArgs() != 0 && isSaid(Construct->getArg(0));
  // `htons(port)`, `std::move(host)`
  const auto *Call = dyn_cast<CallExpr>(E);
  return Call && Call->getNumArgs() == 1 && isSaid(Call->getArg(0));
}

/// What is kept in Target, if callers can know it.
static void addSet(const SummaryPath &Target, QualType Type, const Expr *Value,
                   Place At, const FunctionDecl *Root, RowsOfUnit &Rows,
                   std::vector<SummarySet> &To) {
  Words Say(Rows.Unit, Rows.Options);
  const ASTContext &Context = Rows.Unit.getContext();
  if (To.size() >= MaxSets || !Value || Value->isTypeDependent() ||
      Value->isValueDependent())
    return;
  std::vector<SummaryValue> Values;
  if (mayHoldPort(Type, Context)) {
    Values = Say.ports(findIntValues(Rows.Unit, Value, At), Root);
    // What cannot be a port is of no use to anybody.
    llvm::erase_if(Values, [&](const SummaryValue &Each) {
      return !Each.From && !(Each.Number && mayBePort(*Each.Number,
                                                      Target.Fields.back()));
    });
  } else if (mayHoldText(Type)) {
    Values = Say.texts(findStringValues(Rows.Unit, Value, At), Root);
  }
  for (SummaryValue &Each : Values)
    if (To.size() < MaxSets)
      To.push_back({Target, std::move(Each)});
}

static std::vector<SummarySet> collectSets(const FunctionDecl *Function,
                                           RowsOfUnit &Rows, unsigned Depth);

/// What Construct, which makes a base or delegates, keeps in the object.
static void addSetsOfBase(const CXXConstructExpr *Construct, Place At,
                          const FunctionDecl *Root, RowsOfUnit &Rows,
                          unsigned Depth, std::vector<SummarySet> &To) {
  std::vector<SummarySet> Inner;
  const FunctionDecl *Body = nullptr;
  if (Construct->getConstructor()->hasBody(Body)) {
    Inner = collectSets(Body, Rows, Depth + 1);
  } else if (LearnedRows *Learned = LearnedRows::current()) {
    for (const Summary *Row :
         Learned->findFieldSets(Construct->getConstructor()))
      Inner.insert(Inner.end(), Row->Sets.begin(), Row->Sets.end());
  }
  for (SummarySet &Set : Inner) {
    if (Set.Target.Parameter >= 0)
      continue;
    const std::optional<SummaryPath> &From = Set.Value.From;
    if (!From) {
      To.push_back(std::move(Set));
      continue;
    }
    if (From->Parameter < 0 || !From->Fields.empty() ||
        unsigned(From->Parameter) >= Construct->getNumArgs())
      continue;
    const Expr *Argument = Construct->getArg(From->Parameter);
    addSet(Set.Target, Argument->getType().getNonReferenceType(), Argument, At,
           Root, Rows, To);
  }
}

static std::vector<SummarySet> collectSets(const FunctionDecl *Function,
                                           RowsOfUnit &Rows, unsigned Depth) {
  static constexpr unsigned MaxBases = 4;
  std::vector<SummarySet> Sets;
  const FunctionFlow *Flow =
      Depth < MaxBases ? Rows.Unit.getFlow(Function) : nullptr;
  if (!Flow)
    return Sets;
  Entry Open = Entry::open(Flow->getFunction());
  if (const auto *Constructor = dyn_cast<CXXConstructorDecl>(Function))
    for (const CXXCtorInitializer *Init : Constructor->inits()) {
      const Expr *Value = Init->getInit();
      if (!isReadable(Value))
        continue;
      Place At = {Flow, Value, &Open};
      if (!Flow->find(Value).Block)
        At.Use = nullptr;
      if (const FieldDecl *Field = Init->getMember()) {
        SummaryPath Target;
        Target.Fields.push_back(Field->getName().str());
        addSet(Target, Field->getType(), Value, At, Function, Rows, Sets);
      } else if (const auto *Construct =
                     dyn_cast<CXXConstructExpr>(Value->IgnoreImplicit())) {
        addSetsOfBase(Construct, At, Function, Rows, Depth, Sets);
      }
    }
  unsigned WorkedOut = 0;
  for (const Write &W : Flow->allWrites()) {
    if (W.WriteKind != Write::Assign || !W.Value || W.Target.steps().empty() ||
        W.Target.steps().back().StepKind != AccessPath::Step::Field)
      continue;
    const FieldDecl *Field = W.Target.steps().back().Member;
    if (!mayHoldPort(Field->getType(), Rows.Unit.getContext()) &&
        !mayHoldText(Field->getType()))
      continue;
    std::optional<SummaryPath> Target = Words::path(W.Target, Function);
    if (!Target || Target->Fields.empty() || !Words::livesOn(W.Target))
      continue;
    if (isSaid(W.Value) || ++WorkedOut <= MaxWorkedOut)
      addSet(*Target, Field->getType(), W.Value,
             {Flow, W.Where, &Open}, Function, Rows, Sets);
  }
  return Sets;
}

/// True for a function whose fields others may ask for: it writes one.
static bool mayWriteFields(const FunctionDecl *Function) {
  if (isa<CXXConstructorDecl>(Function))
    return true;
  if (const auto *Method = dyn_cast<CXXMethodDecl>(Function))
    return !Method->isStatic() && !Method->isConst() && !Method->param_empty();
  return llvm::any_of(Function->parameters(), [](const ParmVarDecl *Parameter) {
    QualType Type = Parameter->getType();
    return (Type->isPointerType() || Type->isReferenceType()) &&
           Type->getPointeeType()->isRecordType() &&
           !Type->getPointeeType().isConstQualified();
  });
}

void learnFieldSets(const FunctionDecl *Function, RowsOfUnit &Rows) {
  if (Function->isMain() || !Function->isExternallyVisible() ||
      Function->isImplicit() ||
      getSummaryName(Function).empty())
    return;
  if (!mayWriteFields(Function))
    return;
  std::vector<SummarySet> Sets = collectSets(Function, Rows, 0);
  if (Sets.empty())
    return;
  std::vector<SummarySet> &Known = Rows.get(Function).Sets;
  if (Known.empty())
    Known = std::move(Sets);
}

static bool isAddress(QualType Type) {
  const RecordDecl *Record = Type->getAsRecordDecl();
  return Record && Record->getIdentifier() &&
         Record->getName().substr(0, 8) == "sockaddr";
}

static void learnFilledAddress(const ParmVarDecl *Parameter,
                               const FunctionFlow &Flow, RowsOfUnit &Rows) {
  Words Say(Rows.Unit, Rows.Options);
  const FunctionDecl *Function = Flow.getFunction();
  Entry Open = Entry::open(Function);
  AccessPath Address(Parameter);
  if (Parameter->getType()->isPointerType())
    Address = Address.pointee();
  Endpoint Filled = findEndpointOf(Flow, Address, {&Flow, nullptr, &Open});
  SummaryEndpoint Said;
  Said.Target.emplace();
  Said.Target->Parameter = static_cast<int>(Parameter->getFunctionScopeIndex());
  Said.Ports = Say.ports(Filled.Ports, Function);
  Say.addHost(Filled.Host, Filled.HostText, Filled.OpenHost, Function,
              Said.Hosts);
  bool IsFilled = llvm::any_of(Said.Ports, [](const SummaryValue &Port) {
    return Port.From || (Port.Number && *Port.Number != 0);
  });
  if (IsFilled && !Filled.OpenAddress.isValid())
    Rows.get(Function).Endpoints.push_back(std::move(Said));
}

/// What Call, which makes a socket, says of its type.
static void addSocketType(const FunctionFlow &Flow, const CallExpr *Call,
                          const Entry &Open, IntValues &Types) {
  Types.add(findSocketType(
      Flow, Call, Flow.getFunction() == Open.Callee ? &Open : nullptr));
}

/// `int tcp_socket(void)`: what it returns was made by socket(), of one of
/// Types.
static bool returnsNewSocket(const FunctionFlow &Flow, IntValues &Types) {
  const FunctionDecl *Function = Flow.getFunction();
  if (!Function->getReturnType()->isIntegerType() ||
      llvm::none_of(Flow.calls(), [](const CallExpr *Call) {
        return getApiRole(Call) == ApiRole::Create;
      }))
    return false;
  bool Makes = false;
  Entry Open = Entry::open(Function);
  for (const Definition &Return :
       findReturns(Flow.getUnit(), Function, &Open).Found) {
    if (!Return.E || Return.E->isEvaluatable(Flow.getContext()))
      continue; // -1 is no socket.
    const auto *Direct = dyn_cast<CallExpr>(Return.E->IgnoreParenCasts());
    if (Direct && getApiRole(Direct) == ApiRole::Create) {
      addSocketType(Flow, Direct, Open, Types);
      Makes = true;
      continue;
    }
    SocketOrigins Origins = findSocketOrigins(Flow, Return.E, Return.At.Use);
    if (Origins.Creations.empty())
      return false;
    for (const SocketOrigins::Creation &Create : Origins.Creations)
      addSocketType(*Create.Flow, Create.Call, Open, Types);
    Types.Unknown |= Origins.Unknown || !Origins.Objects.empty();
    Makes = true;
  }
  return Makes;
}

void learnEndpoints(const FunctionDecl *Function, RowsOfUnit &Rows) {
  if (Function->isMain() || !Function->isExternallyVisible() ||
      getSummaryName(Function).empty())
    return;
  for (const ParmVarDecl *Parameter : Function->parameters()) {
    QualType Type = Parameter->getType();
    if ((!Type->isPointerType() && !Type->isReferenceType()) ||
        !isAddress(Type->getPointeeType()) ||
        Type->getPointeeType().isConstQualified())
      continue;
    if (const FunctionFlow *Flow = Rows.Unit.getFlow(Function))
      learnFilledAddress(Parameter, *Flow, Rows);
  }
  if (!Function->getReturnType()->isIntegerType() ||
      !Rows.Makers.count(Function))
    return;
  // A function that connects or listens on what it makes is more than that.
  auto Known = Rows.Rows.find(getUsr(Function));
  if (Known != Rows.Rows.end() &&
      (!Known->second.Attempts.empty() || !Known->second.Listens.empty()))
    return;
  const FunctionFlow *Flow = Rows.Unit.getFlow(Function);
  IntValues Types;
  if (!Flow || !returnsNewSocket(*Flow, Types))
    return;
  Summary &Row = Rows.get(Function);
  Row.MakesSocket = true;
  const int64_t Stream = TargetConstants::of(Rows.Unit).Stream;
  Row.SocketTypes = Words(Rows.Unit, Rows.Options).ports(Types, Function);
  bool IsOther = false;
  for (SummaryValue &Type : Row.SocketTypes) {
    Type.At = SummaryPlace(); // Often in a header of the system.
    IsOther |=
        Type.From || (Type.Number && (*Type.Number & SocketTypeMask) != Stream);
  }
  if (!IsOther)
    Row.SocketTypes.clear();
}

} // namespace selfconnect
} // namespace tidy
} // namespace clang
