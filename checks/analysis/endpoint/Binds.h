//===- Binds.h - what gave a socket its local address -----------*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

///
/// \file
/// From listen() or connect() back to the bind() calls before it: in the same
/// function, in the functions that have been handed the socket or have made it,
/// and in the callers.
///
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_CHECKS_ANALYSIS_ENDPOINT_BINDS_H
#define SELFCONNECT_CHECKS_ANALYSIS_ENDPOINT_BINDS_H

#include "../values/Definitions.h"

namespace clang {
namespace tidy {
namespace selfconnect {

/// Takes a bind() and its place: its function, and the calls by which the
/// search came there.
using BindCallback = llvm::function_ref<void(const CallExpr *, Place)>;

/// Calls Each with every bind() that may have bound the socket (argument 0) of
/// Call on the way there.
/// \returns whether there may be a way on which it is not bound.
bool forEachBindBefore(const FunctionFlow &Flow, const CallExpr *Call,
                       BindCallback Each);

/// The same; where there is none, calls Each with every bind() of whatever
/// object has its socket in the same place, as a class has whose methods bind
/// and listen.
void forEachBindOf(const FunctionFlow &Flow, const CallExpr *Listen,
                   BindCallback Each, const Entry *Via = nullptr);

} // namespace selfconnect
} // namespace tidy
} // namespace clang

#endif // SELFCONNECT_CHECKS_ANALYSIS_ENDPOINT_BINDS_H
