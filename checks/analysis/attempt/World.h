//===- World.h - what a connect attempt may come to -------------*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

///
/// \file
/// Each question about a connect attempt is a question about what the program
/// does next in a world that is fixed: the attempt is refused, it connects to
/// a server, or it connects to itself. Values that follow from the world are
/// known (the attempt returned -1, errno is ECONNREFUSED), a branch on a known
/// value goes one way, a branch on an unknown value both ways.
///
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_CHECKS_ANALYSIS_ATTEMPT_WORLD_H
#define SELFCONNECT_CHECKS_ANALYSIS_ATTEMPT_WORLD_H

namespace clang {
namespace tidy {
namespace selfconnect {

enum class World {
  Refused,      ///< returns -1 with ECONNREFUSED
  RefusedLater, ///< non-blocking: EINPROGRESS, ready, SO_ERROR is ECONNREFUSED
  Connected,    ///< returns 0, and the two ends differ
  MetItself     ///< returns 0, and the two ends are the same
};

} // namespace selfconnect
} // namespace tidy
} // namespace clang

#endif // SELFCONNECT_CHECKS_ANALYSIS_ATTEMPT_WORLD_H
