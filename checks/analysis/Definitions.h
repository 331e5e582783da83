//===- Definitions.h - from where an object has its value -------*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

///
/// \file
/// One step back from an object to the places that may have given it the value
/// it has: the last writes on the CFG; for a parameter the calls in sight; for
/// a global or a field the givings of the translation unit.
///
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_CHECKS_ANALYSIS_DEFINITIONS_H
#define SELFCONNECT_CHECKS_ANALYSIS_DEFINITIONS_H

#include "FunctionFlow.h"

namespace clang {
namespace tidy {
namespace selfconnect {

/// A point of a function; Flow is null outside of functions.
struct Place {
  const FunctionFlow *Flow;
  const Stmt *Use;
};

/// One place that may have given the value.
struct Definition {
  enum Kind {
    Value,  ///< the expression E, evaluated At
    Zero,   ///< cleared; E is null
    Update, ///< changed from what it was by Last
    Pass    ///< handed to the call of Last, which may have written it
  } DefinitionKind;
  const Expr *E;
  Place At;
  const Write *Last = nullptr;
};

struct Definitions {
  llvm::SmallVector<Definition, 4> Found;
  /// It may come from elsewhere, too.
  bool Unknown = false;
};

/// The definitions of the object Path that may reach At.
Definitions findDefinitions(TranslationUnit &Unit, const AccessPath &Path,
                            Place At);

/// The definitions of what Function returns: the operands of its return
/// statements. Unknown if it has no body here or may be overridden.
Definitions findReturns(TranslationUnit &Unit, const FunctionDecl *Function);

/// The object that E names at a place; without aliases outside of functions.
AccessPath getPathAt(const Expr *E, Place At);

} // namespace selfconnect
} // namespace tidy
} // namespace clang

#endif // SELFCONNECT_CHECKS_ANALYSIS_DEFINITIONS_H
