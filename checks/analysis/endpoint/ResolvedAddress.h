//===- ResolvedAddress.h - what getaddrinfo() found -------------*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

///
/// \file
/// From a node of a list of addresses back to the getaddrinfo() that made the
/// list, however it was handed on: by a parameter, a return value, a pointer to
/// a pointer, a global, a member, a smart pointer.
///
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_CHECKS_ANALYSIS_ENDPOINT_RESOLVEDADDRESS_H
#define SELFCONNECT_CHECKS_ANALYSIS_ENDPOINT_RESOLVEDADDRESS_H

#include "../values/Definitions.h"

namespace clang {
namespace tidy {
namespace selfconnect {

/// Takes a getaddrinfo() and its place, or null for a list from elsewhere. The
/// place lives no longer than that call.
using ResolveCallback = llvm::function_ref<void(const CallExpr *, Place)>;

/// The pointer to the node of which Address, `p->ai_addr` and what it points
/// to, is a part; invalid if it is none.
AccessPath getResolvedNode(const AccessPath &Address);

/// Calls Each with every getaddrinfo() whose list the pointer Node may lead
/// into at At.
void forEachResolve(TranslationUnit &Unit, const AccessPath &Node, Place At,
                    ResolveCallback Each);

} // namespace selfconnect
} // namespace tidy
} // namespace clang

#endif // SELFCONNECT_CHECKS_ANALYSIS_ENDPOINT_RESOLVEDADDRESS_H
