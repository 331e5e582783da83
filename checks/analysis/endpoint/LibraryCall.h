//===- LibraryCall.h - where a library call listens or connects -*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

///
/// \file
/// The endpoints of a call that a row of the API table describes: from its
/// port, its endpoint string, or the address object that another row made.
///
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_CHECKS_ANALYSIS_ENDPOINT_LIBRARYCALL_H
#define SELFCONNECT_CHECKS_ANALYSIS_ENDPOINT_LIBRARYCALL_H

#include "../api/NetworkApi.h"
#include "Endpoint.h"

namespace clang {
namespace tidy {
namespace selfconnect {

struct Entry;

/// Ports that go with one host.
struct LibraryTarget {
  HostKind Host = HostKind::Unknown;
  /// For HostKind::SameHost, an address to reproduce with. For Remote, what is
  /// written where that is one host only, else empty.
  std::string HostText;
  /// No host was given: a null pointer, or nothing.
  bool AnyHost = false;
  IntValues Ports;
  /// What callers in other files give: the host, the whole address, the text
  /// that has both. Ports that they give are among Ports.
  AccessPath OpenHost, OpenAddress, OpenText;
};

/// Where Call may listen or connect, as far as it is known; none where it is
/// known to have no endpoint of TCP. Flow is the
/// function that it stands in, null for an initialiser outside of functions;
/// Via, the call that this function is looked at for, as Place has it.
std::vector<LibraryTarget> findTargets(TranslationUnit &Unit,
                                       const FunctionFlow *Flow,
                                       const ApiCall &Call,
                                       const Entry *Via = nullptr);

} // namespace selfconnect
} // namespace tidy
} // namespace clang

#endif // SELFCONNECT_CHECKS_ANALYSIS_ENDPOINT_LIBRARYCALL_H
