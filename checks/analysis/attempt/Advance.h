//===- Advance.h - what goes on to the next on the way ----------*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

///
/// \file
/// A way that leads back to the attempt is a retry only if it goes to the same
/// destination: nothing that the destination is made from was updated from
/// itself.
///
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_CHECKS_ANALYSIS_ATTEMPT_ADVANCE_H
#define SELFCONNECT_CHECKS_ANALYSIS_ATTEMPT_ADVANCE_H

#include "AttemptContext.h"
#include <map>

namespace clang {
namespace tidy {
namespace selfconnect {

/// Which objects of the destination, and of what the socket is chosen by, a
/// state has advanced.
class AdvanceFinder {
public:
  using Advances = std::vector<bool>; ///< one for each of the objects

  explicit AdvanceFinder(const AttemptContext &Context) : Context(Context) {}

  /// What it gives stays valid.
  const Advances &find(const PathState &State);

private:
  const AttemptContext &Context;
  /// By what was made from itself. Few ways differ in that.
  std::map<std::vector<AccessPath>, Advances> Known;
};

/// True if Path (or a part of it) was updated from itself on the way, by a
/// change of an object that Counts.
bool hasAdvanced(
    const PathState &State, const AccessPath &Path,
    llvm::function_ref<bool(const AccessPath &)> Counts =
        [](const AccessPath &) { return true; });

/// The blocks' conditions on the way, in its order.
std::vector<const Expr *> getConditions(const Arrival &Way);

/// The objects that a condition on the way tests and that the way has advanced,
/// where the condition decides whether there is a next attempt: the counters of
/// the loop.
PathSet findCounters(const AttemptContext &Context, const Arrival &Way);

/// True if the way goes to the next server, address, port or client rather than
/// back to the same one.
bool changesDestination(const AttemptContext &Context, const Arrival &Way);

} // namespace selfconnect
} // namespace tidy
} // namespace clang

#endif // SELFCONNECT_CHECKS_ANALYSIS_ATTEMPT_ADVANCE_H
