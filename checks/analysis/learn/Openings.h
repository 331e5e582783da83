//===- Openings.h - a function as callers elsewhere see it ------*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

///
/// \file
/// A call that connects or listens stands in a function, which others call,
/// which others call. Each of those that another file can call is an opening:
/// there the question begins with parameters that are whatever the caller
/// gives.
///
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_CHECKS_ANALYSIS_LEARN_OPENINGS_H
#define SELFCONNECT_CHECKS_ANALYSIS_LEARN_OPENINGS_H

#include "../code/FunctionFlow.h"
#include "../values/Definitions.h"

namespace clang {
namespace tidy {
namespace selfconnect {

/// A way down from Root, a function that other files can call, to the function
/// of the call that is asked about.
struct Opening {
  const FunctionDecl *Root;
  /// What the question is asked with, in the function of the call.
  const Entry *Via;
  /// The calls on the way, outermost first, and the functions that they call.
  llvm::ArrayRef<const CallExpr *> Calls;
  llvm::ArrayRef<const FunctionDecl *> Callees;
};

/// Calls Each for the function of Flow itself and for all that lead to it.
void forEachOpening(const FunctionFlow &Flow,
                    llvm::function_ref<void(const Opening &)> Each);

} // namespace selfconnect
} // namespace tidy
} // namespace clang

#endif // SELFCONNECT_CHECKS_ANALYSIS_LEARN_OPENINGS_H
