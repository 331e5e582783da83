//===- TestedValues.h - what conditions say of a value ----------*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

///
/// \file
/// A value that comes from outside may be known all the same, by what it has
/// been compared with on every way to a place: `if (type == SOCK_STREAM)
/// return;`, `switch (to->sa_family) { case AF_UNIX: ... }`.
///
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_CHECKS_ANALYSIS_ENDPOINT_TESTEDVALUES_H
#define SELFCONNECT_CHECKS_ANALYSIS_ENDPOINT_TESTEDVALUES_H

#include "../code/FunctionFlow.h"

namespace clang {
namespace tidy {
namespace selfconnect {

/// What the caller asks about, by its paths in Flow.
using IsAsked = llvm::function_ref<bool(const AccessPath &)>;

/// True if Condition, come out as Truth, says that what is asked about is not
/// Value.
bool excludes(const FunctionFlow &Flow, const Expr *Condition, bool Truth,
              IsAsked Asked, int64_t Value);

/// True if the conditions on every way to Use say that it is not Value.
bool isExcludedAt(const FunctionFlow &Flow, const Stmt *Use, IsAsked Asked,
                  int64_t Value);

} // namespace selfconnect
} // namespace tidy
} // namespace clang

#endif // SELFCONNECT_CHECKS_ANALYSIS_ENDPOINT_TESTEDVALUES_H
