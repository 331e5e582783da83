//===- NeverReturns.h - functions that end the program ----------*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

///
/// \file
/// `die("cannot connect")` without an attribute: no path goes on behind it.
///
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_CHECKS_ANALYSIS_ATTEMPT_NEVERRETURNS_H
#define SELFCONNECT_CHECKS_ANALYSIS_ATTEMPT_NEVERRETURNS_H

#include "../code/FunctionFlow.h"

namespace clang {
namespace tidy {
namespace selfconnect {

/// True if Call is known never to come back, be its callee declared so, be its
/// body in this file, or be it known from another file.
bool neverReturns(TranslationUnit &Unit, const CallExpr *Call);

/// The same of a function with a body here.
bool neverReturns(TranslationUnit &Unit, const FunctionDecl *Function);

} // namespace selfconnect
} // namespace tidy
} // namespace clang

#endif // SELFCONNECT_CHECKS_ANALYSIS_ATTEMPT_NEVERRETURNS_H
