//===- Sockets.h - where a socket comes from and what it is -----*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

///
/// \file
/// Follows a file descriptor back to the socket() calls that made it, and says
/// whether it can be a TCP socket and whether its local port was chosen.
///
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_CHECKS_ANALYSIS_ENDPOINT_SOCKETS_H
#define SELFCONNECT_CHECKS_ANALYSIS_ENDPOINT_SOCKETS_H

#include "../code/FunctionFlow.h"
#include "../code/Silence.h"
#include "Endpoint.h"

namespace clang {
namespace tidy {
namespace selfconnect {

struct Entry;

/// SOCK_TYPE_MASK of Linux: what of the type is no flag.
constexpr int64_t SocketTypeMask = 0xf;

/// The calls that may have made a socket.
struct SocketOrigins {
  /// A call of socket(), or of a function of another file that returns what it
  /// has made of it; and the function that the call stands in.
  struct Creation {
    const CallExpr *Call;
    const FunctionFlow *Flow;
  };
  llvm::SmallVector<Creation, 2> Creations;
  /// Constructions of an object that holds a socket, and calls that make what a
  /// library has in its place.
  llvm::SmallVector<const Expr *, 2> Objects;
  /// It may come from elsewhere, too: a parameter, another function.
  bool Unknown = false;

  /// What makes the socket, where nothing else may have; null if that is not
  /// known.
  const Expr *getMaker() const {
    if (Unknown)
      return nullptr;
    return !Creations.empty() ? Creations.front().Call
           : Objects.empty()  ? nullptr
                              : Objects.front();
  }
};
SocketOrigins findSocketOrigins(const FunctionFlow &Flow, const Expr *Socket,
                                const Stmt *Use);
SocketOrigins findSocketOrigins(const FunctionFlow &Flow,
                                const AccessPath &Socket, const Stmt *Use);

/// Of which type Create makes a socket, as socket() has it. Via: the call that
/// its function is looked at for; null where it is any.
IntValues findSocketType(const FunctionFlow &Flow, const CallExpr *Create,
                         const Entry *Via = nullptr);

/// Why it is certain that Call, which is bind(), listen() or connect(), is
/// about something other than TCP over IPv4 or IPv6; nothing where it may be
/// TCP. Via: the call that its function is looked at for; null where it is any.
Silence findOtherProtocol(const FunctionFlow &Flow, const CallExpr *Call,
                          const Endpoint &Address, const Entry *Via = nullptr);

/// True if Socket is made non-blocking before it is connected.
bool isNonblocking(const FunctionFlow &Flow, const AccessPath &Socket,
                   const Stmt *Attempt);

/// The same, or the function expects the attempt to end later: it asks for
/// EINPROGRESS or for SO_ERROR.
bool mayBeNonblocking(const FunctionFlow &Flow, const CallExpr *Attempt);

/// What the client itself says about the source of its attempt.
struct Source {
  /// bind() is called on every way to the attempt.
  bool Bound = false;
  /// With a port of its own, so that the kernel does not choose one.
  bool FixedPort = false;
  /// As in Endpoint, of what all these calls bind.
  HostKind Host = HostKind::Unknown;
  std::string HostText;
  /// One of these calls.
  SourceLocation BoundAt;

  /// Why a socket that has the drawn port cannot be at both ends, as the port,
  /// the route to Destination and the bound address go; nothing where it can.
  Silence findObstacle(const Endpoint &Destination) const;
};
Source findSource(const FunctionFlow &Flow, const CallExpr *Attempt);

/// True if the socket of Attempt has SO_REUSEADDR.
bool reusesAddress(const FunctionFlow &Flow, const CallExpr *Attempt);

/// What IP_LOCAL_PORT_RANGE confines the source port of the attempt to, if it
/// is set on every way there. Both ends are 0 where the range is not known.
struct LocalPortRange {
  int64_t Low = 0, High = 0;
  SourceLocation SetAt;
  bool isKnown() const { return Low != 0 || High != 0; }
};
std::optional<LocalPortRange> findLocalPortRange(const FunctionFlow &Flow,
                                                 const CallExpr *Attempt);

} // namespace selfconnect
} // namespace tidy
} // namespace clang

#endif // SELFCONNECT_CHECKS_ANALYSIS_ENDPOINT_SOCKETS_H
