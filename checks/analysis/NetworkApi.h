//===- NetworkApi.h - which call does what with TCP -------------*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

///
/// \file
/// The roles of the calls that the analysis knows, by name. Everything else
/// asks for a role and never for a name.
///
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_CHECKS_ANALYSIS_NETWORKAPI_H
#define SELFCONNECT_CHECKS_ANALYSIS_NETWORKAPI_H

#include "clang/AST/Expr.h"
#include "llvm/ADT/StringRef.h"
#include <string>
#include <vector>

namespace clang {
namespace tidy {
namespace selfconnect {

enum class ApiRole {
  None,
  Create,      ///< returns a new socket: socket()
  Bind,        ///< gives a socket (0) a local address (1)
  Listen,      ///< makes a socket (0) listen
  Connect,     ///< the connect attempt: socket 0, address 1
  Close,       ///< gives a socket (0) up
  LocalName,   ///< getsockname(): socket 0, writes argument 1
  PeerName,    ///< getpeername(): likewise
  SocketError, ///< getsockopt(SO_ERROR): socket 0, writes argument 3
  Ready,       ///< waits until a socket is ready: poll(), select()
  Sleep,       ///< pauses
  OtherEvent,  ///< waits for something that is no part of an attempt: accept()
  Resolve,     ///< getaddrinfo(): node 0, service 1, hints 2, writes 3
  Guard        ///< says whether a socket is connected to itself
};

/// The call's role, by the callee's name, scope and number of parameters.
ApiRole getApiRole(const CallExpr *Call);

/// True for a function that is known to tell whether a socket is connected to
/// itself, by the names that the field uses, or one of Extra.
bool isGuardFunction(const CallExpr *Call,
                     const std::vector<std::string> &Extra);

/// What a sleeping call's arguments mean.
struct SleepUnit {
  unsigned Argument;     ///< which argument holds the duration
  double SecondsPerUnit; ///< 0: a timespec or timeval, not followed
};
/// For a call of role Sleep.
SleepUnit getSleepUnit(const CallExpr *Call);

} // namespace selfconnect
} // namespace tidy
} // namespace clang

#endif // SELFCONNECT_CHECKS_ANALYSIS_NETWORKAPI_H
