//===- LaterCycle.h - cycles that close through a handler -------*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

///
/// \file
/// An attempt may tell only later what it has come to: to a callback, a slot, a
/// method of an event loop's client. What that does next may be a retry.
///
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_CHECKS_ANALYSIS_RETRY_LATERCYCLE_H
#define SELFCONNECT_CHECKS_ANALYSIS_RETRY_LATERCYCLE_H

#include "RetryCycle.h"

namespace clang {
namespace tidy {
namespace selfconnect {

/// True if success, as Connected has it, arranges for the same thing as the
/// failure of Way does: a periodic job, an event loop.
bool comesBackConnected(const Exploration &Connected, const Arrival &Way);

/// Cycle, or else the one that closes through a function which is called once
/// the attempt has failed later. Nothing where such a function rejects what met
/// itself. ByHandlers: whom the library calls is told by being called.
Answer<RetryCycle> findLaterCycle(const AttemptContext &Context,
                                  bool ByHandlers, Answer<RetryCycle> Cycle);

} // namespace selfconnect
} // namespace tidy
} // namespace clang

#endif // SELFCONNECT_CHECKS_ANALYSIS_RETRY_LATERCYCLE_H
