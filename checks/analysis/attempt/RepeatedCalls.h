//===- RepeatedCalls.h - calls that come round by themselves ----*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

///
/// \file
/// Whether a call of a function that is kept somewhere, `task->run()`, calls
/// the same one again and again, and for no other reason than that time passes.
///
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_CHECKS_ANALYSIS_ATTEMPT_REPEATEDCALLS_H
#define SELFCONNECT_CHECKS_ANALYSIS_ATTEMPT_REPEATEDCALLS_H

#include "../code/TranslationUnit.h"

namespace clang {
namespace tidy {
namespace selfconnect {

/// True if Call, in By, is made whenever a time has come that is then set
/// anew, or on each turn of a loop that pauses. One that walks over a list
/// calls another function on each turn; the loop around it counts. What is
/// taken off the list for that is called once.
bool isRepeatedCall(const CallExpr *Call, const FunctionDecl *By,
                    TranslationUnit &Unit);

} // namespace selfconnect
} // namespace tidy
} // namespace clang

#endif // SELFCONNECT_CHECKS_ANALYSIS_ATTEMPT_REPEATEDCALLS_H
