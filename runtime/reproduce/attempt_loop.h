//===- attempt_loop.h - connect() until the socket meets itself -*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_REPRODUCE_ATTEMPT_LOOP_H
#define SELFCONNECT_REPRODUCE_ATTEMPT_LOOP_H

#include "sandbox/fd.h"
#include "sandbox/socket_address.h"
#include "selfconnect/reproduce_note.h"

#include <chrono>
#include <cstdint>
#include <functional>

namespace selfconnect::detail {

struct AttemptPlan {
  SocketAddress target;
  SocketMode mode = SocketMode::New;
  std::uint64_t maxTries = 1;
  /// After so many a loop that reuses its socket begins with a new one.
  std::optional<std::uint64_t> triesPerCall;
  std::chrono::milliseconds timeout{60000};
  /// What is done to each socket before its first connect().
  std::function<void(int fd)> prepare;
  /// Called some ten times a second.
  std::function<void(std::uint64_t tries, double seconds)> progress;
};

struct AttemptResult {
  enum class End { Connected, OutOfTries, OutOfTime };
  End end = End::OutOfTries;
  Fd socket; ///< the connected one, blocking
  std::uint64_t tries = 0;
  std::uint64_t triesWithoutPort = 0; ///< of these, without a source port
  double seconds = 0;
};

/// The retry loop of a client without a server. A refused connection is a miss,
/// and so is a try for which no source port was free; any other failure ends it
/// with EnvironmentError.
AttemptResult runAttempts(const AttemptPlan &plan);

} // namespace selfconnect::detail

#endif // SELFCONNECT_REPRODUCE_ATTEMPT_LOOP_H
