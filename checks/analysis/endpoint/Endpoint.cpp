//===- Endpoint.cpp - the address behind a sockaddr argument --------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Endpoint.h"
#include "../api/NetworkApi.h"
#include "../code/Limits.h"
#include "../code/Statements.h"
#include "../code/TargetConstants.h"
#include "AddressParts.h"
#include "Inet6Address.h"
#include "LibraryCall.h"
#include "clang/AST/ExprCXX.h"
#include "clang/Basic/TargetInfo.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringSwitch.h"
#include <set>

namespace clang {
namespace tidy {
namespace selfconnect {

static constexpr int64_t AiPassive = 1; // AI_PASSIVE, on every system
/// How many copies of an in_addr or in6_addr are followed in a row.
static constexpr unsigned MaxHostCopies = 4;

HostKind classifyHost(llvm::StringRef Host) {
  static constexpr llvm::StringLiteral SameHost[] = {"127.0.0.1",
                                                     "::1",
                                                     "0.0.0.0",
                                                     "::",
                                                     "localhost",
                                                     "localhost.localdomain",
                                                     "ip6-localhost",
                                                     "ip6-loopback",
                                                     "::ffff:127.0.0.1",
                                                     "::ffff:0.0.0.0",
                                                     "",
                                                     "*",
                                                     OwnHostName};
  return llvm::is_contained(SameHost, Host) ? HostKind::SameHost
                                            : HostKind::Remote;
}

namespace {

/// Follows one address argument.
class EndpointFinder {
public:
  EndpointFinder(const FunctionFlow &Flow, const Entry *Via)
      : Flow(Flow), Via(Via), Elements(Flow.getUnit()) {}

  Endpoint find(const CallExpr *Call, unsigned Argument);
  Endpoint find(const AccessPath &Address, const Stmt *Use);

private:
  void findInList(const AccessPath &Address);
  void addResolvedPorts(const CallExpr *Resolve, Place At);
  void addResolvedHost(const CallExpr *Resolve, Place At);
  void findPorts(const AccessPath &Address, const Stmt *Use);
  void findHost(const AccessPath &Address, const Stmt *Use);
  void findFamily(const AccessPath &Address, const Stmt *Use);

  void addPorts(const IntValues &Stored);
  void addHost(llvm::StringRef Host, SourceLocation Origin = SourceLocation());
  void addRemote(llvm::StringRef Host, SourceLocation Origin);
  void addHosts(const StringValues &Hosts);
  void addAddress(const Expr *Value, Place At, unsigned Depth = 0);
  void addAddressOfObject(AccessPath Path, QualType Type, Place At,
                          unsigned Depth);
  void addAddressOfCall(const Write &W, Place At, unsigned Depth = 0);
  void addInet6(const Inet6Address &Address);
  std::vector<LibraryTarget> findBuilt(const Write &W, Place At);

  Place at(const Stmt *Use) const { return {&Flow, Use, Via}; }

