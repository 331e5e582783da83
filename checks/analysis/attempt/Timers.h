//===- Timers.h - who is called again by something armed --------*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

///
/// \file
/// A handler may be given to a timer, a signal or a std::function long before
/// the attempt fails: then who arms that again calls the handler again, though
/// nothing names it there.
///
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_CHECKS_ANALYSIS_ATTEMPT_TIMERS_H
#define SELFCONNECT_CHECKS_ANALYSIS_ATTEMPT_TIMERS_H

#include "../code/FunctionFlow.h"
#include "llvm/ADT/SmallPtrSet.h"

namespace clang {
namespace tidy {
namespace selfconnect {

/// The functions and lambdas that S hands on; what a lambda does itself apart.
void collectHandedOn(const Stmt *S, TranslationUnit &Unit,
                     std::vector<const FunctionDecl *> &Found);

/// True if Call arms a timer, or calls a std::function, that one of Functions
/// was given to. They are canonical.
bool armsAny(const FunctionFlow &Flow, const CallExpr *Call,
             const llvm::SmallPtrSetImpl<const FunctionDecl *> &Functions);

/// The call that gives Function to a timer which calls it again for as long as
/// it returns true; null if there is none.
const CallExpr *findTimerWhileTrue(TranslationUnit &Unit,
                                   const FunctionDecl *Function);

} // namespace selfconnect
} // namespace tidy
} // namespace clang

#endif // SELFCONNECT_CHECKS_ANALYSIS_ATTEMPT_TIMERS_H
