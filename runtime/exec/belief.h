//===- belief.h - did the program believe a connection to itself *- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_EXEC_BELIEF_H
#define SELFCONNECT_EXEC_BELIEF_H

#include "exec_result.h"
#include "observer.h"

#include <optional>
#include <string>

namespace selfconnect::detail {

/// In seconds: a program that checks its sockets has done so by then.
constexpr double timeToNotice = 0.25;

struct Judgement {
  Belief belief;
  std::string reason;
};

/// What there is to know of the process besides the socket.
struct RunEnd {
  double lastTry = 0;        ///< of its threads, in seconds from the start
  std::optional<int> status; ///< what waitpid() says of it; nothing if it ran
                             ///< until the end of the run
};

Judgement judge(const SelfSocket &socket, const RunEnd &end);

} // namespace selfconnect::detail

#endif // SELFCONNECT_EXEC_BELIEF_H
