//===- AttemptContext.cpp - one attempt in its function -------------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "AttemptContext.h"
#include "../api/NetworkApi.h"
#include "../code/CallEffects.h"
#include "../code/CallPaths.h"
#include "../code/Statements.h"
#include "../code/TargetConstants.h"
#include "../endpoint/Sockets.h"
#include "Explorer.h"
#include "clang/AST/ExprCXX.h"

namespace clang {
namespace tidy {
namespace selfconnect {

// event2/bufferevent.h
static constexpr int64_t BufferEventError = 0x20;     // BEV_EVENT_ERROR
static constexpr int64_t BufferEventConnected = 0x80; // BEV_EVENT_CONNECTED

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
  // `connect(socket.fd(), ...)`: the object that holds it.
  if (const auto *Holder = dyn_cast<CXXMemberCallExpr>(
          Attempt->getArg(0)->IgnoreParenImpCasts());
      Holder && !Socket.isValid() && Holder->getNumArgs() == 0) {
    AccessPath Object = getCalledObject(Flow, Holder);
    if (Object.getRoot())
      Socket = Object;
  }
  SocketChoice.erase(Socket);

  Outcome Failed, Succeeded;
  Failed.Result = AbstractValue::of(-1);
  Succeeded.Result = AbstractValue::of(0);
  for (World Failure : {World::Refused, World::RefusedLater})
    set(Failure, Failed);
  for (World Success : {World::Connected, World::MetItself})
    set(Success, Succeeded);
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

/// True if Type is an instance of the class template Name, or of one that wraps
/// it.
static bool mentionsClass(QualType Type, llvm::StringRef Name) {
  const CXXRecordDecl *Class = Type.getNonReferenceType()->getAsCXXRecordDecl();
  if (!Class || !Class->getIdentifier())
    return false;
  if (Class->getName() == Name)
    return true;
  const auto *Holder = dyn_cast<ClassTemplateSpecializationDecl>(Class);
  return Holder &&
         llvm::any_of(Holder->getTemplateArgs().asArray(),
                      [&](const TemplateArgument &Argument) {
                        return Argument.getKind() == TemplateArgument::Type &&
                               mentionsClass(Argument.getAsType(), Name);
                      });
}

/// The argument by which a coroutine waits until the call has come to
/// something: use_awaitable, a yield context, or what is made of them.
static const Expr *findWaiter(llvm::ArrayRef<const Expr *> Args) {
  for (const Expr *Arg : Args)
    if (mentionsClass(Arg->getType(), "use_awaitable_t") ||
        mentionsClass(Arg->getType(), "basic_yield_context"))
      return Arg;
  return nullptr;
}

/// The error code that is a part of E: `redirect_error(use_awaitable, ec)`.
static const Expr *findErrorCode(const Stmt *S) {
  if (!S)
    return nullptr;
  if (const auto *Ref = dyn_cast<Expr>(S))
    if (isErrorCode(Ref->getType()) && Ref->isGLValue() &&
        isa<DeclRefExpr, MemberExpr>(Ref))
      return Ref;
  for (const Stmt *Child : S->children())
    if (const Expr *Found = findErrorCode(Child))
      return Found;
  return nullptr;
}

/// Of `co_await async_connect(..., as_tuple(use_awaitable))`, where the tuple
/// has the error.
static const FieldDecl *findTupleError(const FunctionFlow &Flow,
                                       const Expr *Attempt) {
  for (const CFGBlock *Block : Flow.getCFG())
    for (const CFGElement &Element : *Block) {
      auto Statement = Element.getAs<CFGStmt>();
      const auto *Wait =
          Statement ? dyn_cast<CoawaitExpr>(Statement->getStmt()) : nullptr;
      if (Wait && ignoreTemporaries(Wait->getOperand()) == Attempt)
        return getElementField(Wait->getType(), 0);
    }
  return nullptr;
}

/// The field Name of what Type points to; null if there is none.
static const FieldDecl *findToldField(QualType Type, llvm::StringRef Name) {
  const RecordDecl *Record = Type->isPointerType()
                                 ? Type->getPointeeType()->getAsRecordDecl()
                                 : nullptr;
  if (!Record || Name.empty())
    return nullptr;
  for (const FieldDecl *Field : Record->fields())
    if (Field->getName() == Name)
      return Field;
  return nullptr;
}

AttemptContext::AttemptContext(const FunctionFlow &Flow, const ApiCall &Call,
                               std::vector<std::string> ExtraGuards)
    : Flow(Flow), Attempt(Call.Site), Innermost(Flow.getFunction()),
      ExtraGuards(std::move(ExtraGuards)) {
  if (Call.Row->Attempt) {
    takeLearned(Call);
    findSocketHolder();
    collectNames();
    return;
  }
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
  if (const Expr *Held =
          Call.Row->Socket.isSet() ? Call.get(Call.Row->Socket) : nullptr) {
    AccessPath Pointer = Flow.path(Held);
    Socket = Pointer.isValid() ? Pointer : Flow.pointee(Held);
  } else if (Member)
    Socket = Flow.path(Member->getImplicitObjectArgument());
  else if (isa<CXXConstructExpr>(Attempt) || Type->isPointerType())
    CreatedInside = Attempt;
  if (Call.Row->Creates)
    CreatedByLibrary = Attempt;

  AccessPath Error;
  for (const Expr *Arg : Call.Args)
    if (isErrorCode(Arg->getType()) && Arg->isGLValue())
      Error = Flow.path(Arg);
  // `co_await socket.async_connect(to, use_awaitable)` comes back with what
  // came of it, as a call that blocks does.
  const Expr *Waiter = findWaiter(Call.Args);
  if (Waiter && !Error.isValid())
    if (const Expr *Given = findErrorCode(Waiter))
      Error = Flow.path(Given);
  const FieldDecl *ToldInTuple =
      Waiter && mentionsClass(Waiter->getType(), "as_tuple_t")
          ? findTupleError(Flow, Attempt)
          : nullptr;
  bool MayThrow = Flow.getContext().getLangOpts().CXXExceptions &&
                  !Error.isValid() && !ToldInTuple &&
                  (Waiter || (!Call.Row->Later &&
                              (isa<CXXConstructExpr>(Attempt) ||
                               Type->isVoidType() || Call.Row->Throws)));
  for (World Which : {World::Refused, World::RefusedLater, World::Connected,
                      World::MetItself}) {
    Outcome Way;
    bool Failed = Which == World::Refused || Which == World::RefusedLater;
    // A library says how in its own way: by null, by false, by an error code,
    // by a number that is 0 for success, or at least not negative.
    if (Type->isPointerType() || isBoolean(Type))
      Way.Result = AbstractValue::ofTruth(!Failed);
    else if (isErrorCode(Type) || Type->isIntegralOrEnumerationType())
      Way.Result = Failed ? AbstractValue::nonZero() : AbstractValue::of(0);
    if (Type->isPointerType() && !Failed)
      Way.Result = AbstractValue::nonZero();
    // `context->err`: then there is an object to tell of the failure, too.
    if (const FieldDecl *Told = findToldField(Type, Call.Row->ErrorField)) {
      Way.Result = AbstractValue::nonZero();
      Way.Fields[Told] =
          Failed ? AbstractValue::nonZero() : AbstractValue::of(0);
    }
    // An error code says which error it is: no interruption.
    if (Error.isValid())
      Way.Left[Error] = AbstractValue::of(
          Failed ? TargetConstants::of(Flow.getUnit()).ConnectionRefused : 0);
    if (ToldInTuple)
      Way.Fields[ToldInTuple] =
          Failed ? AbstractValue::nonZero() : AbstractValue::of(0);
    if (MayThrow && Failed) {
      Way.Throws = true;
      Way.Returns = false;
    }
    set(Which, std::move(Way));
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

/// What the caller has in the place of Inner, an object of the function called.
static PathSet translate(const FunctionFlow &Flow, const Expr *Site,
                         const AccessPath &Inner) {
  const VarDecl *Root = Inner.getRoot();
  PathSet Outer;
  // A member of the object that the method is called on, or what a parameter
  // points to.
  AccessPath Known = toCaller(Flow, Site, Inner);
  if (Known.isValid())
    Outer.insert(Known);
  const auto *Parameter = dyn_cast_or_null<ParmVarDecl>(Root);
  const Expr *Argument =
      Parameter ? getSiteArgument(Site, Parameter->getFunctionScopeIndex())
                : nullptr;
  if (!Argument)
    return Outer;
  // `dial(&servers[i])`: i, but of the server only what is asked for.
  PathSet Named;
  collectPaths(Flow, Argument, Named);
  for (const AccessPath &Path : Named) {
    auto Alias = Flow.getAliases().find(Path.getRoot());
    bool IsAddress = Path.steps().empty() && Alias != Flow.getAliases().end() &&
                     Alias->second.contains(Known);
    if (!Path.contains(Known) && !IsAddress)
      Outer.insert(Path);
  }
  AccessPath Pointee = Flow.pointee(Argument);
  if (Pointee.isValid() && Argument->getType()->isPointerType() &&
      !Known.isValid())
    Outer.insert(Pointee);
  return Outer;
}

/// True for a pointer of which Paths have a part of what it points to: then
/// they say themselves which.
static bool isToldInPart(const PathSet &Paths, const AccessPath &Pointer) {
  return llvm::any_of(Paths, [&](const AccessPath &Path) {
    return Path != Pointer.pointee() && Pointer.pointee().contains(Path);
  });
}

void addCalledThrough(const FunctionFlow &Flow, const Expr *Site,
                      PathSet &Paths) {
  const auto *Call = dyn_cast<CallExpr>(Site);
  if (Call && !Call->getDirectCallee())
    collectPaths(Flow, Call->getCallee(), Paths);
}

/// `Link(...) : fd_(socket(...))`: the call that makes Socket, a member, for
/// the constructor of Flow; null if none does.
static const Expr *findMemberMaker(const FunctionFlow &Flow,
                                   const AccessPath &Socket) {
  const auto *Constructor = dyn_cast<CXXConstructorDecl>(Flow.getFunction());
  if (!Constructor || !Socket.isValid() || Socket.getRoot())
    return nullptr;
  const FieldDecl *Member = nullptr;
  for (const AccessPath::Step &Step : Socket.steps())
    if (!Member && Step.StepKind == AccessPath::Step::Field)
      Member = Step.Member;
  for (const CXXCtorInitializer *Init : Constructor->inits())
    if (Member && Init->getMember() == Member && Init->getInit())
      return findSocketOrigins(Flow, Init->getInit(), Init->getInit())
          .getMaker();
  return nullptr;
}

AttemptContext::AttemptContext(const FunctionFlow &Flow, const Expr *Attempt,
                               const AttemptContext &Inner)
    : Flow(Flow), Attempt(Attempt), Innermost(Inner.Innermost),
      Ports(Inner.Ports), ExtraGuards(Inner.ExtraGuards),
      CreatedInside(Inner.CreatedInside),
      CreatedByLibrary(Inner.CreatedByLibrary), Called(&Inner) {
  PathSet Seed;
  for (const AccessPath &Path : Inner.Destination) {
    if (isToldInPart(Inner.Destination, Path))
      continue;
    PathSet Outer = translate(Flow, Attempt, Path);
    Seed.insert(Outer.begin(), Outer.end());
  }
  addCalledThrough(Flow, Attempt, Seed);
  // What the call is handed whole, it has said itself which parts of it feed.
  Destination = findFeeders(Flow, std::move(Seed), Attempt);
  if (!CreatedInside) {
    CreatedInside =
        findSocketOrigins(Inner.Flow, Inner.Socket, Inner.Attempt).getMaker();
  }
  if (!CreatedInside && isa<CXXConstructExpr>(Attempt))
    CreatedInside = findMemberMaker(Inner.Flow, Inner.Socket);
  if (!CreatedInside) {
    PathSet Outer = translate(Flow, Attempt, Inner.Socket);
    if (!Outer.empty())
      Socket = *Outer.begin();
  }
  findSocketHolder();
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

/// The same, before success and failure are told apart.
static Outcome
translateOutcome(const AttemptContext &Called, World Which,
                 llvm::function_ref<AccessPath(const AccessPath &)> Translate) {
  const Exploration &Inside = explore(Called, Which);
  Outcome Way;
  Way.Returns = Inside.Returned.has_value();
  Way.Result = Inside.Returned.value_or(AbstractValue());
  Way.Fields = Inside.ReturnedFields;
  Way.Throws = Inside.Throws;
  Way.Thrown = Inside.Thrown;
  for (const auto &[Place, Value] : Inside.Left) {
    AccessPath Outer = Translate(Place);
    if (Outer.isValid())
      Way.Left[Outer] = Value;
  }
  if (!Called.Attempt)
    return Way;
  PathSet Advanced = findAdvancedBefore(Called.Flow, Called.Attempt);
  if (Inside.Advanced)
    Advanced.insert(*Inside.Advanced);
  for (const AccessPath &Path : Advanced) {
    AccessPath Outer = Translate(Path);
    if (Outer.isValid() && !isSetBefore(Called.Flow, Path, Called.Attempt))
      Way.Advanced.insert(Outer);
  }
  return Way;
}

Outcome
findOutcome(const AttemptContext &Called, World Which,
            llvm::function_ref<AccessPath(const AccessPath &)> Translate) {
  Outcome Way = translateOutcome(Called, Which, Translate);
  // A guard makes the two differ, and has to stay what it is.
  if (Which == World::MetItself) {
    if (Way != translateOutcome(Called, World::Connected, Translate))
      return Way;
    Which = World::Connected;
  }
  if (Which != World::Connected)
    return Way;
  // A function that has connected may fail afterwards, at fcntl() for one, and
  // says so as it says that it was refused. What its caller does then is no
  // answer to success.
  Outcome Refused = translateOutcome(Called, World::Refused, Translate);
  if (Refused.Returns && Way.Returns)
    Way.Result = without(Way.Result, Refused.Result);
  else if (Way.Returns && Refused.Throws)
    Way.Throws = false;
  return Way;
}

const Outcome &AttemptContext::in(World Which) const {
  std::optional<Outcome> &Way = Outcomes[static_cast<unsigned>(Which)];
  if (!Way)
    Way = Called ? findOutcome(*Called, Which,
                               [&](const AccessPath &Inner) {
                                 return Attempt ? toCaller(Flow, Attempt, Inner)
                                                : Inner;
                               })
                 : Outcome();
  return *Way;
}

bool AttemptContext::mayCompareNames() const {
  return !LocalNames.empty() || AsksByCall ||
         llvm::any_of(Flow.calls(), [&](const CallExpr *Call) {
           return isGuardFunction(Call, ExtraGuards);
         });
}

bool isShared(const AccessPath &Path) {
  return Path.isValid() &&
         (!Path.getRoot() || Path.getRoot()->hasGlobalStorage());
}

/// True if Function is a lambda that sees Var of the function around it.
static bool captures(const FunctionDecl *Function, const VarDecl *Var) {
  const auto *Method = dyn_cast<CXXMethodDecl>(Function);
  if (!Method || !Method->getParent()->isLambda())
    return false;
  return llvm::any_of(
      Method->getParent()->captures(), [&](const LambdaCapture &Capture) {
        return Capture.capturesVariable() &&
               Capture.getCapturedVar()->getCanonicalDecl() == Var;
      });
}

/// Of the destination of Attempted, what this handler knows, too.
void AttemptContext::takeDestinationOf(const AttemptContext &Attempted) {
  ToldOf = &Attempted;
  for (const AccessPath &Path : Attempted.Destination) {
    if (isShared(Path) || captures(Flow.getFunction(), Path.getRoot())) {
      Destination.insert(Path);
      continue;
    }
    for (const AccessPath::Step &Step : Path.steps())
      if (Step.StepKind == AccessPath::Step::Field)
        DestinationFields.insert(Step.Member);
  }
}

/// True for a parameter that tells a handler whether the attempt has failed.
static bool tellsStatus(const ParmVarDecl *Parameter) {
  if (!Parameter->getType()->isIntegerType() || !Parameter->getIdentifier())
    return false;
  static const llvm::StringRef Names[] = {"status", "err",   "error",  "ec",
                                          "rc",     "errno", "errnum", "res"};
  return llvm::is_contained(Names, Parameter->getName());
}

/// libevent's: the `short what` of an event callback of a bufferevent.
static bool tellsEvents(const ParmVarDecl *Parameter) {
  const auto *Function = dyn_cast<FunctionDecl>(Parameter->getDeclContext());
  if (!Function || Function->getNumParams() != 3 ||
      Function->getParamDecl(1) != Parameter ||
      !Parameter->getType()->isSpecificBuiltinType(BuiltinType::Short))
    return false;
  QualType First = Function->getParamDecl(0)->getType();
  const RecordDecl *Record = First->isPointerType()
                                 ? First->getPointeeType()->getAsRecordDecl()
                                 : nullptr;
  return Record && Record->getName() == "bufferevent";
}

bool isToldParameter(const ParmVarDecl *Parameter) {
  return isErrorCode(Parameter->getType()) || tellsStatus(Parameter) ||
         tellsEvents(Parameter);
}

AttemptContext::AttemptContext(const FunctionFlow &Handler,
                               const AttemptContext &Of,
                               llvm::ArrayRef<const ParmVarDecl *> TellsHow)
    : Flow(Handler), Attempt(nullptr), Innermost(Of.Innermost),
      Ports(Of.Ports), ExtraGuards(Of.ExtraGuards) {
  takeDestinationOf(Of);
  Outcome Failed, Succeeded;
  for (const ParmVarDecl *Parameter : Handler.getFunction()->parameters()) {
    if (!isToldParameter(Parameter) && !llvm::is_contained(TellsHow, Parameter))
      continue;
    AccessPath Told(Parameter);
    if (tellsEvents(Parameter)) {
      Failed.Left[Told] = AbstractValue::of(BufferEventError);
      Succeeded.Left[Told] = AbstractValue::of(BufferEventConnected);
      continue;
    }
    Failed.Left[Told] =
        Parameter->getType()->isSignedIntegerType()
            ? AbstractValue::between(std::numeric_limits<int>::min(), -1)
            : AbstractValue::nonZero();
    Succeeded.Left[Told] = AbstractValue::of(0);
  }
  for (World Failure : {World::Refused, World::RefusedLater})
    set(Failure, Failed);
  for (World Success : {World::Connected, World::MetItself})
    set(Success, Succeeded);
  if (isShared(Of.Socket))
    ToldSocket = Of.Socket;
  collectNames();
}

AttemptContext::AttemptContext(Anew Begin)
    : Flow(Begin.Round.Flow), Attempt(nullptr),
      Innermost(Begin.Round.Innermost), Destination(Begin.Round.Destination),
      ToldOf(&Begin.Round), BeginsAnew(true),
      SocketChoice(Begin.Round.SocketChoice), Ports(Begin.Round.Ports),
      ExtraGuards(Begin.Round.ExtraGuards), Called(&Begin.Round) {}

AttemptContext::AttemptContext(const FunctionFlow &Flow, const CallExpr *Told,
                               const AttemptContext &Of, AccessPath Error)
    : Flow(Flow), Attempt(Told), Innermost(Of.Innermost),
      Ports(Of.Ports), ExtraGuards(Of.ExtraGuards) {
  takeDestinationOf(Of);
  for (World Which : {World::Refused, World::RefusedLater, World::Connected,
                      World::MetItself}) {
    bool Failed = Which == World::Refused || Which == World::RefusedLater;
    AbstractValue Value =
        Failed ? AbstractValue::between(1, 4095) : AbstractValue::of(0);
    Outcome Way;
    // `int err = getSocketError(fd)`, or getsockopt(), which itself succeeds.
    if (Error.isValid()) {
      Way.Result = AbstractValue::of(0);
      Way.Left[Error] = Value;
    } else {
      Way.Result = Value;
    }
    set(Which, std::move(Way));
  }
  if (isShared(Of.Socket))
    ToldSocket = Of.Socket;
  collectNames();
}

} // namespace selfconnect
} // namespace tidy
} // namespace clang
