//===- CallEffects.h - what a call changes, and from what -------*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

///
/// \file
/// "The callee may write" and "it is made from what stands beside it" are two
/// claims. A callee in sight is asked for both. One out of sight may change
/// what it is handed as a pointer to non-const; it makes that from its other
/// arguments only if a row of the API table says so, or if nothing else can
/// have made it.
///
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_CHECKS_ANALYSIS_CODE_CALLEFFECTS_H
#define SELFCONNECT_CHECKS_ANALYSIS_CODE_CALLEFFECTS_H

#include "Feeders.h"

namespace clang {
namespace tidy {
namespace selfconnect {

/// Adds what the call of W, a Write::Pass, makes W.Target from.
void collectIngredients(const FunctionFlow &Flow, const Write &W,
                        PathSet &Paths);

/// The objects of the caller that Call, of a function in sight, moves on to
/// their next value: `list_advance(&cursor)`.
PathSet findAdvancedBy(const FunctionFlow &Flow, const CallExpr *Call);

/// True if each evaluation of E gives the next one of something: `strtok()`,
/// `list_next()`.
bool givesNext(const Expr *E, const FunctionFlow &Flow);

/// True if the call of W, a Write::Pass, puts the next one of something into
/// W.Target, or moves that on.
bool putsNext(const FunctionFlow &Flow, const Write &W);

/// `jobs.pop_front()`: true if the method moves its object on.
bool movesObject(const FunctionFlow &Flow, const CXXMemberCallExpr *Call);

} // namespace selfconnect
} // namespace tidy
} // namespace clang

#endif // SELFCONNECT_CHECKS_ANALYSIS_CODE_CALLEFFECTS_H
