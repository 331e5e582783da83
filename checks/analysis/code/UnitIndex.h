//===- UnitIndex.h - what one walk over a unit collects ---------*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_CHECKS_ANALYSIS_CODE_UNITINDEX_H
#define SELFCONNECT_CHECKS_ANALYSIS_CODE_UNITINDEX_H

#include "TranslationUnit.h"
#include "llvm/ADT/SmallPtrSet.h"
#include <deque>

namespace clang {
namespace tidy {
namespace selfconnect {

/// What one walk over the translation unit collects.
struct TranslationUnit::Index {
  /// Reads all of the unit but the system's headers.
  explicit Index(ASTContext &Context);

  llvm::DenseMap<const VarDecl *, Givings> Globals;
  llvm::DenseMap<const FieldDecl *, Givings> Fields;
  llvm::DenseMap<const FunctionDecl *, std::vector<CallSite>> Calls;
  /// Functions that are mentioned other than by calling them, and the functions
  /// that mention them.
  llvm::DenseMap<const FunctionDecl *, std::vector<const FunctionDecl *>>
      Escaped;
  /// Of these, the ones that hand them on to be called later: to put a function
  /// into a table of methods is no such thing.
  llvm::DenseMap<const FunctionDecl *, std::vector<const FunctionDecl *>>
      HandedOn;
  llvm::SmallPtrSet<const DeclRefExpr *, 32> Mentions;
  /// The methods that strings name: SLOT(open()).
  llvm::DenseMap<const StringLiteral *, const FunctionDecl *> Slots;
  /// The functions that mention a socket address that outlives them, each once,
  /// in the order of the file.
  llvm::DenseMap<const ValueDecl *, std::vector<const FunctionDecl *>>
      AddressUsers;
  /// The calls of what a parameter is given.
  llvm::DenseMap<const ParmVarDecl *, std::vector<CallSite>> ParameterCalls;
  /// The calls of what a field holds that hear what came of it.
  llvm::DenseMap<const FieldDecl *, std::vector<CallSite>> FieldCalls;
  std::vector<TableEntry> TableEntries;
  /// A function or lambda that is an argument of a call.
  struct Passing {
    const FunctionDecl *Callee;
    unsigned Index;
    const FunctionDecl *Passed;
  };
  std::vector<Passing> Passed;
  /// What CallSite::Arguments refers to.
  std::deque<std::vector<const Expr *>> Arguments;

  void addHandedOn(const FunctionDecl *Function, const FunctionDecl *By) {
    Escaped[Function->getCanonicalDecl()].push_back(By);
    HandedOn[Function->getCanonicalDecl()].push_back(By);
  }

private:
  void addCallsOfPassed();
  void addCallsOfTables();
  void addCalls(const FunctionDecl *Function,
                const std::vector<CallSite> &Indirect);
};

} // namespace selfconnect
} // namespace tidy
} // namespace clang

#endif // SELFCONNECT_CHECKS_ANALYSIS_CODE_UNITINDEX_H
