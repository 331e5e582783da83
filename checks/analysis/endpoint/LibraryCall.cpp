//===- LibraryCall.cpp - where a library call listens or connects ---------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "LibraryCall.h"
#include "../api/EndpointString.h"
#include "../api/LearnedRows.h"
#include "../code/CallPaths.h"
#include "../code/Limits.h"
#include "../code/Statements.h"
#include "../values/Definitions.h"
#include "clang/AST/ExprCXX.h"
#include "llvm/ADT/StringExtras.h"

namespace clang {
namespace tidy {
namespace selfconnect {

/// How many objects an address may be copied through.
static constexpr unsigned MaxAddressDepth = 6;

namespace {

/// Collects the targets of one call.
class TargetFinder {
public:
  TargetFinder(TranslationUnit &Unit, const FunctionFlow *Flow,
               const Entry *Via)
      : Unit(Unit), Flow(Flow), Via(Via) {}

  void add(const ApiCall &Call, const Stmt *Use);
  std::vector<LibraryTarget> take() {
    if (!Found)
      addUnknown();
    return std::move(Targets);
  }

private:
  void addEndpointStrings(const ApiCall &Call, const Expr *E, const Stmt *Use);
  void addHostAndPort(const ApiCall &Call, const Stmt *Use);
  std::vector<LibraryTarget> findMadeHosts(const ApiCall &Call, const Expr *E,
                                           const Stmt *Use);
  void addAddress(const ApiCall &Call, const Expr *E, const Stmt *Use);
  void addWrittenAddress(const ApiCall &Call, const AccessPath &Address,
                         const Stmt *Use);
  void addOuterAddress(const ApiCall &Call, const AccessPath &Address);
  void addAddressIn(const FunctionDecl *Function, const Entry *In,
                    const ApiCall &Call, const Expr *E, const Stmt *Use);
  /// The ports that calls before Use set by themselves. Always is whether one
  /// does on each way.
  IntValues findSetPorts(const AccessPath &Address, const Stmt *Use,
                         bool &Always) const;
  void addFoundHost(const StringEndpoint &Found, const ApiRow &Row,
                    IntValues Ports);
  void addUnknown() { Targets.emplace_back().Ports = IntValues::unknown(); }
  LibraryTarget makeTarget(llvm::StringRef Host) const;

  IntValues findPorts(const ApiCall &Call, const Stmt *Use) const;
  void addLearned(const ApiCall &Call, const Stmt *Use);
  IntValues findGivenPorts(const ApiCall &Call, const SummaryPath &Path,
                           const Stmt *Use) const;
  StringValues findGivenHosts(const ApiCall &Call, const SummaryPath &Path,
                              const Stmt *Use) const;
  const Expr *getGiven(const ApiCall &Call, const SummaryPath &Path) const;
  AccessPath findGivenField(const Expr *E, const SummaryPath &Path) const;
  Place at(const Stmt *Use) const {
    return Flow ? Place{Flow, Use, Via} : Place{nullptr, nullptr};
  }
  IntValues findInts(const Expr *E, const Stmt *Use) const {
    return findIntValues(Unit, E, at(Use));
  }
  IntValues findInts(const AccessPath &Path, const Stmt *Use) const {
    return Path.isValid() ? findIntValues(Unit, Path, at(Use))
                          : IntValues::unknown();
  }
  StringValues findStrings(const Expr *E, const Stmt *Use) const {
    return findStringValues(Unit, E, at(Use));
  }