  const FunctionFlow &Flow;
  const Entry *Via;
  Endpoint Result;
  bool UnknownHost = false;
  /// The host was cleared, which counts only where nothing else is written.
  bool ClearedHost = false;
  /// What is written to single bytes or words of an in6_addr.
  Inet6Address Elements;
  /// What is added now is another function's, of what may be another object.
  bool Elsewhere = false;
  bool HasResolved = false;
  /// The known hosts that are not this one, each once.
  std::set<std::string> RemoteHosts;
};

} // namespace

static AddressFamily getFamilyOfType(const Expr *Address) {
  QualType Type = Address->IgnoreParenCasts()->getType();
  if (const auto *Unary = dyn_cast<UnaryOperator>(Address->IgnoreParenCasts()))
    if (Unary->getOpcode() == UO_AddrOf)
      Type = Unary->getSubExpr()->IgnoreParenCasts()->getType();
  if (Type->isPointerType())
    Type = Type->getPointeeType();
  const RecordDecl *Record = Type->getAsRecordDecl();
  if (!Record || !Record->getIdentifier())
    return AddressFamily::Unknown;
  static constexpr llvm::StringLiteral Others[] = {
      "sockaddr_rc",   "sockaddr_l2",       "sockaddr_vm",  "sockaddr_nl",
      "sockaddr_can",  "sockaddr_ll",       "sockaddr_hci", "sockaddr_sco",
      "sockaddr_tipc", "sockaddr_x25",      "sockaddr_alg", "sockaddr_pppox",
      "sockaddr_ax25", "full_sockaddr_ax25"};
  if (llvm::is_contained(Others, Record->getName()))
    return AddressFamily::Other;
  return llvm::StringSwitch<AddressFamily>(Record->getName())
      .Case("sockaddr_in", AddressFamily::Inet)
      .Case("sockaddr_in6", AddressFamily::Inet6)
      // Every other family has a type of its own of that name.
      .StartsWith("sockaddr_un", AddressFamily::Other)
      .Default(AddressFamily::Unknown);
}

void EndpointFinder::addPorts(const IntValues &Stored) {
  // The field holds network byte order.
  bool Little = Flow.getContext().getTargetInfo().isLittleEndian();
  IntValues Ports;
  Ports.Unknown = Stored.Unknown;
  for (Sourced<IntRange> Item : Stored.Known) {
    IntRange &Port = Item.Value;
    if (Port.Open.isValid()) {
      // As it is, or swapped once: what else would callers give?
    } else if (Port.isOne()) {
      uint64_t Bits = static_cast<uint64_t>(Port.Low) & 0xffff;
      unsigned Swaps = Port.Swaps;
      Port = IntRange::of(Little ? ((Bits & 0xff) << 8 | Bits >> 8) : Bits);
      Port.Swaps = Swaps;
      Port.WrongOrder = Little && Swaps % 2 == 0 && Port.Low != 0;
    } else if (Port.Swapped == Little) {
      Port.Swapped = false;
    } else {
      Ports.Unknown = true;
      continue;
    }
    Ports.Known.push_back(Item);
  }
  Result.Ports.add(Ports);
}

void EndpointFinder::addRemote(llvm::StringRef Host, SourceLocation Origin) {
  if (RemoteHosts.insert(Host.str()).second && RemoteHosts.size() == 1)
    Result.HostOrigin = Origin;
}

void EndpointFinder::addHost(llvm::StringRef Host, SourceLocation Origin) {
  // Nobody means to connect to the any address that another one listens on.
  if (Elsewhere && (Host == "0.0.0.0" || Host == "::")) {
    UnknownHost = true;
    return;
  }
  if (classifyHost(Host) != HostKind::SameHost) {
    addRemote(Host, Origin);
    return;
  }
  Result.Host = HostKind::SameHost;
  if (Result.HostText.empty() || Result.HostText == "0.0.0.0")
    Result.HostText = Host.empty() || Host == "*" || Host == OwnHostName
                          ? "127.0.0.1"
                          : Host.str();
}

void EndpointFinder::addHosts(const StringValues &Hosts) {
  UnknownHost |= Hosts.Unknown;
  for (const Sourced<std::string> &Item : Hosts.Known) {
    AccessPath Open = readOpen(Flow.getUnit(), Item.Value);
    if (Open.isValid())
      Result.OpenHost = Open;
    if (Item.Value.find(UnknownPart) != std::string::npos ||
        Item.Value.find(OpenPart) != std::string::npos)
      UnknownHost = true;
    else
      addHost(Item.Value, Item.Origin);
  }
}

/// "127.0.0.1"; Address is in host byte order.
static std::string writeAddress(uint32_t Address) {
  return std::to_string(Address >> 24) + '.' +
         std::to_string(Address >> 16 & 0xff) + '.' +
         std::to_string(Address >> 8 & 0xff) + '.' +
         std::to_string(Address & 0xff);
}

/// The `in6_addr` that libc has under a name; "" for any other expression.
static llvm::StringRef getNamedAddress(const Expr *E) {
  const auto *Ref = dyn_cast<DeclRefExpr>(E);
  const auto *Var = Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
  if (!Var || !Var->getIdentifier())
    return "";
  return llvm::StringSwitch<llvm::StringRef>(Var->getName())
      .Case("in6addr_loopback", "::1")
      .Case("in6addr_any", "::")
      .Default("");
}

void EndpointFinder::addInet6(const Inet6Address &Address) {
  if (std::optional<std::string> Text = Address.getText())
    addHost(*Text);
  else
    UnknownHost = true;
}

/// Path is an in_addr or in6_addr that is copied At.
void EndpointFinder::addAddressOfObject(AccessPath Path, QualType Type,
                                        Place At, unsigned Depth) {
  if (Depth == MaxHostCopies) {
    reportLimit("MaxHostCopies", At.getFunction());
    UnknownHost = true;
    return;
  }
  // Of an in_addr, its one field is asked for.
  if (const RecordDecl *Record = Type->getAsRecordDecl())
    if (Record->getDefinition() && !Record->getDefinition()->field_empty()) {
      const FieldDecl *Field = *Record->getDefinition()->field_begin();
      if (Field->getType()->isIntegerType())
        Path = Path.withStep({AccessPath::Step::Field, Field});
    }
  // What is written to its bytes counts, wherever in the function.
  if (At.Flow)
    for (const Write &W : At.Flow->allWrites())
      if (W.Target != Path && Path.contains(W.Target)) {
        if (writesElement(W))
          Elements.addElement(W, {At.Flow, W.Where, At.Via});
        else
          UnknownHost = true;
      }
  Definitions Given = findDefinitions(Flow.getUnit(), Path, At);
  UnknownHost |= Given.Unknown || Given.Found.empty();
  for (const Definition &Each : Given.Found)
    if (Each.DefinitionKind == Definition::Value)
      addAddress(Each.E, Each.At, Depth + 1);
    else if (Each.DefinitionKind == Definition::Zero)
      ClearedHost = true;
    else if (Each.DefinitionKind == Definition::Pass && Each.Last)
      addAddressOfCall(*Each.Last, Each.At, Depth + 1);
    else
      UnknownHost = true;
}

void EndpointFinder::addAddress(const Expr *Value, Place At, unsigned Depth) {
  const Expr *Plain = ignoreTemporaries(Value);
  if (const auto *Literal = dyn_cast<CompoundLiteralExpr>(Plain))
    Plain = ignoreTemporaries(Literal->getInitializer());
  if (const auto *Copy = dyn_cast<CXXConstructExpr>(Plain))
    if (Copy->getNumArgs() == 1)
      Plain = ignoreTemporaries(Copy->getArg(0));
  if (const auto *List = dyn_cast<InitListExpr>(Plain)) {
    if (const InitListExpr *Semantic = List->getSemanticForm())
      List = Semantic;
    if (List->getType()->isArrayType()) {
      Inet6Address Whole(Flow.getUnit());
      Whole.addList(List, At);
      return addInet6(Whole);
    }
    if (List->getNumInits() == 1 && List->getInit(0))
      return addAddress(List->getInit(0), At, Depth);
    if (List->getNumInits() == 0) {
      ClearedHost = true;
      return;
    }
  }
  if (isa<ImplicitValueInitExpr, CXXScalarValueInitExpr>(Plain)) {
    ClearedHost = true;
    return;
  }
  if (const auto *Call = dyn_cast<CallExpr>(Plain))
    if (getFreeFunctionName(Call) == "inet_addr" && Call->getNumArgs() == 1)
      return addHosts(findStringValues(Flow.getUnit(), Call->getArg(0), At));
  if (llvm::StringRef Named = getNamedAddress(Plain); !Named.empty())
    return addHost(Named);
  if (Plain->getType()->isRecordType())
    if (AccessPath Copied = getPathAt(Plain, At); Copied.isValid())
      return addAddressOfObject(Copied, Plain->getType(), At, Depth);
  if (!Value->getType()->isIntegerType()) {
    UnknownHost = true;
    return;
  }
  IntValues Numbers = findIntValues(Flow.getUnit(), Value, At);
  UnknownHost |= Numbers.Unknown;
  bool Little = Flow.getContext().getTargetInfo().isLittleEndian();
  for (const Sourced<IntRange> &Item : Numbers.Known) {
    if (!Item.Value.isOne() || Item.Value.Open.isValid()) {
      UnknownHost = true;
      continue;
    }
    uint32_t Stored = static_cast<uint32_t>(Item.Value.Low);
    uint32_t Address = !Little ? Stored
                               : Stored >> 24 | (Stored >> 8 & 0xff00) |
                                     (Stored << 8 & 0xff0000) | Stored << 24;
    addHost(writeAddress(Address), Item.Origin);
  }
}

void EndpointFinder::addAddressOfCall(const Write &W, Place At,
                                      unsigned Depth) {
  llvm::StringRef Name = getFreeFunctionName(W.Call);
  unsigned NumArgs = W.Call->getNumArgs();
  if (Name == "inet_pton" && NumArgs == 3 && W.Argument == 2)
    return addHosts(findStringValues(Flow.getUnit(), W.Call->getArg(1), At));
  if (Name == "inet_aton" && NumArgs == 2 && W.Argument == 1)
    return addHosts(findStringValues(Flow.getUnit(), W.Call->getArg(0), At));
  if ((Name == "memcpy" || Name == "memmove" || Name == "bcopy") &&
      NumArgs == 3) {
    // `memcpy(&addr.sin6_addr, &in6addr_loopback, sizeof in6addr_loopback)`
    const Expr *From = W.Call->getArg(Name == "bcopy" ? 0 : 1);
    const auto *Of = dyn_cast<UnaryOperator>(From->IgnoreParenCasts());
    if (Of && Of->getOpcode() == UO_AddrOf) {
      const Expr *Object = Of->getSubExpr();
      const RecordDecl *Record = Object->getType()->getAsRecordDecl();
      if (Record && Record->getIdentifier() &&
          (Record->getName() == "in_addr" || Record->getName() == "in6_addr"))
        return addAddress(Object, At, Depth);
    }
    // `memcpy(&addr.sin_addr, hp->h_addr, hp->h_length)`: what was looked up?
    PathSet Sources;
    collectPaths(*At.Flow, From, Sources);
    for (const CallExpr *Lookup : At.Flow->calls()) {
      if (getFreeFunctionName(Lookup) != "gethostbyname" ||
          Lookup->getNumArgs() != 1)
        continue;
      bool Feeds = llvm::any_of(At.Flow->allWrites(), [&](const Write &Other) {
        return Other.Value && overlapsAny(Sources, Other.Target) &&
               Other.Value->IgnoreParenCasts() == Lookup;
      });
      if (Feeds)
        return addHosts(findStringValues(Flow.getUnit(), Lookup->getArg(0),
                                         {At.Flow, Lookup, At.Via}));
    }
  }
  UnknownHost = true;
}

/// `uv_ip4_addr("127.0.0.1", 50051, &addr)`: what the call of W built.
std::vector<LibraryTarget> EndpointFinder::findBuilt(const Write &W, Place At) {
  return findTargets(Flow.getUnit(), At.Flow,
                     findApiCall(W.Call, ApiRole::Endpoint), At.Via);
}

void EndpointFinder::findPorts(const AccessPath &Address, const Stmt *Use) {
  auto Add = [&](const PartSource &Source, Place At) {
    switch (Source.SourceKind) {
    case PartSource::Value:
      return addPorts(findIntValues(Flow.getUnit(), Source.E, At));
    case PartSource::Zero:
      return addPorts(IntValues::of(0, Source.W->Where->getBeginLoc()));
    case PartSource::Built:
      for (const LibraryTarget &Target : findBuilt(*Source.W, At))
        Result.Ports.add(Target.Ports);
      return;
    case PartSource::Resolved:
      return addResolvedPorts(cast<CallExpr>(Source.E), At);
    case PartSource::Open:
      Result.OpenAddress = Source.Path;
      return;
    case PartSource::Handed:
    case PartSource::Unknown:
      Result.Ports.Unknown = true;
    }
  };
  forEachPartSource(Flow.getUnit(), Address, AddressPart::Port, at(Use), Add);
}

void EndpointFinder::findHost(const AccessPath &Address, const Stmt *Use) {
  auto Add = [&](const PartSource &Source, Place At) {
    Elsewhere = Source.Elsewhere;
    switch (Source.SourceKind) {
    case PartSource::Value:
      if (Source.W && writesElement(*Source.W))
        return Elements.addElement(*Source.W, At);
      return addAddress(Source.E, At);
    case PartSource::Zero:
      ClearedHost = true;
      return;
    case PartSource::Resolved:
      return addResolvedHost(cast<CallExpr>(Source.E), At);
    case PartSource::Handed:
      return addAddressOfCall(*Source.W, At);
    case PartSource::Built:
      for (const LibraryTarget &Target : findBuilt(*Source.W, At))
        if (Target.Host == HostKind::SameHost)
          addHost(Target.HostText);
        else if (Target.Host == HostKind::Remote)
          addRemote(Target.HostText, Source.W->Where->getBeginLoc());
        else
          UnknownHost = true;
      return;
    case PartSource::Open:
    case PartSource::Unknown:
      UnknownHost = true;
    }
  };
  forEachPartSource(Flow.getUnit(), Address, AddressPart::Host, at(Use), Add);
  Elsewhere = false;
  if (Elements.isWritten()) {
    // Over a whole address that is not all zero, single bytes make another.
    bool IsOther =
        UnknownHost || !RemoteHosts.empty() || Result.Host != HostKind::Unknown;
    if (ClearedHost)
      Elements.clear();
    if (IsOther)
      UnknownHost = true;
    else
      addInet6(Elements);
  }
  // A zero that something else is written over, be it on one way only, is what
  // the memory was cleared with.
  if (ClearedHost && !UnknownHost && RemoteHosts.empty() &&
      Result.Host == HostKind::Unknown)
    addHost("0.0.0.0");
}

void EndpointFinder::findFamily(const AccessPath &Address, const Stmt *Use) {
  if (Result.Family != AddressFamily::Unknown)
    return;
  IntValues Families;
  auto Add = [&](const PartSource &Source, Place At) {
    if (Source.SourceKind == PartSource::Value)
      Families.add(findIntValues(Flow.getUnit(), Source.E, At));
    else
      Families.Unknown = true;
  };
  forEachPartSource(Flow.getUnit(), Address, AddressPart::Family, at(Use), Add);
  if (std::optional<int64_t> Family = Families.single()) {
    Result.FamilyOrigin = Families.Known.front().Origin;
    const TargetConstants &Target = TargetConstants::of(Flow.getUnit());
    Result.Family = *Family == Target.Inet    ? AddressFamily::Inet
                    : *Family == Target.Inet6 ? AddressFamily::Inet6
                                              : AddressFamily::Other;
  }
}

/// What the hints of Resolve have in the field Name.
static IntValues findHint(const CallExpr *Resolve, llvm::StringRef Name,
                          Place At) {
  AccessPath Hints = At.Flow->pointee(Resolve->getArg(2));
  const auto *Record = Resolve->getDirectCallee()
                           ->getParamDecl(2)
                           ->getType()
                           ->getPointeeType()
                           ->getAsRecordDecl();
  Record = Record ? Record->getDefinition() : nullptr;
  if (Record && Hints.isValid())
    for (const FieldDecl *Field : Record->fields())
      if (Field->getIdentifier() && Field->getName() == Name)
        return findIntValues(At.Flow->getUnit(),
                             Hints.withStep({AccessPath::Step::Field, Field}),
                             {At.Flow, Resolve, At.Via});
  return IntValues::unknown();
}

/// `connect(fd, rp->ai_addr, rp->ai_addrlen)`, with what Resolve found.
void EndpointFinder::addResolvedPorts(const CallExpr *Resolve, Place At) {
  HasResolved = true;
  StringValues Services = findStringValues(Flow.getUnit(), Resolve->getArg(1),
                                           {At.Flow, Resolve, At.Via});
  Result.Ports.Unknown |= Services.Unknown;
  for (const Sourced<std::string> &Service : Services.Known) {
    int64_t Port = 0;
    if (AccessPath Open = readOpen(Flow.getUnit(), Service.Value);
        Open.isValid())
      Result.Ports.add(IntValues::open(Open, Service.Origin));
    else if (Service.Value.find(UnknownPart) != std::string::npos)
      Result.Ports.Unknown = true;
    // A service's name stands for a registered port below the range.
    else if (!llvm::StringRef(Service.Value).getAsInteger(10, Port))
      Result.Ports.add(IntValues::of(Port, Service.Origin));
  }
  if (std::optional<int64_t> Type =
          findHint(Resolve, "ai_socktype", At).single())
    if (*Type != 0) {
      Result.ResolvedType = *Type;
      Result.ResolvedTypeOrigin = Resolve->getBeginLoc();
    }
  IntValues Flags = findHint(Resolve, "ai_flags", At);
  for (const Sourced<IntRange> &Each : Flags.Known)
    Result.Passive |= (Each.Value.Low & AiPassive) != 0;
}

void EndpointFinder::addResolvedHost(const CallExpr *Resolve, Place At) {
  const Expr *Node = Resolve->getArg(0);
  if (isNullPointer(Flow, Node))
    addHost("localhost");
  else
    addHosts(
        findStringValues(Flow.getUnit(), Node, {At.Flow, Resolve, At.Via}));
}

/// The node was handed on in a way that is not followed, but a list that feeds
/// it was made in this function.
void EndpointFinder::findInList(const AccessPath &Address) {
  Result = Endpoint();
  UnknownHost = false;
  RemoteHosts.clear();
  PathSet Feeders = findFeeders(Flow, {Address});
  for (const CallExpr *Resolve : Flow.calls()) {
    if (getApiRole(Resolve) != ApiRole::Resolve)
      continue;
    AccessPath Results = Flow.pointee(Resolve->getArg(3));
    if (!Results.isValid() || !overlapsAny(Feeders, Results))
      continue;
    addResolvedPorts(Resolve, at(Resolve));
    addResolvedHost(Resolve, at(Resolve));
  }
  if (!HasResolved) {
    Result.Ports.Unknown = true;
    UnknownHost = true;
  }
}

Endpoint EndpointFinder::find(const CallExpr *Call, unsigned Index) {
  const Expr *Argument = getPlainArgument(Call, Index);
  Result.Family = getFamilyOfType(Argument);
  AccessPath Address = Flow.pointee(Argument);
  if (!Address.isValid()) {
    Result.Ports.Unknown = true;
    return Result;
  }
  return find(Address, Call);
}

Endpoint EndpointFinder::find(const AccessPath &Address, const Stmt *Use) {
  findFamily(Address, Use);
  findPorts(Address, Use);
  findHost(Address, Use);
  bool IsResolved = llvm::any_of(Address.steps(), [](const auto &Step) {
    return Step.StepKind == AccessPath::Step::Field &&
           Step.Member->getName() == "ai_addr";
  });
  if (IsResolved && Address.getRoot() && !HasResolved)
    findInList(Address);
  if (Result.Host == HostKind::SameHost)
    return Result;
  if (!UnknownHost && !RemoteHosts.empty())
    Result.Host = HostKind::Remote;
  if (Result.Host == HostKind::Remote && RemoteHosts.size() == 1)
    Result.HostText = *RemoteHosts.begin();
  return Result;
}

Endpoint findEndpoint(const FunctionFlow &Flow, const CallExpr *Call,
                      unsigned Argument, const Entry *Via) {
  return EndpointFinder(Flow, Via).find(Call, Argument);
}

Endpoint findEndpointOf(const FunctionFlow &Flow, const AccessPath &Address,
                        Place At) {
  return EndpointFinder(Flow, At.Via).find(Address, At.Use);
}

} // namespace selfconnect
} // namespace tidy
} // namespace clang
