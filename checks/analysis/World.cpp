//===- World.cpp - one world of a connect attempt, followed forwards ------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "World.h"
#include "Sockets.h"
#include "clang/AST/ExprCXX.h"

namespace clang {
namespace tidy {
namespace selfconnect {

bool mentionsAny(const FunctionFlow &Flow, const Stmt *S,
                 const PathSet &Names) {
  PathSet Paths;
  collectPaths(Flow, S, Paths);
  return llvm::any_of(Paths, [&](const AccessPath &Path) {
    return overlapsAny(Names, Path) || overlapsAny(Names, Path.pointee());
  });
}

AttemptContext::AttemptContext(const FunctionFlow &Flow,
                               const CallExpr *Attempt,
                               std::vector<std::string> ExtraGuards)
    : Flow(Flow), Attempt(Attempt), Innermost(Flow.getFunction()),
      Socket(Flow.path(Attempt->getArg(0))),
      ExtraGuards(std::move(ExtraGuards)) {
  const Expr *Address = getPlainArgument(Attempt, 1);
  PathSet Seed;
  AccessPath Object = Flow.pointee(Address);
  if (Object.isValid())
    Seed.insert(Object);
  collectPaths(Flow, Address, Seed);
  Destination = findFeeders(Flow, Seed);

  collectPaths(Flow, Attempt->getArg(0), SocketChoice);
  SocketChoice.erase(Socket);

  for (World Failure : {World::Refused, World::RefusedLater})
    Outcomes[static_cast<unsigned>(Failure)].Result = AbstractValue::of(-1);
  for (World Success : {World::Connected, World::MetItself})
    Outcomes[static_cast<unsigned>(Success)].Result = AbstractValue::of(0);
  collectNames();
}

/// True for asio's, Boost's and std's.
static bool isErrorCode(QualType Type) {
  const CXXRecordDecl *Class = Type.getNonReferenceType()->getAsCXXRecordDecl();
  return Class && Class->getIdentifier() && Class->getName() == "error_code";
}

/// True for bool and what C libraries have in its place: gboolean, BOOL.
static bool isBoolean(QualType Type) {
  if (Type->isBooleanType())
    return true;
  const auto *Named = Type->getAs<TypedefType>();
  return Named && Type->isIntegerType() &&
         llvm::StringRef(Named->getDecl()->getName().lower()).contains("bool");
}

AttemptContext::AttemptContext(const FunctionFlow &Flow, const ApiCall &Call,
                               std::vector<std::string> ExtraGuards)
    : Flow(Flow), Attempt(Call.Site), Innermost(Flow.getFunction()),
      ExtraGuards(std::move(ExtraGuards)) {
  PathSet Seed;
  for (const ApiArgument *Argument :
       {&Call.Row->Host, &Call.Row->Port, &Call.Row->Endpoint,
        &Call.Row->Address}) {
    const Expr *E = Argument->isSet() ? Call.get(*Argument) : nullptr;
    if (E)
      collectPaths(Flow, E, Seed);
  }
  Destination = findFeeders(Flow, std::move(Seed));

  const auto *Member = dyn_cast<CXXMemberCallExpr>(Attempt);
  QualType Type = Attempt->getType();
  if (Member)
    Socket = Flow.path(Member->getImplicitObjectArgument());
  else if (isa<CXXConstructExpr>(Attempt) || Type->isPointerType())
    CreatedInside = Attempt;
  if (Call.Row->Creates)
    CreatedByLibrary = Attempt;

  AccessPath Error;
  for (const Expr *Arg : Call.Args)
    if (isErrorCode(Arg->getType()) && Arg->isGLValue())
      Error = Flow.path(Arg);
  bool MayThrow = Flow.getContext().getLangOpts().CXXExceptions &&
                  !Call.Row->Later && !Error.isValid() &&
                  (isa<CXXConstructExpr>(Attempt) || Type->isVoidType());
  for (World Which : {World::Refused, World::RefusedLater, World::Connected,
                      World::MetItself}) {
    Outcome &Way = Outcomes[static_cast<unsigned>(Which)];
    bool Failed = Which == World::Refused || Which == World::RefusedLater;
    // A library says how in its own way: by null, by false, by an error code,
    // by a number that is 0 for success, or at least not negative.
    if (Type->isPointerType() || isBoolean(Type))
      Way.Result = AbstractValue::ofTruth(!Failed);
    else if (isErrorCode(Type) || Type->isIntegralOrEnumerationType())
      Way.Result = Failed ? AbstractValue::nonZero() : AbstractValue::of(0);
    if (Type->isPointerType() && !Failed)
      Way.Result = AbstractValue::nonZero();
    if (Error.isValid())
      Way.Left[Error] =
          Failed ? AbstractValue::nonZero() : AbstractValue::of(0);
    if (MayThrow && Failed) {
      Way.Throws = true;
      Way.Returns = false;
    }
  }
  findSocketHolder();
  collectNames();
}

/// `fds[i] = dial(...)`: what is made is kept there, and is chosen by i.
void AttemptContext::findSocketHolder() {
  if (CreatedInside)
    for (const Write &W : Flow.allWrites()) {
      const auto *Binary = dyn_cast<BinaryOperator>(W.Where);
      if (!Binary || W.WriteKind != Write::Assign ||
          W.Value->IgnoreParenCasts() != Attempt)
        continue;
      Socket = W.Target;
      collectPaths(Flow, Binary->getLHS(), SocketChoice);
    }
  SocketChoice.erase(Socket);
}

/// Argument Index of a call or a construction, or null.
static const Expr *getArgument(const Expr *Site, unsigned Index) {
  if (const auto *Call = dyn_cast<CallExpr>(Site))
    return getPlainArgument(Call, Index);
  const auto *Construct = dyn_cast<CXXConstructExpr>(Site);
  return Construct && Index < Construct->getNumArgs()
             ? Construct->getArg(Index)->IgnoreParenImpCasts()
             : nullptr;
}

/// The object that Site, a call of a method, is for; invalid if it is unknown.
static AccessPath getObject(const FunctionFlow &Flow, const Expr *Site) {
  const auto *Member = dyn_cast<CXXMemberCallExpr>(Site);
  const Expr *Object = Member ? Member->getImplicitObjectArgument() : nullptr;
  if (!Object)
    return {};
  if (isa<CXXThisExpr>(Object->IgnoreParenImpCasts()))
    return AccessPath::thisObject();
  return Object->getType()->isPointerType() ? Flow.pointee(Object)
                                            : Flow.path(Object);
}

/// What the caller calls Inner, a place that the function called has written;
/// invalid where it cannot see it.
static AccessPath translateWritten(const FunctionFlow &Flow, const Expr *Site,
                                   const AccessPath &Inner) {
  if (Inner.isErrno())
    return Inner;
  const VarDecl *Root = Inner.getRoot();
  if (Root && Root->hasGlobalStorage())
    return Inner;
  AccessPath Outer;
  llvm::ArrayRef<AccessPath::Step> Steps = Inner.steps();
  if (!Root) {
    Outer = getObject(Flow, Site);
  } else if (const auto *Parameter = dyn_cast<ParmVarDecl>(Root)) {
    const Expr *Argument =
        getArgument(Site, Parameter->getFunctionScopeIndex());
    if (!Argument)
      return {};
    if (Parameter->getType()->isReferenceType()) {
      Outer = Flow.path(Argument);
    } else if (!Steps.empty() &&
               Steps.front().StepKind == AccessPath::Step::Deref) {
      Outer = Flow.pointee(Argument);
      Steps = Steps.drop_front();
    }
  }
  return Outer.isValid() ? Outer.withSteps(Steps) : Outer;
}

/// What the caller has in the place of Inner, an object of the function called.
static PathSet translate(const FunctionFlow &Flow, const Expr *Site,
                         const AccessPath &Inner) {
  const VarDecl *Root = Inner.getRoot();
  PathSet Outer;
  if (!Root) {
    // A member of the object that the method is called on.
    AccessPath Known = translateWritten(Flow, Site, Inner);
    if (Known.isValid())
      Outer.insert(Known);
    return Outer;
  }
  if (Root->hasGlobalStorage()) {
    Outer.insert(Inner);
    return Outer;
  }
  const auto *Parameter = dyn_cast<ParmVarDecl>(Root);
  const Expr *Argument =
      Parameter ? getArgument(Site, Parameter->getFunctionScopeIndex())
                : nullptr;
  if (!Argument)
    return Outer;
  collectPaths(Flow, Argument, Outer);
  AccessPath Pointee = Flow.pointee(Argument);
  if (Pointee.isValid() && Argument->getType()->isPointerType())
    Outer.insert(Pointee);
  return Outer;
}

AttemptContext::AttemptContext(const FunctionFlow &Flow, const Expr *Attempt,
                               const AttemptContext &Inner)
    : Flow(Flow), Attempt(Attempt), Innermost(Inner.Innermost),
      ExtraGuards(Inner.ExtraGuards), CreatedInside(Inner.CreatedInside),
      CreatedByLibrary(Inner.CreatedByLibrary) {
  PathSet Seed;
  for (const AccessPath &Path : Inner.Destination) {
    PathSet Outer = translate(Flow, Attempt, Path);
    Seed.insert(Outer.begin(), Outer.end());
  }
  Destination = findFeeders(Flow, std::move(Seed));
  if (!CreatedInside) {
    SocketOrigins Origins =
        findSocketOrigins(Inner.Flow, Inner.Socket, Inner.Attempt);
    if (!Origins.Unknown && !Origins.Creations.empty())
      CreatedInside = Origins.Creations.front();
  }
  if (!CreatedInside) {
    PathSet Outer = translate(Flow, Attempt, Inner.Socket);
    if (!Outer.empty())
      Socket = *Outer.begin();
  }
  findSocketHolder();
  for (World Which : {World::Refused, World::RefusedLater, World::Connected,
                      World::MetItself}) {
    const Exploration &Inside = explore(Inner, Which);
    Outcome &Way = Outcomes[static_cast<unsigned>(Which)];
    Way.Returns = Inside.Returned.has_value();
    Way.Result = Inside.Returned.value_or(AbstractValue());
    Way.Throws = Inside.Throws;
    Way.Thrown = Inside.Thrown;
    for (const auto &[Place, Value] : Inside.Left) {
      AccessPath Outer = translateWritten(Flow, Attempt, Place);
      if (Outer.isValid())
        Way.Left[Outer] = Value;
    }
  }
  setOtherFailuresAside();
  collectNames();
}

/// Takes Failure out of what Success may be.
static AbstractValue without(AbstractValue Success,
                             const AbstractValue &Failure) {
  std::optional<int64_t> Failed = Failure.exact();
  if (!Failed || Success.exact())
    return Success;
  if (Success.Low == *Failed)
    ++Success.Low;
  else if (Success.High == *Failed)
    --Success.High;
  Success.NotZero |= *Failed == 0 || Success.Low > 0 || Success.High < 0;
  return Success;
}

/// A function that has connected may fail afterwards, at fcntl() for one, and
/// says so as it says that it was refused. What its caller does then is no
/// answer to success.
void AttemptContext::setOtherFailuresAside() {
  const Outcome &Refused = in(World::Refused);
  Outcome &Connected = Outcomes[static_cast<unsigned>(World::Connected)];
  Outcome &Met = Outcomes[static_cast<unsigned>(World::MetItself)];
  // A guard makes the two differ, and has to stay what it is.
  bool Same = Connected == Met;
  if (Refused.Returns && Connected.Returns)
    Connected.Result = without(Connected.Result, Refused.Result);
  else if (Connected.Returns && Refused.Throws)
    Connected.Throws = false;
  if (Same)
    Met = Connected;
}

/// Objects that one function means as another one does.
static PathSet getShared(const PathSet &Paths) {
  PathSet Shared;
  for (const AccessPath &Path : Paths)
    if (!Path.getRoot() || Path.getRoot()->hasGlobalStorage())
      Shared.insert(Path);
  return Shared;
}

/// True for a parameter that tells a handler whether the attempt has failed.
static bool tellsStatus(const ParmVarDecl *Parameter) {
  if (!Parameter->getType()->isIntegerType() || !Parameter->getIdentifier())
    return false;
  static const llvm::StringRef Names[] = {"status", "err",   "error",  "ec",
                                          "rc",     "errno", "errnum", "res"};
  return llvm::is_contained(Names, Parameter->getName());
}

bool isToldParameter(const ParmVarDecl *Parameter) {
  return isErrorCode(Parameter->getType()) || tellsStatus(Parameter);
}

AttemptContext::AttemptContext(const FunctionFlow &Handler,
                               const AttemptContext &Of,
                               llvm::ArrayRef<const ParmVarDecl *> TellsHow)
    : Flow(Handler), Attempt(nullptr), Innermost(Of.Innermost),
      Destination(getShared(Of.Destination)), ExtraGuards(Of.ExtraGuards) {
  for (const ParmVarDecl *Parameter : Handler.getFunction()->parameters()) {
    if (!isToldParameter(Parameter) && !llvm::is_contained(TellsHow, Parameter))
      continue;
    AccessPath Told(Parameter);
    for (World Failure : {World::Refused, World::RefusedLater})
      Outcomes[static_cast<unsigned>(Failure)].Left[Told] =
          Parameter->getType()->isSignedIntegerType()
              ? AbstractValue::between(std::numeric_limits<int>::min(), -1)
              : AbstractValue::nonZero();
    for (World Success : {World::Connected, World::MetItself})
      Outcomes[static_cast<unsigned>(Success)].Left[Told] =
          AbstractValue::of(0);
  }
  collectNames();
}

AttemptContext::AttemptContext(const FunctionFlow &Flow, const CallExpr *Told,
                               const AttemptContext &Of, AccessPath Error)
    : Flow(Flow), Attempt(Told), Innermost(Of.Innermost),
      Destination(getShared(Of.Destination)), ExtraGuards(Of.ExtraGuards) {
  for (World Which : {World::Refused, World::RefusedLater, World::Connected,
                      World::MetItself}) {
    bool Failed = Which == World::Refused || Which == World::RefusedLater;
    AbstractValue Value =
        Failed ? AbstractValue::between(1, 4095) : AbstractValue::of(0);
    Outcome &Way = Outcomes[static_cast<unsigned>(Which)];
    // `int err = getSocketError(fd)`, or getsockopt(), which itself succeeds.
    if (Error.isValid()) {
      Way.Result = AbstractValue::of(0);
      Way.Left[Error] = Value;
    } else {
      Way.Result = Value;
    }
  }
  collectNames();
}

} // namespace selfconnect
} // namespace tidy
} // namespace clang
