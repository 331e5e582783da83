//===- TranslationUnit.h - what is computed once per translation unit -*- C++
//-*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

///
/// \file
/// Owns what the analysis learns about one translation unit, each part computed
/// at the first question. A check makes one at the start of a translation unit
/// and drops it at its end.
///
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_CHECKS_ANALYSIS_TRANSLATIONUNIT_H
#define SELFCONNECT_CHECKS_ANALYSIS_TRANSLATIONUNIT_H

#include "clang/AST/ASTContext.h"
#include "clang/AST/Decl.h"
#include "clang/AST/Expr.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/SmallVector.h"
#include <memory>

namespace clang {
namespace tidy {
namespace selfconnect {

class FunctionFlow;

/// What a translation unit writes to one variable of static storage.
struct GlobalWrites {
  /// Values that are assigned as they stand: `port = 33334`.
  llvm::SmallVector<const Expr *, 2> Assigned;
  /// It also changes in ways that are not followed: its address is taken, it is
  /// incremented.
  bool Other = false;
};

class TranslationUnit {
public:
  explicit TranslationUnit(ASTContext &Context);
  ~TranslationUnit();

  ASTContext &getContext() const { return Context; }

  /// Null when there is no body or Clang cannot build its CFG.
  const FunctionFlow *getFlow(const FunctionDecl *Function);

  /// The writes to Var, which has static storage. A variable with external
  /// linkage may be written in other files, too; what stands here is what its
  /// readers see, so that does not count as unknown.
  const GlobalWrites &getGlobalWrites(const VarDecl *Var);

private:
  ASTContext &Context;
  llvm::DenseMap<const FunctionDecl *, std::unique_ptr<FunctionFlow>> Flows;
  std::unique_ptr<llvm::DenseMap<const VarDecl *, GlobalWrites>> Globals;
};

} // namespace selfconnect
} // namespace tidy
} // namespace clang

#endif // SELFCONNECT_CHECKS_ANALYSIS_TRANSLATIONUNIT_H
