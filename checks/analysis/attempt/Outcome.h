//===- Outcome.h - what becomes of an attempt in one world ------*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

///
/// \file
/// Of a call: what it returns, leaves and throws (Outcome). Of the function
/// around it: where that goes next (Exploration), and each way that leads back
/// to the attempt (Arrival).
///
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_CHECKS_ANALYSIS_ATTEMPT_OUTCOME_H
#define SELFCONNECT_CHECKS_ANALYSIS_ATTEMPT_OUTCOME_H

#include "../code/Silence.h"
#include "PathState.h"
#include "World.h"
#include "clang/Analysis/CFG.h"
#include "llvm/ADT/SmallPtrSet.h"
#include <vector>

namespace clang {
namespace tidy {
namespace selfconnect {

/// One way from the attempt back to itself.
struct Arrival {
  PathState State;
  /// The blocks on the way, the attempt's own first and last.
  std::vector<const CFGBlock *> Blocks;
  /// Where the function, or one that calls it, is called again or handed to
  /// something that calls it later; null if the way comes to the attempt
  /// itself.
  const Expr *Recursion = nullptr;
  /// Nothing that was known on the way has been given up: it is there, whatever
  /// else has not been followed to its end.
  bool IsExact = true;
  /// The call that Recursion is, or is an argument of; the lambda that it is.
  /// Null where it is none of these.
  const Expr *HandedBy = nullptr;
};

/// What an attempt, or a function that makes one, comes to in one world.
struct Outcome {
  /// It comes back, with this value.
  bool Returns = true;
  AbstractValue Result;
  /// What is known of the fields of the result, a record or a pointer to one.
  FieldValues Fields;
  /// What it leaves in objects of its caller: an error code, a field.
  PathValues Left;
  /// Objects of its caller that it has moved on: a cursor, a list.
  PathSet Advanced;
  /// It throws something of this type; null if that is not known.
  bool Throws = false;
  QualType Thrown;

  bool operator==(const Outcome &Other) const {
    return Returns == Other.Returns && Result == Other.Result &&
           Fields == Other.Fields && Left == Other.Left &&
           Throws == Other.Throws;
  }
  bool operator!=(const Outcome &Other) const { return !(*this == Other); }
};

struct Exploration {
  std::vector<Arrival> Arrivals;
  /// The blocks that are entered, at least in part.
  llvm::SmallPtrSet<const CFGBlock *, 32> Entered;
  /// What the function returns on the ways that leave it; absent if no way
  /// does. Unknown for a function that returns nothing.
  std::optional<AbstractValue> Returned;
  FieldValues ReturnedFields;
  /// What those ways leave in objects that live on.
  PathValues Left;
  /// What all ways out have moved on; absent while there is none.
  std::optional<PathSet> Advanced;
  /// Some way leaves by an exception, of this type if it is the only one.
  bool Throws = false;
  QualType Thrown;
  /// The work was cut off; what is missing is not known.
  bool Incomplete = false;
  /// Of a failure, what keeps its ways from the attempt.
  Silence Why;
};

} // namespace selfconnect
} // namespace tidy
} // namespace clang

#endif // SELFCONNECT_CHECKS_ANALYSIS_ATTEMPT_OUTCOME_H