  TranslationUnit &Unit;
  const FunctionFlow *Flow;
  const Entry *Via;
  std::vector<LibraryTarget> Targets;
  /// What the call is given was found, be it no endpoint of TCP.
  bool Found = false;
  unsigned Depth = 0;
};

} // namespace

/// The expression behind temporaries, copies, conversions and std::move().
static const Expr *getPlain(const Expr *E) {
  while (true) {
    E = ignoreTemporaries(E);
    if (const auto *Default = dyn_cast<CXXDefaultArgExpr>(E)) {
      E = Default->getExpr();
    } else if (const auto *List = dyn_cast<InitListExpr>(E)) {
      if (List->getNumInits() != 1)
        return E;
      E = List->getInit(0);
    } else if (const auto *Construct = dyn_cast<CXXConstructExpr>(E)) {
      if (Construct->getNumArgs() != 1 ||
          !Construct->getConstructor()->isCopyOrMoveConstructor())
        return E;
      E = Construct->getArg(0);
    } else if (const auto *Call = dyn_cast<CallExpr>(E)) {
      const FunctionDecl *Callee = Call->getDirectCallee();
      if (Call->getNumArgs() != 1 || !Callee || !Callee->isInStdNamespace() ||
          !Callee->getIdentifier() ||
          (Callee->getName() != "move" && Callee->getName() != "forward" &&
           Callee->getName() != "ref"))
        return E;
      E = Call->getArg(0);
    } else {
      return E;
    }
  }
}

static bool isNull(const Expr *E, const ASTContext &Context) {
  return E->isNullPointerConstant(const_cast<ASTContext &>(Context),
                                  Expr::NPC_ValueDependentIsNotNull) !=
         Expr::NPCK_NotNull;
}

LibraryTarget TargetFinder::makeTarget(llvm::StringRef Host) const {
  LibraryTarget Target;
  if (Host.contains(OpenPart)) {
    Target.OpenHost = readOpen(Unit, Host);
    return Target;
  }
  Target.Host = classifyHost(Host);
  bool IsPlain = Host.empty() || Host == "*" || Host == "0.0.0.0" ||
                 Host == "localhost" || Host == OwnHostName;
  Target.HostText = IsPlain ? "127.0.0.1" : Host.str();
  return Target;
}

void TargetFinder::addFoundHost(const StringEndpoint &Found, const ApiRow &Row,
                                IntValues Ports) {
  LibraryTarget Target;
  if (!Found.HostUnknown)
    Target = makeTarget(Found.Host.empty() ? Row.DefaultHost : Found.Host);
  Target.Ports = std::move(Ports);
  Targets.push_back(std::move(Target));
}

//===----------------------------------------------------------------------===//
// Ports and hosts
//===----------------------------------------------------------------------===//

/// Text that is a number, as getaddrinfo() takes it.
static IntValues readPorts(TranslationUnit &Unit, const StringValues &Texts) {
  IntValues Ports;
  Ports.Unknown = Texts.Unknown;
  for (const Sourced<std::string> &Text : Texts.Known) {
    int64_t Port = 0;
    if (AccessPath Open = readOpen(Unit, Text.Value); Open.isValid()) {
      Ports.add(IntValues::open(Open, Text.Origin));
    } else if (!llvm::StringRef(Text.Value).getAsInteger(10, Port))
      Ports.add(IntValues::of(Port, Text.Origin));
    else
      // A service's name stands for a registered port below the range.
      Ports.Unknown |= !llvm::all_of(
          Text.Value, [](char C) { return llvm::isAlnum(C) || C == '-'; });
  }
  return Ports;
}

/// The port of "host:PORT" that callers in other files give.
static IntValues readOpenPort(TranslationUnit &Unit,
                              const StringEndpoint &Found,
                              SourceLocation Origin) {
  AccessPath Open = readOpen(Unit, Found.OpenPort);
  return Open.isValid() ? IntValues::open(Open, Origin) : IntValues::unknown();
}

/// The ports of texts that are numbers, or endpoints whole: "*:50051".
static IntValues readGivenPorts(TranslationUnit &Unit,
                                const StringValues &Texts) {
  IntValues Ports;
  StringValues Others;
  Others.Unknown = Texts.Unknown;
  for (const Sourced<std::string> &Text : Texts.Known) {
    if (llvm::StringRef(Text.Value).find_first_of(":=") ==
        llvm::StringRef::npos) {
      Others.Known.push_back(Text);
      continue;
    }
    for (const StringEndpoint &Found : parseEndpointString(Text.Value))
      Ports.add(Found.Port ? IntValues::of(*Found.Port, Text.Origin)
                           : readOpenPort(Unit, Found, Text.Origin));
  }
  Ports.add(readPorts(Unit, Others));
  return Ports;
}

/// The field called Name of what E, a pointer or an object, stands for; of
/// `inner.name` that of its field.
static AccessPath getFieldPath(const FunctionFlow &Flow, const Expr *E,
                               llvm::StringRef Name) {
  llvm::SmallVector<llvm::StringRef, 2> Fields;
  Name.split(Fields, '.');
  return findField(Flow, E, Fields);
}

IntValues TargetFinder::findPorts(const ApiCall &Call, const Stmt *Use) const {
  const ApiArgument &Argument = Call.Row->Port;
  const Expr *E = Call.get(Argument);
  if (!E)
    return IntValues::unknown();
  if (!Argument.Field.empty())
    return findInts(
        Flow ? getFieldPath(*Flow, E, Argument.Field) : AccessPath(), Use);
  if (E->getType()->isIntegralOrEnumerationType()) {
    IntValues Ports = findInts(E, Use);
    // `bind(host, short port)`: 40404 goes in as -25132.
    if (Unit.getContext().getTypeSize(E->getType()) == 16)
      for (Sourced<IntRange> &Port : Ports.Known)
        if (Port.Value.isOne())
          Port.Value.Low = Port.Value.High = Port.Value.Low & 0xffff;
    return Ports;
  }
  // Behind a `const void *` parameter, too.
  QualType Type = E->IgnoreParenImpCasts()->getType();
  const auto *Pointer = Type->getAs<PointerType>();
  bool IsText = Pointer && Pointer->getPointeeType()->isAnyCharacterType();
  // `ssh_bind_options_set(bind, SSH_BIND_OPTIONS_BINDPORT, &port)`
  if (!IsText && !Type->isRecordType() && !Type->isArrayType())
    return findInts(Flow ? Flow->pointee(E) : AccessPath(), Use);
  return readPorts(Unit, findStrings(E, Use));
}

/// The hosts of what a call of role Endpoint has made of them, in the place of
/// a text: `make_address("127.0.0.1")`.
std::vector<LibraryTarget> TargetFinder::findMadeHosts(const ApiCall &Call,
                                                       const Expr *E,
                                                       const Stmt *Use) {
  std::vector<LibraryTarget> Others;
  std::swap(Others, Targets);
  addAddress(Call, E, Use);
  std::swap(Others, Targets);
  return Others;
}

void TargetFinder::addHostAndPort(const ApiCall &Call, const Stmt *Use) {
  const ApiRow &Row = *Call.Row;
  IntValues Ports = findPorts(Call, Use);
  const Expr *Host = Row.Host.isSet() ? Call.get(Row.Host) : nullptr;
  if (!Host || isNull(getPlain(Host), Unit.getContext())) {
    // Where the row does not say what the host is, it is in another call.
    bool IsElsewhere = !Row.Host.isSet() && Row.DefaultHost.empty();
    LibraryTarget Target =
        IsElsewhere ? LibraryTarget() : makeTarget(Row.DefaultHost);
    Target.AnyHost = true;
    Target.Ports = std::move(Ports);
    Targets.push_back(std::move(Target));
    return;
  }
  std::vector<LibraryTarget> Made = findMadeHosts(Call, Host, Use);
  for (LibraryTarget &Each : Made) {
    Each.Ports = Ports;
    Targets.push_back(Each);
  }
  if (!Made.empty())
    return;
  StringValues Hosts = findStrings(Host, Use);
  for (const Sourced<std::string> &Each : Hosts.Known) {
    StringEndpoint Found;
    Found.Host = Each.Value;
    Found.HostUnknown = Each.Value.find(UnknownPart) != std::string::npos;
    addFoundHost(Found, Row, Ports);
  }
  if (Hosts.Unknown || Hosts.Known.empty()) {
    LibraryTarget Target;
    Target.Ports = std::move(Ports);
    Targets.push_back(std::move(Target));
  }
}

/// The call of role Endpoint that E is the value of, be it converted.
static ApiCall findBuilder(const Expr *E) {
  E = getPlain(E);
  ApiCall Builder = findApiCall(E, ApiRole::Endpoint);
  const auto *Construct = dyn_cast<CXXConstructExpr>(E);
  if (Builder || !Construct || Construct->getNumArgs() == 0)
    return Builder;
  return findBuilder(Construct->getArg(0));
}

void TargetFinder::addEndpointStrings(const ApiCall &Call, const Expr *E,
                                      const Stmt *Use) {
  // `uri_builder(base).append_path("x").to_uri()`: of what it was built from.
  if (ApiCall Builder = findBuilder(E)) {
    if (++Depth <= MaxAddressDepth)
      add(Builder, Use);
    else
      reportLimit("MaxAddressDepth", at(Use).getFunction());
    --Depth;
    return;
  }
  StringValues Texts = findStrings(E, Use);
  if (Texts.Unknown || Texts.Known.empty())
    addUnknown();
  for (const Sourced<std::string> &Text : Texts.Known) {
    if (AccessPath Open = readOpen(Unit, Text.Value); Open.isValid()) {
      addUnknown();
      Targets.back().OpenText = Open;
      continue;
    }
    for (const StringEndpoint &Found : parseEndpointString(Text.Value))
      addFoundHost(Found, *Call.Row,
                   Found.Port ? IntValues::of(*Found.Port, Text.Origin)
                              : readOpenPort(Unit, Found, Text.Origin));
  }
}

//===----------------------------------------------------------------------===//
// Address objects
//===----------------------------------------------------------------------===//

/// True for `struct sockaddr *`, which Endpoint.h follows.
static bool isSockaddr(const ApiCall &Call) {
  const Expr *E = Call.get(Call.Row->Address);
  QualType Type = E->getType();
  const RecordDecl *Record = Type->isPointerType()
                                 ? Type->getPointeeType()->getAsRecordDecl()
                                 : nullptr;
  return Record && Record->getIdentifier() && Record->getName() == "sockaddr";
}

void TargetFinder::addAddress(const ApiCall &Call, const Expr *E,
                              const Stmt *Use) {
  if (++Depth > MaxAddressDepth) {
    reportLimit("MaxAddressDepth", at(Use).getFunction());
    --Depth;
    return;
  }
  E = getPlain(E);
  if (const auto *Unary = dyn_cast<UnaryOperator>(E))
    if (Unary->getOpcode() == UO_AddrOf || Unary->getOpcode() == UO_Deref)
      E = getPlain(Unary->getSubExpr());
  if (ApiCall Builder = findApiCall(E, ApiRole::Endpoint)) {
    add(Builder, Use);
  } else if (const auto *Conditional = dyn_cast<ConditionalOperator>(E)) {
    addAddress(Call, Conditional->getTrueExpr(), Use);
    addAddress(Call, Conditional->getFalseExpr(), Use);
  } else if (const auto *Construct = dyn_cast<CXXConstructExpr>(E)) {
    // A wrapper of an address: std::shared_ptr, another endpoint type.
    if (Construct->getNumArgs() >= 1 &&
        !Construct->getArg(0)->getType()->isArithmeticType())
      addAddress(Call, Construct->getArg(0), Use);
  } else if (Flow) {
    AccessPath Object = Flow->path(E);
    if (Object.isValid())
      addWrittenAddress(Call, Object, Use);
  }
  --Depth;
}

/// The object that S, a call, sets a part of: the one that its method is called
/// on, or `curl` in `curl_easy_setopt(curl, CURLOPT_URL, url)`. Setter is the
/// call with its row; it has none where S sets nothing.
static AccessPath getSetObject(const FunctionFlow &Flow, const Stmt *S,
                               ApiCall &Setter) {
  const auto *Call = dyn_cast<CallExpr>(S);
  Setter = Call ? findApiCall(Call, ApiRole::Endpoint) : ApiCall();
  if (!Setter)
    return {};
  if (const auto *Method = dyn_cast<CXXMemberCallExpr>(Call))
    return Flow.path(Method->getImplicitObjectArgument());
  const Expr *Result = Setter.get(Setter.Row->Result);
  return Result ? Flow.path(Result) : AccessPath();
}

IntValues TargetFinder::findSetPorts(const AccessPath &Address, const Stmt *Use,
                                     bool &Always) const {
  IntValues Ports;
  Always = true;
  bool IsStartReached = Flow->walkBack(Use, [&](const Stmt *S) {
    ApiCall Setter;
    if (getSetObject(*Flow, S, Setter) == Address &&
        Setter.Row->isPortSetter()) {
      Ports.add(findPorts(Setter, S));
      return true;
    }
    for (const Write &W : Flow->writesAt(S))
      if (W.WriteKind == Write::Assign && W.Target.contains(Address)) {
        Always = false;
        return true;
      }
    return false;
  });
  Always &= !IsStartReached;
  return Ports;
}

void TargetFinder::addWrittenAddress(const ApiCall &Call,
                                     const AccessPath &Address,
                                     const Stmt *Use) {
  bool Always;
  IntValues SetPorts = findSetPorts(Address, Use, Always);
  size_t Before = Targets.size();
  bool FromEntry = Flow->walkBack(Use, [&](const Stmt *S) {
    // `endpoint.port(50051);`
    ApiCall Setter;
    AccessPath Object = getSetObject(*Flow, S, Setter);
    if (Object.isValid() && Object == Address) {
      if (Setter.Row->isPortSetter())
        return false; // The host is set before.
      add(Setter, S);
      return true;
    }
    for (const Write &W : Flow->writesAt(S)) {
      if (!W.Target.contains(Address))
        continue;
      if (W.WriteKind == Write::Assign && W.Target == Address && W.Value) {
        addAddress(Call, W.Value, W.Where);
        return true;
      }
      if (W.WriteKind == Write::Pass) {
        // `apr_sockaddr_info_get(&address, host, APR_INET, port, 0, pool)`
        ApiCall Builder = findApiCall(W.Call, ApiRole::Endpoint);
        if (Builder &&
            Builder.get(Builder.Row->Result) == W.Call->getArg(W.Argument)) {
          add(Builder, W.Where);
          return true;
        }
        continue;
      }
      return true;
    }
    return false;
  });
  if (FromEntry)
    addOuterAddress(Call, Address);
  if (SetPorts.Known.empty() && !SetPorts.Unknown)
    return;
  if (Targets.size() == Before)
    addUnknown();
  Found = true;
  for (LibraryTarget &Target : llvm::drop_begin(Targets, Before)) {
    if (Always)
      Target.Ports = IntValues();
    Target.Ports.add(SetPorts);
  }
}

/// What E is in Function, null outside of functions, with the targets found so
/// far.
void TargetFinder::addAddressIn(const FunctionDecl *Function, const Entry *In,
                                const ApiCall &Call, const Expr *E,
                                const Stmt *Use) {
  const FunctionFlow *There = Function ? Unit.getFlow(Function) : nullptr;
  if (!E || (Function && (!There || !There->find(Use).Block)))
    return;
  TargetFinder Outer(Unit, There, In);
  Outer.Depth = Depth;
  Outer.addAddress(Call, E, Use);
  Found |= Outer.Found;
  Targets.insert(Targets.end(), Outer.Targets.begin(), Outer.Targets.end());
}

/// Address, which the function has not made itself: its callers in sight have,
/// or the initialiser of a member or of a global object.
void TargetFinder::addOuterAddress(const ApiCall &Call,
                                   const AccessPath &Address) {
  // How many places are asked for one address.
  static constexpr size_t MaxMakers = 16;
  llvm::ArrayRef<AccessPath::Step> Steps = Address.steps();
  const VarDecl *Root = Address.getRoot();
  if (const auto *Parameter = dyn_cast_or_null<ParmVarDecl>(Root)) {
    bool IsWhole =
        Steps.empty() ||
        (Steps.size() == 1 && Steps[0].StepKind == AccessPath::Step::Deref);
    if (!IsWhole || (Via && Via->isOpen()))
      return;
    if (Via)
      return addAddressIn(Via->From.getFunction(), Via->From.Via, Call,
                          Via->getArgument(Parameter), Via->Call);
    unsigned Index = Parameter->getFunctionScopeIndex();
    llvm::ArrayRef<CallSite> Sites = Unit.getCalls(Flow->getFunction());
    if (Sites.size() > MaxMakers)
      reportLimit("MaxMakers", Flow->getFunction());
    for (const CallSite &Site : Sites.take_front(MaxMakers))
      if (Index < Site.Arguments.size())
        addAddressIn(Site.Caller, nullptr, Call, Site.Arguments[Index],
                     Site.Call);
    return;
  }
  const FieldDecl *Field =
      !Root && !Steps.empty() ? Steps.back().Member : nullptr;
  if (Root ? !Root->hasGlobalStorage() || !Steps.empty() : !Field)
    return;
  const Givings &Known =
      Root ? Unit.getGlobalGivings(Root) : Unit.getFieldGivings(Field);
  if (Root && Root->getAnyInitializer())
    addAddressIn(nullptr, nullptr, Call, Root->getAnyInitializer(), nullptr);
  if (Known.Values.size() > MaxMakers)
    return reportLimit("MaxMakers", Flow->getFunction());
  for (const Giving &Each : Known.Values)
    addAddressIn(Each.Function, nullptr, Call, Each.Value, Each.Value);
}

/// What the caller gives for Path, as ports: a number or a text.
IntValues TargetFinder::findGivenPorts(const ApiCall &Call,
                                       const SummaryPath &Path,
                                       const Stmt *Use) const {
  const Expr *E = getGiven(Call, Path);
  if (!E)
    return IntValues::unknown();
  if (Path.Fields.empty()) {
    QualType Type = E->getType();
    if (Type->isIntegralOrEnumerationType())
      return findInts(E, Use);
    bool IsNumber = Type->isPointerType() &&
                    Type->getPointeeType()->isIntegerType() &&
                    !Type->getPointeeType()->isAnyCharacterType();
    if (IsNumber)
      return findInts(Flow ? Flow->pointee(E) : AccessPath(), Use);
    return readGivenPorts(Unit, findStrings(E, Use));
  }
  AccessPath Field = findGivenField(E, Path);
  if (!Field.isValid())
    return IntValues::unknown();
  if (Field.steps().back().Member->getType()->isIntegralOrEnumerationType())
    return findInts(Field, Use);
  return readGivenPorts(Unit, findStringValues(Unit, Field, at(Use)));
}

StringValues TargetFinder::findGivenHosts(const ApiCall &Call,
                                          const SummaryPath &Path,
                                          const Stmt *Use) const {
  const Expr *E = getGiven(Call, Path);
  if (!E)
    return StringValues::unknown();
  if (Path.Fields.empty()) {
    if (isNull(getPlain(E), Unit.getContext()))
      return StringValues::of("localhost", SourceLocation());
    return findStrings(E, Use);
  }
  AccessPath Field = findGivenField(E, Path);
  return Field.isValid() ? findStringValues(Unit, Field, at(Use))
                         : StringValues::unknown();
}

const Expr *TargetFinder::getGiven(const ApiCall &Call,
                                   const SummaryPath &Path) const {
  ApiArgument Argument;
  Argument.Index = Path.Parameter;
  if (Path.Parameter < 0)
    Argument.Parameter = "this";
  return Call.get(Argument);
}

AccessPath TargetFinder::findGivenField(const Expr *E,
                                        const SummaryPath &Path) const {
  llvm::SmallVector<llvm::StringRef, 2> Fields(Path.Fields.begin(),
                                               Path.Fields.end());
  AccessPath Field = Flow ? findField(*Flow, E, Fields) : AccessPath();
  bool IsField = Field.isValid() && !Field.steps().empty() &&
                 Field.steps().back().StepKind == AccessPath::Step::Field;
  return IsField ? Field : AccessPath();
}

/// What another file has learned of the function: ports and hosts are what the
/// caller gives, or what the function itself says.
void TargetFinder::addLearned(const ApiCall &Call, const Stmt *Use) {
  const ApiRow &Row = *Call.Row;
  const std::vector<SummaryValue> &PortsIn = Row.Attempt ? Row.Attempt->Ports
                                             : Row.Made  ? Row.Made->Ports
                                                         : Row.Listening->Ports;
  LibraryTarget Target;
  IntValues Ports;
  for (const SummaryValue &Each : PortsIn) {
    if (Each.From)
      Ports.add(findGivenPorts(Call, *Each.From, Use));
    else if (Each.Number)
      Ports.add(
          IntValues::of(*Each.Number, LearnedRows::current()->locate(Each.At)));
    else
      Ports.Unknown = true;
  }
  Ports.Unknown |= PortsIn.empty();
  Target.Ports = std::move(Ports);
  static const std::vector<SummaryValue> None;
  const std::vector<SummaryValue> &HostsIn = Row.Attempt ? Row.Attempt->Hosts
                                             : Row.Made  ? Row.Made->Hosts
                                                         : None;
  StringValues Hosts;
  for (const SummaryValue &Each : HostsIn) {
    if (Each.From)
      Hosts.add(findGivenHosts(Call, *Each.From, Use));
    else if (Each.Text)
      Hosts.add(StringValues::of(*Each.Text, SourceLocation()));
    else
      Hosts.Unknown = true;
  }
  Found = true;
  if (Hosts.Unknown || Hosts.Known.empty())
    Targets.push_back(Target);
  for (const Sourced<std::string> &Host : Hosts.Known) {
    LibraryTarget One;
    if (Host.Value.find(UnknownPart) == std::string::npos)
      One = makeTarget(Host.Value);
    One.Ports = Target.Ports;
    Targets.push_back(std::move(One));
  }
}

void TargetFinder::add(const ApiCall &Call, const Stmt *Use) {
  const ApiRow &Row = *Call.Row;
  if (Row.isLearned() && !(Row.Attempt && Row.Attempt->Address)) {
    addLearned(Call, Use);
  } else if (Row.Datagram) {
    Found = true;
  } else if (Row.Endpoint.isSet()) {
    Found = true;
    if (const Expr *E = Call.get(Row.Endpoint))
      addEndpointStrings(Call, E, Use);
  } else if (Row.Port.isSet() || Row.isHostMaker()) {
    addHostAndPort(Call, Use);
    Found = true;
  } else if (const Expr *E = Call.get(Row.Address)) {
    if (!isSockaddr(Call)) {
      addAddress(Call, E, Use);
    } else if (const auto *Called = dyn_cast<CallExpr>(Call.Site)) {
      if (!Flow || Row.Address.Index < 0)
        return;
      Found = true;
      Endpoint Address = findEndpoint(*Flow, Called, Row.Address.Index, Via);
      if (Address.Family == AddressFamily::Other)
        return;
      LibraryTarget Target;
      Target.Host = Address.Host;
      Target.HostText = Address.HostText;
      Target.Ports = Address.Ports;
      Target.OpenHost = Address.OpenHost;
      Target.OpenAddress = Address.OpenAddress;
      Targets.push_back(std::move(Target));
    }
  }
}

std::vector<LibraryTarget> findTargets(TranslationUnit &Unit,
                                       const FunctionFlow *Flow,
                                       const ApiCall &Call, const Entry *Via) {
  TargetFinder Finder(Unit, Flow, Via);
  Finder.add(Call, Call.Site);
  std::vector<LibraryTarget> Targets = Finder.take();
  if (Call.Row->OnlyKnown)
    llvm::erase_if(Targets, [](const LibraryTarget &Target) {
      return Target.Ports.Known.empty();
    });
  if (std::optional<bool> AnyHost = Call.Row->WhenAnyHost)
    llvm::erase_if(Targets, [&](const LibraryTarget &Target) {
      return Target.AnyHost != *AnyHost;
    });
  return Targets;
}

} // namespace selfconnect
} // namespace tidy
} // namespace clang
