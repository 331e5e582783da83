//===- NetworkApi.h - which call does what with TCP -------------*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

///
/// \file
/// Finds the row of the API table that a call belongs to. Everything else asks
/// for a role and never for a name.
///
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_CHECKS_ANALYSIS_API_NETWORKAPI_H
#define SELFCONNECT_CHECKS_ANALYSIS_API_NETWORKAPI_H

#include "ApiTable.h"
#include "clang/AST/Expr.h"
#include "llvm/ADT/StringRef.h"
#include <string>
#include <vector>

namespace clang {
namespace tidy {
namespace selfconnect {

struct Summary;

/// The role of a call of the kernel's interface or of the C library, by the
/// callee's name, scope and number of arguments. Calls of libraries that take
/// an endpoint as a whole have none here, see LibraryCall.h.
ApiRole getApiRole(const CallExpr *Call);

/// What another file has learned of the function that Call calls, if it makes a
/// socket and returns it; else null.
const Summary *findSocketMaker(const CallExpr *Call);

/// True for a function that is known to tell whether a socket is connected to
/// itself, by the names that the field uses, a row, or one of Extra.
bool isGuardFunction(const CallExpr *Call,
                     const std::vector<std::string> &Extra);

/// What a sleeping call's arguments mean.
struct SleepUnit {
  unsigned Argument;     ///< which argument holds the duration
  double SecondsPerUnit; ///< 0: a timespec or timeval, not followed
};
/// For a call of role Sleep.
SleepUnit getSleepUnit(const CallExpr *Call);

/// A call or a construction, and the row it belongs to.
struct ApiCall {
  const Expr *Site = nullptr;
  const FunctionDecl *Callee = nullptr;
  const ApiRow *Row = nullptr;
  llvm::SmallVector<const Expr *, 6> Args;

  explicit operator bool() const { return Row != nullptr; }
  /// The argument that a row's description means, or null.
  const Expr *get(const ApiArgument &Argument) const;
};

/// The row of role Role that E, a call or a construction, belongs to. Methods
/// and constructors of derived classes and std::make_unique() and its kin
/// count. Rows of the kernel's interface are left out.
ApiCall findApiCall(const Expr *E, ApiRole Role);

/// The last part of the name of what E, a call or a construction, calls; of the
/// class that it constructs. Null if there is none.
const IdentifierInfo *getCalledName(const Expr *E);

} // namespace selfconnect
} // namespace tidy
} // namespace clang

#endif // SELFCONNECT_CHECKS_ANALYSIS_API_NETWORKAPI_H
