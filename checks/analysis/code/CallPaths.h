//===- CallPaths.h - objects across a call ----------------------*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

///
/// \file
/// What a caller calls an object and what the function called calls it.
///
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_CHECKS_ANALYSIS_CODE_CALLPATHS_H
#define SELFCONNECT_CHECKS_ANALYSIS_CODE_CALLPATHS_H

#include "FunctionFlow.h"

namespace clang {
namespace tidy {
namespace selfconnect {

/// The object whose method Call calls; invalid if it is unknown or Call calls
/// no method.
AccessPath getCalledObject(const FunctionFlow &Caller, const CallExpr *Call);

/// What Path, of the caller, is to Callee, which Call calls: a part of its
/// object or of a parameter, or what both see. Invalid if it is none of these.
AccessPath toCallee(const FunctionFlow &Caller, const CallExpr *Call,
                    const FunctionDecl *Callee, const AccessPath &Path);

/// Argument Index of Site, a call or a construction, or null.
const Expr *getSiteArgument(const Expr *Site, unsigned Index);

/// The object that Fields, names of fields one in the other, lead to from what
/// E, an object or a pointer to one, stands for; pointers are followed. Where E
/// has no name, that field of whatever object; invalid where there is no such
/// field.
AccessPath findField(const FunctionFlow &Flow, const Expr *E,
                     llvm::ArrayRef<llvm::StringRef> Fields);

/// What the caller calls Inner, a place that the function called at Site has
/// written; invalid where it cannot see it.
AccessPath toCaller(const FunctionFlow &Caller, const Expr *Site,
                    const AccessPath &Inner);

} // namespace selfconnect
} // namespace tidy
} // namespace clang

#endif // SELFCONNECT_CHECKS_ANALYSIS_CODE_CALLPATHS_H
