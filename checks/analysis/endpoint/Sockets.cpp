//===- Sockets.cpp - where a socket comes from and what it is -------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Sockets.h"
#include "../api/NetworkApi.h"
#include "../code/Limits.h"
#include "../code/Statements.h"
#include "../code/TargetConstants.h"
#include "../summary/Summary.h"
#include "../values/Definitions.h"
#include "Binds.h"
#include "TestedValues.h"
#include "clang/AST/ExprCXX.h"

namespace clang {
namespace tidy {
namespace selfconnect {

static constexpr int64_t ProtocolTcp = 6;    // IPPROTO_TCP, on every system
static constexpr int64_t ProtocolMptcp = 262;
/// How many copies a descriptor is followed through.
static constexpr unsigned MaxSocketDepth = 8;

static void followSocket(const FunctionFlow &Flow, const Expr *Socket,
                         const Stmt *Use, unsigned Depth,
                         SocketOrigins &Origins);

/// The construction of an object that holds a socket: of one that it is given,
/// or of a new one.
static void followObject(const FunctionFlow &Flow, const Expr *Init,
                         const Stmt *Use, unsigned Depth,
                         SocketOrigins &Origins) {
  const auto *Construct = dyn_cast<CXXConstructExpr>(ignoreTemporaries(Init));
  if (!Construct || !Construct->getType()->isRecordType()) {
    Origins.Unknown = true;
    return;
  }
  for (const Expr *Argument : Construct->arguments())
    if (!isa<CXXDefaultArgExpr>(Argument) &&
        (Construct->getConstructor()->isCopyOrMoveConstructor() ||
         (Construct->getNumArgs() == 1 &&
          Argument->getType()->isIntegerType())))
      return followSocket(Flow, Argument, Use, Depth + 1, Origins);
  Origins.Objects.push_back(Construct);
}

static void followPath(const FunctionFlow &Flow, const AccessPath &Path,
                       const Stmt *Use, unsigned Depth,
                       SocketOrigins &Origins) {
  if (!Path.isValid() || Depth > MaxSocketDepth) {
    if (Path.isValid())
      reportLimit("MaxSocketDepth", Flow.getFunction());
    Origins.Unknown = true;
    return;
  }
  FunctionFlow::LastWrites Last =
      Flow.findLastWrites(Use, Path, [&](const Write &W) {
        return W.Target.contains(Path) ? FunctionFlow::Effect::Must
                                       : FunctionFlow::Effect::None;
      });
  Origins.Unknown |= Last.FromEntry;
  for (const Write *W : Last.Writes) {
    // `uv_tcp_init(loop, &tcp)`
    if (W->WriteKind == Write::Pass && getApiRole(W->Call) == ApiRole::Create) {
      Origins.Objects.push_back(W->Call);
      continue;
    }
    if (W->Target != Path ||
        (W->WriteKind != Write::Assign && W->WriteKind != Write::Declare)) {
      Origins.Unknown |= W->WriteKind != Write::Declare;
      continue;
    }
    if (W->WriteKind == Write::Declare) {
      // `Socket socket;`: in C++, a new object.
      const VarDecl *Var = Path.getRoot();
      if (Path.steps().empty() && Var && isReadable(Var->getInit()))
        followObject(Flow, Var->getInit(), W->Where, Depth, Origins);
      continue;
    }
    // `fd = -1` after close() makes no socket.
    if (!findIntValues(Flow, W->Value, W->Where).single())
      followSocket(Flow, W->Value, W->Where, Depth + 1, Origins);
  }
}

/// A call that makes a socket, or of a function of this file that does.
static void followCall(const FunctionFlow &Flow, const CallExpr *Call,
                       unsigned Depth, SocketOrigins &Origins) {
  if (getApiRole(Call) == ApiRole::Create) {
    // What a library has is no socket() with its three arguments.
    if (findSocketMaker(Call) ||
        (Call->getType()->isIntegerType() && Call->getNumArgs() >= 3))
      Origins.Creations.push_back({Call, &Flow});
    else
      Origins.Objects.push_back(Call);
    return;
  }
  const FunctionDecl *Callee = Call->getDirectCallee();
  if (Callee && Callee->isInStdNamespace() && Callee->getIdentifier() &&
      (Callee->getName() == "make_unique" ||
       Callee->getName() == "make_shared")) {
    Origins.Objects.push_back(Call);
    return;
  }
  if (!Callee || !Callee->hasBody() || Depth >= MaxSocketDepth) {
    if (Depth >= MaxSocketDepth)
      reportLimit("MaxSocketDepth", Flow.getFunction());
    Origins.Unknown = true;
    return;
  }
  Definitions Returns = findReturns(Flow.getUnit(), Callee, nullptr);
  Origins.Unknown |= Returns.Unknown || Returns.Found.empty();
  for (const Definition &Return : Returns.Found) {
    const FunctionFlow *Inside = Return.At.Flow;
    if (!Inside)
      Origins.Unknown = true;
    // `return -1;` makes none.
    else if (!findIntValues(*Inside, Return.E, Return.At.Use).single())
      followSocket(*Inside, Return.E, Return.At.Use, Depth + 1, Origins);
  }
}

static void followSocket(const FunctionFlow &Flow, const Expr *Socket,
                         const Stmt *Use, unsigned Depth,
                         SocketOrigins &Origins) {
  Socket = ignoreTemporaries(Socket);
  if (isa<CXXConstructExpr>(Socket))
    return followObject(Flow, Socket, Use, Depth, Origins);
  if (const auto *New = dyn_cast<CXXNewExpr>(Socket)) {
    Origins.Objects.push_back(New);
    return;
  }
  const auto *Call = dyn_cast<CallExpr>(Socket);
  if (Call && !Flow.path(Socket).isValid())
    return followCall(Flow, Call, Depth, Origins);
  if (const auto *Binary = dyn_cast<BinaryOperator>(Socket))
    if (Binary->getOpcode() == BO_Assign)
      return followSocket(Flow, Binary->getRHS(), Use, Depth, Origins);
  // `fd < 0 ? -1 : fd`
  if (const auto *Choice = dyn_cast<ConditionalOperator>(Socket)) {
    for (const Expr *Arm : {Choice->getTrueExpr(), Choice->getFalseExpr()})
      if (!findIntValues(Flow, Arm, Use).single())
        followSocket(Flow, Arm, Use, Depth + 1, Origins);
    return;
  }
  followPath(Flow, Flow.path(Socket), Use, Depth, Origins);
}

SocketOrigins findSocketOrigins(const FunctionFlow &Flow, const Expr *Socket,
                                const Stmt *Use) {
  SocketOrigins Origins;
  followSocket(Flow, Socket, Use, 0, Origins);
  return Origins;
}

SocketOrigins findSocketOrigins(const FunctionFlow &Flow,
                                const AccessPath &Socket, const Stmt *Use) {
  SocketOrigins Origins;
  followPath(Flow, Socket, Use, 0, Origins);
  return Origins;
}

IntValues findSocketType(const FunctionFlow &Flow, const CallExpr *Create,
                         const Entry *Via) {
  Place At = {&Flow, Create, Via};
  const Summary *Maker = findSocketMaker(Create);
  if (!Maker)
    return Create->getNumArgs() >= 2
               ? findIntValues(Flow.getUnit(), Create->getArg(1), At)
               : IntValues::unknown();
  IntValues Types;
  for (const SummaryValue &Type : Maker->SocketTypes) {
    const Expr *Given = Type.From && Type.From->Fields.empty()
                            ? getPlainArgument(Create, Type.From->Parameter)
                            : nullptr;
    if (Given)
      Types.add(findIntValues(Flow.getUnit(), Given, At));
    else if (Type.Number)
      Types.add(IntValues::of(*Type.Number, Create->getBeginLoc()));
    else
      Types.Unknown = true;
  }
  Types.Unknown |= Maker->SocketTypes.empty();
  return Types;
}

/// Why a socket of Type, as socket() has it, is not one of TCP.
static SilenceReason findOtherType(const FunctionFlow &Flow, int64_t Type) {
  const TargetConstants &Target = TargetConstants::of(Flow.getUnit());
  if ((Type & SocketTypeMask) == Target.Stream || Type == 0)
    return SilenceReason::None;
  return (Type & SocketTypeMask) == Target.Datagram
             ? SilenceReason::Datagram
             : SilenceReason::OtherProtocol;
}

/// True unless E, an argument of socket(), is known at Create, or by what is
/// tested in front of Attempt, to be no SOCK_STREAM.
static bool mayBeStream(const FunctionFlow &Flow, const Expr *E,
                        const CallExpr *Create, const CallExpr *Attempt) {
  const int64_t Stream = TargetConstants::of(Flow.getUnit()).Stream;
  E = E->IgnoreParenCasts();
  auto IsIt = [&](const AccessPath &Path) { return Path == Flow.path(E); };
  // `is_stream ? SOCK_DGRAM : type`
  if (const auto *Choice = dyn_cast<ConditionalOperator>(E)) {
    for (bool Truth : {true, false}) {
      const Expr *Arm = Truth ? Choice->getTrueExpr() : Choice->getFalseExpr();
      auto IsArm = [&](const AccessPath &Path) {
        return Path == Flow.path(Arm);
      };
      if (!excludes(Flow, Choice->getCond(), Truth, IsArm, Stream) &&
          mayBeStream(Flow, Arm, Create, Attempt))
        return true;
    }
    return false;
  }
  if (std::optional<int64_t> Type = findIntValues(Flow, E, Create).single())
    return (*Type & SocketTypeMask) == Stream || *Type == 0;
  return !isExcludedAt(Flow, Create, IsIt, Stream) &&
         !(Attempt && isExcludedAt(Flow, Attempt, IsIt, Stream));
}

/// True if the conditions on every way to Use say that what is asked about is
/// no family of TCP.
static bool isOtherFamilyAt(const FunctionFlow &Flow, const Stmt *Use,
                            IsAsked Asked) {
  const TargetConstants &Target = TargetConstants::of(Flow.getUnit());
  const int64_t Families[] = {Target.Inet, Target.Inet6};
  return llvm::all_of(Families, [&](int64_t Family) {
    return isExcludedAt(Flow, Use, Asked, Family);
  });
}

/// Why the arguments of socket(), or what is tested in front of it or of
/// Attempt, a call in the same function, say for certain that it is not TCP.
static SilenceReason findOtherArguments(const FunctionFlow &Flow,
                                        const CallExpr *Create,
                                        const Entry *Via,
                                        const CallExpr *Attempt) {
  auto Find = [&](unsigned Argument) {
    return findIntValues(Flow.getUnit(), Create->getArg(Argument),
                         {&Flow, Create, Via});
  };
  if (findSocketMaker(Create)) {
    std::optional<int64_t> Type = findSocketType(Flow, Create, Via).single();
    return Type ? findOtherType(Flow, *Type) : SilenceReason::None;
  }
  IntValues Families = Find(0);
  if (std::optional<int64_t> Family = Families.single()) {
    const TargetConstants &Target = TargetConstants::of(Flow.getUnit());
    // 0 is AF_UNSPEC, on every system.
    if (*Family != 0 && *Family != Target.Inet && *Family != Target.Inet6)
      return SilenceReason::OtherFamily;
  } else {
    AccessPath Given = Flow.path(Create->getArg(0));
    auto IsIt = [&](const AccessPath &Path) { return Path == Given; };
    if (isOtherFamilyAt(Flow, Create, IsIt) ||
        (Attempt && isOtherFamilyAt(Flow, Attempt, IsIt)))
      return SilenceReason::OtherFamily;
  }
  IntValues Types = Find(1);
  if (std::optional<int64_t> Type = Types.single()) {
    if (SilenceReason Other = findOtherType(Flow, *Type);
        Other != SilenceReason::None)
      return Other;
  } else if (!mayBeStream(Flow, Create->getArg(1), Create, Attempt)) {
    return SilenceReason::OtherProtocol;
  }
  IntValues Protocols = Find(2);
  if (std::optional<int64_t> Protocol = Protocols.single())
    if (*Protocol != 0 && *Protocol != ProtocolTcp &&
        *Protocol != ProtocolMptcp)
      return SilenceReason::OtherProtocol;
  return SilenceReason::None;
}

/// True if what is tested in front of Call says of its address that it is one
/// of AF_UNIX, or another one that is not TCP's.
static bool isTestedToBeOther(const FunctionFlow &Flow, const CallExpr *Call) {
  const Expr *Address = getPlainArgument(Call, 1);
  AccessPath Object = Address ? Flow.pointee(Address) : AccessPath();
  if (!Object.isValid())
    return false;
  return isOtherFamilyAt(Flow, Call, [&](const AccessPath &Path) {
    static const llvm::StringRef Names[] = {"sa_family", "ss_family",
                                            "sin_family", "sin6_family",
                                            "sun_family", "ai_family"};
    if (Path.steps().empty() ||
        Path.steps().back().StepKind != AccessPath::Step::Field)
      return false;
    llvm::StringRef Name = Path.steps().back().Member->getName();
    // `ai->ai_family` is that of what ai->ai_addr points to.
    return llvm::is_contained(Names, Name) &&
           (Object.contains(Path) ||
            (Name == "ai_family" && Path.withoutLastStep().contains(Object)));
  });
}

Silence findOtherProtocol(const FunctionFlow &Flow, const CallExpr *Call,
                          const Endpoint &Address, const Entry *Via) {
  if (Address.Family == AddressFamily::Other)
    return {SilenceReason::OtherFamily, Address.FamilyOrigin};
  if (Address.ResolvedType > 0)
    if (SilenceReason Other = findOtherType(Flow, Address.ResolvedType);
        Other != SilenceReason::None)
      return {Other, Address.ResolvedTypeOrigin};
  if (isTestedToBeOther(Flow, Call))
    return {SilenceReason::OtherFamily, Call->getBeginLoc()};
  SocketOrigins Origins = findSocketOrigins(Flow, Call->getArg(0), Call);
  Silence Why;
  if (Origins.Unknown)
    return Why;
  for (const SocketOrigins::Creation &Create : Origins.Creations) {
    bool IsHere = Create.Flow == &Flow;
    SilenceReason Other =
        findOtherArguments(*Create.Flow, Create.Call, IsHere ? Via : nullptr,
                           IsHere ? Call : nullptr);
    if (Other == SilenceReason::None)
      return {};
    Why.add({Other, Create.Call->getBeginLoc()});
  }
  return Why;
}

Source findSource(const FunctionFlow &Flow, const CallExpr *Attempt) {
  Source Bound;
  Bound.FixedPort = true;
  bool MayBeUnbound =
      forEachBindBefore(Flow, Attempt, [&](const CallExpr *Bind, Place At) {
        Endpoint Each = findEndpoint(*At.Flow, Bind, 1, At.Via);
        // Port 0 lets the kernel choose as before; an unknown port was chosen
        // by somebody who meant something by it.
        Bound.FixedPort &= !Each.Ports.mayBe(0);
        if (!Bound.Bound) {
          Bound.Host = Each.Host;
          Bound.HostText = Each.HostText;
        } else if (Each.Host != Bound.Host || Each.HostText != Bound.HostText) {
          Bound.Host = HostKind::Unknown;
          Bound.HostText.clear();
        }
        Bound.Bound = true;
        Bound.BoundAt = Bind->getBeginLoc();
      });
  return MayBeUnbound || !Bound.Bound ? Source() : Bound;
}

static bool isAnyAddress(llvm::StringRef Host) {
  return Host == "0.0.0.0" || Host == "::";
}

Silence Source::findObstacle(const Endpoint &Destination) const {
  if (FixedPort)
    return {SilenceReason::SourcePortFixed, BoundAt};
  // A socket that connects to 127.0.0.2 or to another address of its host may
  // be given a different source: not if it is bound to that one.
  if (Destination.Host == HostKind::Remote) {
    if (Bound && !HostText.empty() && HostText == Destination.HostText)
      return {};
    Silence Why(SilenceReason::OtherHost, Destination.HostOrigin);
    Why.Text = Destination.HostText;
    return Why;
  }
  // The any address stands for the source's (ip_route_output_key_hash_rcu() in
  // net/ipv4/route.c, Linux 6.1).
  if (Bound && Host == HostKind::Remote &&
      Destination.Host != HostKind::Unknown &&
      !isAnyAddress(Destination.HostText))
    return {SilenceReason::SourceElsewhere, BoundAt};
  return {};
}

/// The setsockopt() of Option that the socket of Attempt has had on every way to
/// it; null if there is none.
static const CallExpr *findSetting(const FunctionFlow &Flow,
                                   const CallExpr *Attempt, int64_t Level,
                                   int64_t Option) {
  AccessPath Socket = Flow.path(Attempt->getArg(0));
  if (!Socket.isValid())
    return nullptr;
  auto IsSetting = [&](const Stmt *S) {
    const auto *Call = dyn_cast<CallExpr>(S);
    return Call && getFreeFunctionName(Call) == "setsockopt" &&
           Call->getNumArgs() == 5 && Flow.path(Call->getArg(0)) == Socket &&
           findIntValues(Flow, Call->getArg(1), Call).single() == Level &&
           findIntValues(Flow, Call->getArg(2), Call).single() == Option;
  };
  const CallExpr *Setting = nullptr;
  bool IsNew = false;
  bool FromEntry = Flow.walkBack(Attempt, [&](const Stmt *S) {
    if (IsSetting(S)) {
      Setting = cast<CallExpr>(S);
      return true;
    }
    IsNew |= llvm::any_of(Flow.writesAt(S), [&](const Write &W) {
      return W.Target.contains(Socket) && W.WriteKind != Write::Pass;
    });
    return IsNew;
  });
  return FromEntry || IsNew ? nullptr : Setting;
}

/// The number that Setting, a setsockopt(), is handed by its address.
static std::optional<int64_t> findSetValue(const FunctionFlow &Flow,
                                           const CallExpr *Setting) {
  const auto *Address =
      dyn_cast<UnaryOperator>(getPlainArgument(Setting, 3)->IgnoreParenCasts());
  if (!Address || Address->getOpcode() != UO_AddrOf)
    return std::nullopt;
  return findIntValues(Flow, Address->getSubExpr(), Setting).single();
}

bool reusesAddress(const FunctionFlow &Flow, const CallExpr *Attempt) {
  const TargetConstants &Target = TargetConstants::of(Flow.getUnit());
  const CallExpr *Setting =
      findSetting(Flow, Attempt, Target.SocketLevel, Target.ReuseAddress);
  return Setting && findSetValue(Flow, Setting).value_or(1) != 0;
}

std::optional<LocalPortRange> findLocalPortRange(const FunctionFlow &Flow,
                                                 const CallExpr *Attempt) {
  static constexpr int64_t LevelIp = 0;               // IPPROTO_IP, SOL_IP
  static constexpr int64_t OptionLocalPortRange = 51; // Linux 6.3
  const CallExpr *Setting =
      findSetting(Flow, Attempt, LevelIp, OptionLocalPortRange);
  if (!Setting)
    return std::nullopt;
  // High << 16 | Low; 0 leaves that end as the system has it.
  LocalPortRange Range;
  Range.SetAt = Setting->getBeginLoc();
  if (std::optional<int64_t> Value = findSetValue(Flow, Setting)) {
    Range.Low = *Value & 0xffff;
    Range.High = (*Value >> 16) & 0xffff;
  }
  return Range;
}

} // namespace selfconnect
} // namespace tidy
} // namespace clang
