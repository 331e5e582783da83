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

#include "../attempt/AttemptContext.h"
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

/// None where a refused attempt is not repeated, or where a socket that is
/// connected to itself is rejected. Later: the library says what came of the
/// attempt by calling a function.
Answer<RetryCycle> findRetryCycle(const AttemptContext &Context,
                                  bool Later = false);

/// The cycle that the function of Context holds whole, whoever calls it; as it
/// is, guarded or not.
Answer<RetryCycle> findOwnCycle(const AttemptContext &Context);

} // namespace selfconnect
} // namespace tidy
} // namespace clang

#endif // SELFCONNECT_CHECKS_ANALYSIS_RETRY_RETRYCYCLE_H
