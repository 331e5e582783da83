//===- Binds.h - what gave a socket its local address -----------*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

///
/// \file
/// From listen() back to the bind() calls before it: in the same function, in
/// the functions that have been handed the socket or have made it, and in the
/// callers; where these say nothing, to those of whatever object has its socket
/// in the same field.
///
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_CHECKS_ANALYSIS_BINDS_H
#define SELFCONNECT_CHECKS_ANALYSIS_BINDS_H

#include "Definitions.h"

namespace clang {
namespace tidy {
namespace selfconnect {

/// Calls Each with every bind() that may have bound the socket (argument 0) of
/// Listen, and the place of that bind(): its function, and the calls by which
/// the search came there.
void forEachBind(const FunctionFlow &Flow, const CallExpr *Listen,
                 llvm::function_ref<void(const CallExpr *, Place)> Each);

} // namespace selfconnect
} // namespace tidy
} // namespace clang

#endif // SELFCONNECT_CHECKS_ANALYSIS_BINDS_H
