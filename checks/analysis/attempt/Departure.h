//===- Departure.h - where a failed attempt goes else -----------*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

///
/// \file
/// The places to show a user who asks why a failed attempt is no retry: where
/// it leaves the loop, or goes on to the next destination.
///
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_CHECKS_ANALYSIS_ATTEMPT_DEPARTURE_H
#define SELFCONNECT_CHECKS_ANALYSIS_ATTEMPT_DEPARTURE_H

#include "../code/Silence.h"
#include "AttemptContext.h"

namespace clang {
namespace tidy {
namespace selfconnect {

/// From one block to the next, from which no way leads back: the jump, the
/// return or the call that never returns, or the loop's condition.
Silence findDeparture(const FunctionFlow &Flow, const CFGBlock *From,
                      const CFGBlock *To);

/// The last write on the way, or else the call that closes it, by which it goes
/// to another destination.
SourceLocation findAdvance(const AttemptContext &Context, const Arrival &Way);

} // namespace selfconnect
} // namespace tidy
} // namespace clang

#endif // SELFCONNECT_CHECKS_ANALYSIS_ATTEMPT_DEPARTURE_H
