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

/// False if Call is of a function in sight that leaves Path, of the caller, as
/// it is, as all do that it calls.
bool mayChange(const FunctionFlow &Flow, const CallExpr *Call,
               const AccessPath &Path);

/// The objects of the caller that Call, of a function in sight, moves on to
/// their next value: `list_advance(&cursor)`.
PathSet findAdvancedBy(const FunctionFlow &Flow, const CallExpr *Call);

/// Of these, the ones that come round to where they began:
/// `at = (at + 1) % count`.
PathSet findRotatedBy(const FunctionFlow &Flow, const CallExpr *Call);

/// What the function of Flow has moved on when it comes to Use, by whatever
/// way.
PathSet findAdvancedBefore(const FunctionFlow &Flow, const Stmt *Use);

/// True if no way to Use leaves Path as the function was handed it: a walk that
/// begins anew.
bool isSetBefore(const FunctionFlow &Flow, const AccessPath &Path,
                 const Stmt *Use);

/// True if S computes a remainder.
bool hasRemainder(const Stmt *S);

/// True if W moves its target round, or puts into it what a function in sight
/// moves round: `server = pool_next(pool)`.
bool rotates(const FunctionFlow &Flow, const Write &W);

/// True if each evaluation of E gives the next one of something: `strtok()`,
/// `list_next()`.
bool givesNext(const Expr *E, const FunctionFlow &Flow);

/// True if the call of W, a Write::Pass, puts the next one of something into
/// W.Target, or moves that on.
bool putsNext(const FunctionFlow &Flow, const Write &W);

/// True if W puts into its target what a function out of sight gives for as
/// long as there is another one, and a loop goes on for as long as that:
/// `while ((address = walk_get(walk)) != NULL)`.
bool isEnumerated(const FunctionFlow &Flow, const Write &W);

/// `jobs.pop_front()`: true if the method moves its object on.
bool movesObject(const FunctionFlow &Flow, const CXXMemberCallExpr *Call);

} // namespace selfconnect
} // namespace tidy
} // namespace clang

#endif // SELFCONNECT_CHECKS_ANALYSIS_CODE_CALLEFFECTS_H
