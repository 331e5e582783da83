//===- Handlers.h - who is told what came of an attempt ---------*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

///
/// \file
/// The functions that are called once a connect attempt has come to something:
/// callbacks, methods of an event loop's client, and whom these hand on to.
///
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_CHECKS_ANALYSIS_RETRY_HANDLERS_H
#define SELFCONNECT_CHECKS_ANALYSIS_RETRY_HANDLERS_H

#include "../attempt/AttemptContext.h"
#include "llvm/ADT/SmallPtrSet.h"

namespace clang {
namespace tidy {
namespace selfconnect {

/// A function that is called when an attempt has come to something.
struct Told {
  const FunctionFlow *Flow;
  /// What tells it, beside what its parameters' types and names say.
  llvm::SmallVector<const ParmVarDecl *, 2> Parameters;
  /// It is handed to the attempt itself, or called by a function that is.
  bool ByAttempt = false;
  /// It is connected to what by its name tells of failures alone: a signal, an
  /// event.
  bool ByFailure = false;
};

/// The functions and lambdas that the arguments of the attempt hand on.
std::vector<const FunctionDecl *>
findPassedFunctions(const AttemptContext &Context);

/// The functions with a body here that those call, and those that they hand
/// on, and so on: what may happen once they are called.
llvm::SmallPtrSet<const FunctionDecl *, 16>
findReached(llvm::ArrayRef<const FunctionDecl *> From);

/// What may be called when the attempt of Context has come to something:
/// whoever is told by the call itself (Passed) and, beside them, whoever is
/// handed on by the function that makes it or is a method of the same class.
std::vector<Told> findHandlers(const AttemptContext &Context, bool ByHandlers,
                               llvm::ArrayRef<const FunctionDecl *> Passed);

/// True for a function whose name says that it is called when an attempt ends.
/// One that is called when a connection ends does not count.
bool isNamedForFailure(const FunctionDecl *Function);

/// True for a helper that by its name returns what SO_ERROR says.
bool isNamedForError(const FunctionDecl *Callee);

} // namespace selfconnect
} // namespace tidy
} // namespace clang

#endif // SELFCONNECT_CHECKS_ANALYSIS_RETRY_HANDLERS_H
