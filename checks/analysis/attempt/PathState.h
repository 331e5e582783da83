//===- PathState.h - what is known at one point of one path -----*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

///
/// \file
/// The state that a walk over the CFG carries, and when two states become one.
///
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_CHECKS_ANALYSIS_ATTEMPT_PATHSTATE_H
#define SELFCONNECT_CHECKS_ANALYSIS_ATTEMPT_PATHSTATE_H

#include "../code/Feeders.h"
#include "AbstractValue.h"
#include <tuple>

namespace clang {
namespace tidy {
namespace selfconnect {

/// A comparison of two objects whose outcome matters: `j < count`.
struct Relation {
  AccessPath Left, Right;
  bool IsLess; ///< Left < Right; otherwise Left == Right
  bool operator<(const Relation &Other) const {
    return std::tie(Left, Right, IsLess) <
           std::tie(Other.Left, Other.Right, Other.IsLess);
  }
  bool operator==(const Relation &Other) const {
    return Left == Other.Left && Right == Other.Right && IsLess == Other.IsLess;
  }
};

/// What is known at one point of one path.
struct PathState {
  /// Absent: unknown.
  PathValues Values;
  /// How the path has seen comparisons come out. Absent: unknown.
  FlatMap<Relation, bool> Relations;
  /// For objects written on this path: which objects their value was made from,
  /// as those were at the attempt. An object made from itself has advanced.
  FlatMap<AccessPath, PathSet> MadeFrom;
  /// Where && || ?: went, while the expression around them is evaluated.
  FlatMap<const Stmt *, unsigned> Branches;
  /// The socket() call, or other source, of the socket that the path last put
  /// into the attempt's socket variable; null while it is the same socket.
  const Stmt *NewSocket = nullptr;
  /// RefusedLater: SO_ERROR has told of the refusal.
  bool SawError = false;
  /// Of the exception thrown last: its type; null if that is not known.
  QualType Thrown;

  bool operator==(const PathState &Other) const {
    return NewSocket == Other.NewSocket && SawError == Other.SawError &&
           Thrown == Other.Thrown && Values == Other.Values &&
           Relations == Other.Relations && MadeFrom == Other.MadeFrom &&
           Branches == Other.Branches;
  }
};

/// True if A and B, of one place and with the same advances, may become one
/// state.
bool mayJoin(const PathState &A, const PathState &B);
/// True if what is known in Less is known in More as well, and nothing else
/// sets them apart: what follows Less follows More, too.
bool covers(const PathState &Less, const PathState &More);
/// What holds in both.
PathState join(const PathState &A, const PathState &B);

} // namespace selfconnect
} // namespace tidy
} // namespace clang

#endif // SELFCONNECT_CHECKS_ANALYSIS_ATTEMPT_PATHSTATE_H
