//===- Limits.h - say where the analysis has given up -----------*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

///
/// \file
/// Every limit, on the work and on what is kept of it (how many values an
/// expression may have, how long a string may be), is a named constant where it
/// is used. Reaching one may cost a finding, so it is said, on standard error,
/// to those who have set the environment variable SELFCONNECT_DEBUG.
/// (LLVM_DEBUG is no help: it is compiled out of the clang-tidy that people
/// install.)
///
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_CHECKS_ANALYSIS_CODE_LIMITS_H
#define SELFCONNECT_CHECKS_ANALYSIS_CODE_LIMITS_H

#include "clang/AST/Decl.h"
#include "llvm/ADT/StringRef.h"

namespace clang {
namespace tidy {
namespace selfconnect {

/// Name is the constant, Function where the work was cut off; null outside of
/// functions. What is said twice in a row is said once.
void reportLimit(llvm::StringRef Name, const FunctionDecl *Function);

} // namespace selfconnect
} // namespace tidy
} // namespace clang

#endif // SELFCONNECT_CHECKS_ANALYSIS_CODE_LIMITS_H
