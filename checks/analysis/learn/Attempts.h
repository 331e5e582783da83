//===- Attempts.h - what functions do that connect or listen ----*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

///
/// \file
/// For each call that connects or listens: what those functions come to that
/// lead to it and that other files can call.
///
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_CHECKS_ANALYSIS_LEARN_ATTEMPTS_H
#define SELFCONNECT_CHECKS_ANALYSIS_LEARN_ATTEMPTS_H

#include "Rows.h"

namespace clang {
namespace tidy {
namespace selfconnect {

/// What the functions do that this file puts in tables: who calls a field of
/// the table calls one of them.
void learnTables(RowsOfUnit &Rows);

/// Which functions lead to attempts of other files.
void learnLeads(RowsOfUnit &Rows);

/// Call stands in Around.
void learnCall(const Expr *Call, const FunctionDecl *Around, RowsOfUnit &Rows);

} // namespace selfconnect
} // namespace tidy
} // namespace clang

#endif // SELFCONNECT_CHECKS_ANALYSIS_LEARN_ATTEMPTS_H
