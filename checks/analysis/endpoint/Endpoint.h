//===- Endpoint.h - the address behind a sockaddr argument ------*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

///
/// \file
/// Which ports, host and address family the `const sockaddr *` argument of
/// bind() or connect() may have, followed through the fields of the object,
/// through inet_pton() and its kin, and through getaddrinfo().
///
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_CHECKS_ANALYSIS_ENDPOINT_ENDPOINT_H
#define SELFCONNECT_CHECKS_ANALYSIS_ENDPOINT_ENDPOINT_H

#include "../code/Feeders.h"
#include "../values/Values.h"
#include <string>

namespace clang {
namespace tidy {
namespace selfconnect {

struct Entry;
struct Place;

/// As far as a self-connect is concerned.
enum class HostKind {
  SameHost, ///< 127.0.0.1, ::1, any address, localhost
  Remote,   ///< a known name or address that is none of these
  Unknown
};

enum class AddressFamily { Unknown, Inet, Inet6, Other };

struct Endpoint {
  /// In host byte order, as the kernel will see them.
  IntValues Ports;
  HostKind Host = HostKind::Unknown;
  /// For HostKind::SameHost, the address: "127.0.0.1", "::1". For Remote, what
  /// is written where that is one host only, else empty.
  std::string HostText;
  /// For Remote, where the first of its names stands.
  SourceLocation HostOrigin;
  AddressFamily Family = AddressFamily::Unknown;
  /// Where the value of the family stands, if it is one.
  SourceLocation FamilyOrigin;
  /// What callers in other files give: the host, or the whole address. Ports
  /// that they give are among Ports.
  AccessPath OpenHost, OpenAddress;
  /// From getaddrinfo() with AI_PASSIVE: an address to listen on.
  bool Passive = false;
  /// The socket type that getaddrinfo() was asked for, or -1.
  int64_t ResolvedType = -1;
  SourceLocation ResolvedTypeOrigin;
};

/// The endpoint that the sockaddr argument of Call (1 for bind and connect)
/// names. Via, if not null, is the call that the function is looked at for.
Endpoint findEndpoint(const FunctionFlow &Flow, const CallExpr *Call,
                      unsigned Argument = 1, const Entry *Via = nullptr);

/// The same of the object Address at a place.
Endpoint findEndpointOf(const FunctionFlow &Flow, const AccessPath &Address,
                        Place At);

HostKind classifyHost(llvm::StringRef Host);

} // namespace selfconnect
} // namespace tidy
} // namespace clang

#endif // SELFCONNECT_CHECKS_ANALYSIS_ENDPOINT_ENDPOINT_H
