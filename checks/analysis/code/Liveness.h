//===- Liveness.h - what is mentioned from a block on -----------*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

///
/// \file
/// Which local variables a function still mentions from one of its blocks on:
/// what is known of any other need not be kept. The same for the operators that
/// have branches of their own. And which blocks lead to a place.
///
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_CHECKS_ANALYSIS_CODE_LIVENESS_H
#define SELFCONNECT_CHECKS_ANALYSIS_CODE_LIVENESS_H

#include "FunctionFlow.h"
#include "llvm/ADT/BitVector.h"

namespace clang {
namespace tidy {
namespace selfconnect {

class Liveness {
public:
  /// That of Flow's function, found out once.
  static const Liveness &of(const FunctionFlow &Flow);

  /// True for a local variable that nothing mentions from Block on.
  bool isDead(const VarDecl *Var, const CFGBlock *Block) const;

  /// True if nothing from Block on evaluates the expression around Operator,
  /// one of && || ?:, before it branches again.
  bool isDone(const Stmt *Operator, const CFGBlock *Block) const;

  /// By block number: whether one of Targets can be reached from there.
  llvm::BitVector findLeading(llvm::ArrayRef<const CFGBlock *> Targets) const;

private:
  void build(const FunctionFlow &Flow);
  void declare(const CFGBlock *Block, const VarDecl *Var);
  void mention(const FunctionFlow &Flow, const CFGBlock *Block,
               const VarDecl *Var);
  void set(std::vector<llvm::BitVector> &Of, const CFGBlock *Block,
           unsigned Number);

  /// By variable, or by operator.
  llvm::DenseMap<const void *, unsigned> NumberOf;
  std::vector<llvm::BitVector> Mentioned; ///< by block number
  /// By block number: what begins there, before the block mentions it; of an
  /// operator, that it branches there.
  std::vector<llvm::BitVector> Declared;
  /// By block number, the ways of exceptions included.
  std::vector<llvm::SmallVector<unsigned, 2>> Predecessors;
};

} // namespace selfconnect
} // namespace tidy
} // namespace clang

#endif // SELFCONNECT_CHECKS_ANALYSIS_CODE_LIVENESS_H
