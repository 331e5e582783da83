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
#include "../values/Definitions.h"
#include "Binds.h"
#include "clang/AST/ExprCXX.h"

namespace clang {
namespace tidy {
namespace selfconnect {

// Linux; the BSDs and Windows have the same figures but for AF_INET6.
static constexpr int64_t SockTypeMask = 0xf;
static constexpr int64_t SockStream = 1;
static constexpr int64_t SockDatagram = 2;
static constexpr int64_t ProtocolTcp = 6;
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
  FunctionFlow::LastWrites Last = Flow.findLastWrites(Use, [&](const Write &W) {
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
    if (Call->getType()->isIntegerType() && Call->getNumArgs() >= 3)
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

/// Why a socket of Type, as socket() has it, is not one of TCP.
static SilenceReason findOtherType(int64_t Type) {
  if ((Type & SockTypeMask) == SockStream || Type == 0)
    return SilenceReason::None;
  return (Type & SockTypeMask) == SockDatagram ? SilenceReason::Datagram
                                               : SilenceReason::OtherProtocol;
}

/// Why the arguments of socket() say for certain that it is not TCP.
static SilenceReason findOtherArguments(const FunctionFlow &Flow,
                                        const CallExpr *Create,
                                        const Entry *Via) {
  auto Find = [&](unsigned Argument) {
    return findIntValues(Flow.getUnit(), Create->getArg(Argument),
                         {&Flow, Create, Via});
  };
  IntValues Families = Find(0);
  if (std::optional<int64_t> Family = Families.single()) {
    static constexpr int64_t InetFamilies[] = {0, 2, 10, 23, 24, 28, 30};
    if (!llvm::is_contained(InetFamilies, *Family))
      return SilenceReason::OtherFamily;
  }
  IntValues Types = Find(1);
  if (std::optional<int64_t> Type = Types.single())
    if (SilenceReason Other = findOtherType(*Type);
        Other != SilenceReason::None)
      return Other;
  IntValues Protocols = Find(2);
  if (std::optional<int64_t> Protocol = Protocols.single())
    if (*Protocol != 0 && *Protocol != ProtocolTcp &&
        *Protocol != ProtocolMptcp)
      return SilenceReason::OtherProtocol;
  return SilenceReason::None;
}

Silence findOtherProtocol(const FunctionFlow &Flow, const CallExpr *Call,
                          const Endpoint &Address, const Entry *Via) {
  if (Address.Family == AddressFamily::Other)
    return {SilenceReason::OtherFamily, Address.FamilyOrigin};
  if (Address.ResolvedType > 0)
    if (SilenceReason Other = findOtherType(Address.ResolvedType);
        Other != SilenceReason::None)
      return {Other, Address.ResolvedTypeOrigin};
  SocketOrigins Origins = findSocketOrigins(Flow, Call->getArg(0), Call);
  Silence Why;
  if (Origins.Unknown)
    return Why;
  for (const SocketOrigins::Creation &Create : Origins.Creations) {
    SilenceReason Other = findOtherArguments(
        *Create.Flow, Create.Call, Create.Flow == &Flow ? Via : nullptr);
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

std::optional<LocalPortRange> findLocalPortRange(const FunctionFlow &Flow,
                                                 const CallExpr *Attempt) {
  static constexpr int64_t LevelIp = 0;               // IPPROTO_IP, SOL_IP
  static constexpr int64_t OptionLocalPortRange = 51; // Linux 6.3
  AccessPath Socket = Flow.path(Attempt->getArg(0));
  if (!Socket.isValid())
    return std::nullopt;
  const CallExpr *Setting = nullptr;
  bool MayBeUnset = false;
  auto IsSetting = [&](const Stmt *S) {
    const auto *Call = dyn_cast<CallExpr>(S);
    if (!Call || getFreeFunctionName(Call) != "setsockopt" ||
        Call->getNumArgs() != 5 || Flow.path(Call->getArg(0)) != Socket)
      return false;
    std::optional<int64_t> Level =
        findIntValues(Flow, Call->getArg(1), Call).single();
    std::optional<int64_t> Option =
        findIntValues(Flow, Call->getArg(2), Call).single();
    return Level == LevelIp && Option == OptionLocalPortRange;
  };
  MayBeUnset = Flow.walkBack(Attempt, [&](const Stmt *S) {
    if (IsSetting(S)) {
      Setting = cast<CallExpr>(S);
      return true;
    }
    for (const Write &W : Flow.writesAt(S))
      if (W.Target.contains(Socket) && W.WriteKind != Write::Pass) {
        MayBeUnset = true; // a new socket
        return true;
      }
    return false;
  }) || MayBeUnset;
  if (!Setting || MayBeUnset)
    return std::nullopt;
  // High << 16 | Low; 0 leaves that end as the system has it.
  LocalPortRange Range;
  Range.SetAt = Setting->getBeginLoc();
  const auto *Address =
      dyn_cast<UnaryOperator>(getPlainArgument(Setting, 3)->IgnoreParenCasts());
  if (Address && Address->getOpcode() == UO_AddrOf)
    if (std::optional<int64_t> Value =
            findIntValues(Flow, Address->getSubExpr(), Setting).single()) {
      Range.Low = *Value & 0xffff;
      Range.High = (*Value >> 16) & 0xffff;
    }
  return Range;
}

} // namespace selfconnect
} // namespace tidy
} // namespace clang
