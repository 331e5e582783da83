//===- Feeders.h - what flows into an object ------------------ -*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

///
/// \file
/// Which objects of a function have to do with one another, whatever the order.
///
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_CHECKS_ANALYSIS_CODE_FEEDERS_H
#define SELFCONNECT_CHECKS_ANALYSIS_CODE_FEEDERS_H

#include "FlatMap.h"
#include "FunctionFlow.h"

namespace clang {
namespace tidy {
namespace selfconnect {

using PathSet = FlatSet<AccessPath>;

/// The objects that are mentioned in S, each by its longest name.
void collectPaths(const FunctionFlow &Flow, const Stmt *S, PathSet &Paths);

/// Everything in the function that flows into the objects of Seed, whatever the
/// order: the seed itself included. What the call Except writes is left out.
PathSet findFeeders(const FunctionFlow &Flow, PathSet Seed,
                    const Expr *Except = nullptr);

bool overlapsAny(const PathSet &Paths, const AccessPath &Path);

} // namespace selfconnect
} // namespace tidy
} // namespace clang

#endif // SELFCONNECT_CHECKS_ANALYSIS_CODE_FEEDERS_H
