//===- FunctionFlow.h - control flow and writes of one function -*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

///
/// \file
/// The CFG of one function together with what each of its elements writes, and
/// the one question that the value analysis asks of it: which writes can be the
/// last ones before this point?
///
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_CHECKS_ANALYSIS_CODE_FUNCTIONFLOW_H
#define SELFCONNECT_CHECKS_ANALYSIS_CODE_FUNCTIONFLOW_H

#include "AccessPath.h"
#include "TranslationUnit.h"
#include "clang/Analysis/CFG.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/STLExtras.h"
#include <map>
#include <memory>
#include <vector>

namespace clang {
namespace tidy {
namespace selfconnect {

/// One element's effect on one object.
struct Write {
  enum Kind {
    Assign,  ///< Target = Value
    Declare, ///< a declaration without an initialiser: nothing known before it
    Zero,    ///< memset(&Target, 0, ...)
    Update,  ///< Target changes from what it was: ++, +=; Value is the operand
    Pass     ///< Target is handed to Call as argument Argument, which may write
  };
  Kind WriteKind;
  const Stmt *Where;
  AccessPath Target;
  const Expr *Value = nullptr;
  const CallExpr *Call = nullptr;
  unsigned Argument = 0;
};

/// The argument as the source has it, without the union that glibc wraps around
/// the address arguments of socket calls in C (`__CONST_SOCKADDR_ARG`).
const Expr *getPlainArgument(const CallExpr *Call, unsigned Index);

/// The name of the function that Call calls directly, if it is a free function
/// outside of any namespace but `std`; "" otherwise.
llvm::StringRef getFreeFunctionName(const CallExpr *Call);

/// The CFG of a function with its writes. Every expression is an element.
class FunctionFlow {
public:
  /// Null when Clang cannot build the CFG (broken code).
  static std::unique_ptr<FunctionFlow> build(const FunctionDecl *Function,
                                             TranslationUnit &Unit);

  TranslationUnit &getUnit() const { return *Unit; }
  ASTContext &getContext() const { return Unit->getContext(); }
  const FunctionDecl *getFunction() const { return Function; }
  const CFG &getCFG() const { return *Graph; }
  const PointerAliases &getAliases() const { return Aliases; }
  /// What Var, which has an alias, was given: `&clients[i]`. Null for others.
  const Expr *getAliasValue(const VarDecl *Var) const {
    return AliasValues.lookup(Var->getCanonicalDecl());
  }

  struct Position {
    const CFGBlock *Block = nullptr;
    unsigned Index = 0;
  };
  /// Where S is evaluated; Block is null if it is in no reachable block.
  Position find(const Stmt *S) const;

  /// Where an exception that S throws goes first: the block whose successors
  /// are the handlers of the innermost try around S; null if there is none.
  const CFGBlock *getHandlers(const Stmt *S) const {
    return HandlersOf.lookup(S);
  }

  /// The blocks that lead to Block, by exceptions included.
  llvm::SmallVector<const CFGBlock *, 4>
  getBlocksBefore(const CFGBlock *Block) const;

  /// A condition that must have come out as Truth on every way to a statement.
  struct Premise {
    const Expr *Condition;
    bool Truth;
    /// For a case of a switch: `Condition == Case` came out as Truth.
    const Expr *Case = nullptr;
  };
  /// The conditions that hold at S: nothing that they test is written between.
  llvm::ArrayRef<Premise> findPremises(const Stmt *S) const;

  /// What the element S writes itself, its operands apart.
  llvm::ArrayRef<Write> writesAt(const Stmt *S) const;
  llvm::ArrayRef<Write> allWrites() const { return Writes; }
  /// True if Root or a part of it, pointers followed, is written somewhere.
  bool writesTo(const VarDecl *Root) const { return WrittenRoots.count(Root); }

  /// All calls of the function, in the order of the CFG.
  llvm::ArrayRef<const CallExpr *> calls() const { return Calls; }

  /// How a write matters to somebody who looks for the last writes.
  enum class Effect {
    None, ///< look further back
    May,  ///< collect it and look further back
    Must  ///< collect it; nothing before it on this path matters
  };
  struct LastWrites {
    llvm::SmallVector<const Write *, 4> Writes;
    /// A path from the function's entry has no write that must.
    bool FromEntry = false;
  };
  /// Visits the elements before Use (null: the function's end), backwards and
  /// over all paths, each at most once; a path ends where Visit says so. True
  /// if one reaches the entry.
  bool walkBack(const Stmt *Use,
                llvm::function_ref<bool(const Stmt *)> Visit) const;

  /// The same for who looks for writes of Path and of what is a part of it, or
  /// it of them: none matters that begins at another variable.
  LastWrites
  findLastWrites(const Stmt *Use, const AccessPath &Path,
                 llvm::function_ref<Effect(const Write &)> Classify) const;
  LastWrites
  findLastWrites(const Stmt *Use,
                 llvm::function_ref<Effect(const Write &)> Classify) const;

  AccessPath path(const Expr *E) const { return getAccessPath(E, Aliases); }
  AccessPath pointee(const Expr *E) const { return getPointeePath(E, Aliases); }

private:
  void computeDominators() const;
  bool hasOneEntry(const CFGBlock *Block) const;
  std::vector<Premise> computePremises(const Stmt *S) const;
  void indexElements();
  void indexTries();
  void markTry(const Stmt *S, const CFGBlock *Handlers);
  void collectAliases();
  void collectWrites(const Stmt *S);
  void collectCallWrites(const CallExpr *Call);

  TranslationUnit *Unit = nullptr;
  const FunctionDecl *Function = nullptr;
  std::unique_ptr<CFG> Graph;
  PointerAliases Aliases;
  llvm::DenseMap<const VarDecl *, const Expr *> AliasValues;
  llvm::DenseMap<const Stmt *, Position> Positions;
  llvm::DenseMap<const Stmt *, const CFGBlock *> HandlersOf;
  /// The blocks that an exception may come from, by where it goes.
  llvm::DenseMap<const CFGBlock *, llvm::SmallVector<const CFGBlock *, 4>>
      Throwers;
  /// The immediate dominator of each block, and how many there are above it;
  /// built at the first question.
  struct Dominator {
    const CFGBlock *Block = nullptr;
    unsigned Depth = 0;
  };
  mutable llvm::DenseMap<const CFGBlock *, Dominator> Dominators;
  mutable bool HasDominators = false;
  /// What findPremises() has found; a map that leaves in place what it holds.
  mutable std::map<const Stmt *, std::vector<Premise>> Premises;
  std::vector<Write> Writes;
  /// Where in Writes the writes of an element begin, and how many there are.
  llvm::DenseMap<const Stmt *, std::pair<unsigned, unsigned>> WritesOf;
  /// The variables that Writes begin at; null for this and errno.
  llvm::DenseSet<const VarDecl *> WrittenRoots;
  std::vector<const CallExpr *> Calls;
};

} // namespace selfconnect
} // namespace tidy
} // namespace clang

#endif // SELFCONNECT_CHECKS_ANALYSIS_CODE_FUNCTIONFLOW_H
