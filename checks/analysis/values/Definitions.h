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

#ifndef SELFCONNECT_CHECKS_ANALYSIS_VALUES_DEFINITIONS_H
#define SELFCONNECT_CHECKS_ANALYSIS_VALUES_DEFINITIONS_H

#include "../code/FunctionFlow.h"
#include "../summary/Summary.h"

namespace clang {
namespace tidy {
namespace selfconnect {

struct Entry;

/// A point of a function; Flow is null outside of functions.
struct Place {
  const FunctionFlow *Flow;
  const Stmt *Use;
  /// The call that the function is looked at for; null where it is any.
  const Entry *Via = nullptr;

  const FunctionDecl *getFunction() const {
    return Flow ? Flow->getFunction() : nullptr;
  }
};

/// How a question went on into a function that is called. It lives on the
/// stack of the one who asks.
struct Entry {
  /// Null for whoever calls it from another file: then what it is given is
  /// Definition::Open.
  const CallExpr *Call;
  const FunctionDecl *Callee; ///< its definition
  Place From;

  static Entry open(const FunctionDecl *Callee) {
    return {nullptr, Callee, {nullptr, nullptr}};
  }
  bool isOpen() const { return !Call; }
  /// True if the first of the calls by which the question came here is open.
  bool beginsOpen() const;

  /// The argument for Parameter; null if it is not one of Callee's or is left
  /// to its default.
  const Expr *getArgument(const ParmVarDecl *Parameter) const;
  /// What Path, which starts at a parameter of Callee, is to the caller;
  /// invalid where it has no name there.
  AccessPath toCaller(const AccessPath &Path) const;
};

/// One place that may have given the value.
struct Definition {
  enum Kind {
    Value,   ///< the expression E, evaluated At
    Zero,    ///< cleared; E is null
    Update,  ///< changed from what it was by Last
    Pass,    ///< handed to the call of Last, which may have written it
    Learned, ///< what another file gives to it
    Open     ///< what callers in other files give, Path in the words of Callee
  } DefinitionKind;
  const Expr *E;
  Place At;
  const Write *Last = nullptr;
  AccessPath Path = {};
  const SummaryValue *Given = nullptr;
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
/// Via, if not null, is the call that the result is asked for.
Definitions findReturns(TranslationUnit &Unit, const FunctionDecl *Function,
                        const Entry *Via);

/// Path, which starts at Parameter, as the caller names it that gives Argument
/// for it; invalid where it has no name there.
AccessPath rebase(const AccessPath &Path, const ParmVarDecl *Parameter,
                  const Expr *Argument, const FunctionFlow *Caller);

/// The object that E names at a place; without aliases outside of functions.
AccessPath getPathAt(const Expr *E, Place At);

} // namespace selfconnect
} // namespace tidy
} // namespace clang

#endif // SELFCONNECT_CHECKS_ANALYSIS_VALUES_DEFINITIONS_H
