//===- RetryCycle.h - cycles through a connect attempt ----------*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

///
/// \file
/// Whether a refused connect attempt is made again with the same destination,
/// and what is known of the cycle.
///
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_CHECKS_ANALYSIS_RETRY_RETRYCYCLE_H
#define SELFCONNECT_CHECKS_ANALYSIS_RETRY_RETRYCYCLE_H

#include "../attempt/World.h"
#include "selfconnect/reproduce_note.h"
#include "clang/Basic/SourceLocation.h"
#include <optional>

namespace clang {
namespace tidy {
namespace selfconnect {

struct RetryCycle {
  ::selfconnect::SocketMode Socket = ::selfconnect::SocketMode::New;
  /// Where the new socket is made, or where the same one is connected again.
  SourceLocation SocketLocation;
  /// The loop statement, or the goto, that closes the cycle.
  SourceLocation LoopLocation;
  /// How many tries a counted loop makes.
  std::optional<uint64_t> Tries;
  /// The constant pauses between two tries, in seconds; absent where there is
  /// none or one of unknown length.
  std::optional<double> PauseSeconds;
  /// The attempt tells of its failure only later, by SO_ERROR.
  bool Later = false;
};

/// True if there is a way from Block to Target, which may be Block itself.
bool leadsTo(const CFGBlock *Block, const CFGBlock *Target);

/// The cycle that Way closes.
RetryCycle describeCycle(const AttemptContext &Context, const Arrival &Way);

/// True if success, as Connected has it, arranges for the same thing as the
/// failure of Way does: a periodic job, an event loop.
bool comesBackConnected(const Exploration &Connected, const Arrival &Way);

/// Cycle, or else the one that closes through a function which is called once
/// the attempt has failed later. Nothing where such a function rejects what met
/// itself. ByHandlers: whom the library calls is told by being called.
std::optional<RetryCycle> findLaterCycle(const AttemptContext &Context,
                                         bool ByHandlers,
                                         std::optional<RetryCycle> Cycle);

/// Nothing where a refused attempt is not repeated, or where a socket that is
/// connected to itself is rejected. Later: the library says what came of the
/// attempt by calling a function.
std::optional<RetryCycle> findRetryCycle(const AttemptContext &Context,
                                         bool Later = false);

} // namespace selfconnect
} // namespace tidy
} // namespace clang

#endif // SELFCONNECT_CHECKS_ANALYSIS_RETRY_RETRYCYCLE_H
