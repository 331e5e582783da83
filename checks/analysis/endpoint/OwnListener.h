//===- OwnListener.h - a program that connects to itself --------*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

///
/// \file
/// Where there is no socketpair(), a program listens, asks what port it was
/// given and connects there. While the listener is open nobody refuses that.
///
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_CHECKS_ANALYSIS_ENDPOINT_OWNLISTENER_H
#define SELFCONNECT_CHECKS_ANALYSIS_ENDPOINT_OWNLISTENER_H

#include "../code/FunctionFlow.h"
#include "../code/Silence.h"

namespace clang {
namespace tidy {
namespace selfconnect {

/// Says so if Attempt, a call of connect(), goes to a socket of this program
/// that listens and that is open then, on whatever way.
Silence findOwnListener(const FunctionFlow &Flow, const CallExpr *Attempt);

} // namespace selfconnect
} // namespace tidy
} // namespace clang

#endif // SELFCONNECT_CHECKS_ANALYSIS_ENDPOINT_OWNLISTENER_H
