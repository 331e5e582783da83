//===- Liveness.cpp - what is mentioned from a block on -------------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Liveness.h"
#include "clang/AST/ExprCXX.h"
#include <map>

namespace clang {
namespace tidy {
namespace selfconnect {

const Liveness &Liveness::of(const FunctionFlow &Flow) {
  using Kept = std::map<const FunctionFlow *, Liveness>;
  auto [Entry, IsNew] = Flow.getUnit().memory<Kept>().try_emplace(&Flow);
  if (IsNew)
    Entry->second.build(Flow);
  return Entry->second;
}

/// Parameters, statics and globals are there when the function is left.
static bool isForgettable(const VarDecl *Var) {
  return Var->hasLocalStorage() && !isa<ParmVarDecl>(Var);
}

void Liveness::set(std::vector<llvm::BitVector> &Of, const CFGBlock *Block,
                   unsigned Number) {
  llvm::BitVector &Here = Of[Block->getBlockID()];
  if (Here.size() <= Number)
    Here.resize(Number + 1);
  Here.set(Number);
}

void Liveness::mention(const FunctionFlow &Flow, const CFGBlock *Block,
                       const VarDecl *Var) {
  // Who mentions a pointer mentions what it stands for.
  auto Alias = Flow.getAliases().find(Var);
  if (Alias != Flow.getAliases().end() && Alias->second.getRoot() &&
      Alias->second.getRoot() != Var)
    mention(Flow, Block, Alias->second.getRoot());
  Var = Var->getCanonicalDecl();
  if (!isForgettable(Var))
    return;
  unsigned Number = NumberOf.try_emplace(Var, NumberOf.size()).first->second;
  const llvm::BitVector &Begun = Declared[Block->getBlockID()];
  if (Number < Begun.size() && Begun.test(Number))
    return;
  set(Mentioned, Block, Number);
}

/// Notes that Block declares Var, or assigns to it: what it was before is over.
void Liveness::declare(const CFGBlock *Block, const VarDecl *Var) {
  Var = Var->getCanonicalDecl();
  if (!isForgettable(Var))
    return;
  unsigned Number = NumberOf.try_emplace(Var, NumberOf.size()).first->second;
  // What the block mentions before that is another turn's.
  const llvm::BitVector &Here = Mentioned[Block->getBlockID()];
  if (Number < Here.size() && Here.test(Number))
    return;
  set(Declared, Block, Number);
}

/// The operators with branches of their own whose branch says what S is worth:
/// S itself, or somewhere in it. What such an operator tests is asked for no
/// more once it has branched. Each expression is an element of the CFG, so that
/// to look into each anew would be quadratic: Known has what was found.
using OperatorsIn = llvm::DenseMap<const Stmt *, std::vector<const Stmt *>>;
static std::vector<const Stmt *> findOperators(const Stmt *S,
                                               OperatorsIn &Known) {
  if (!S)
    return {};
  auto Before = Known.find(S);
  if (Before != Known.end())
    return Before->second;
  std::vector<const Stmt *> Found;
  auto AddFrom = [&](const Stmt *Part) {
    std::vector<const Stmt *> Inner = findOperators(Part, Known);
    Found.insert(Found.end(), Inner.begin(), Inner.end());
  };
  const auto *Binary = dyn_cast<BinaryOperator>(S);
  if (Binary && Binary->isLogicalOp()) {
    Found.push_back(S);
    AddFrom(Binary->getRHS());
  } else if (const auto *Choice = dyn_cast<AbstractConditionalOperator>(S)) {
    Found.push_back(S);
    AddFrom(Choice->getTrueExpr());
    AddFrom(Choice->getFalseExpr());
  } else if (!isa<LambdaExpr>(S)) {
    // What is inside of a lambda has a CFG of its own.
    for (const Stmt *Child : S->children())
      AddFrom(Child);
  }
  Known[S] = Found;
  return Found;
}

/// The variable that Assign, `i = 0`, gives another value as a whole; null for
/// anything else.
static const DeclRefExpr *getAssigned(const BinaryOperator *Assign) {
  if (Assign->getOpcode() != BO_Assign)
    return nullptr;
  const auto *Ref = dyn_cast<DeclRefExpr>(Assign->getLHS()->IgnoreParens());
  const auto *Var = Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
  return Var && Var->getType()->isScalarType() ? Ref : nullptr;
}

/// The mentions in Block that are no more than that. Where the assignment
/// itself is asked for its value, it is that of the right side.
static llvm::SmallPtrSet<const Stmt *, 8> findAssigned(const CFGBlock &Block) {
  llvm::SmallPtrSet<const Stmt *, 8> Found;
  for (const CFGElement &Element : Block)
    if (auto Statement = Element.getAs<CFGStmt>())
      if (const auto *Assign = dyn_cast<BinaryOperator>(Statement->getStmt()))
        if (const DeclRefExpr *Ref = getAssigned(Assign))
          Found.insert(Ref);
  return Found;
}

void Liveness::build(const FunctionFlow &Flow) {
  const CFG &Graph = Flow.getCFG();
  Mentioned.resize(Graph.getNumBlockIDs());
  Declared.resize(Graph.getNumBlockIDs());
  Predecessors.resize(Graph.getNumBlockIDs());
  OperatorsIn Operators;
  auto GetNumber = [&](const Stmt *Operator) {
    return NumberOf.try_emplace(Operator, NumberOf.size()).first->second;
  };
  for (const CFGBlock *Block : Graph) {
    const Stmt *Terminator = Block->getTerminatorStmt();
    if (Terminator &&
        isa<BinaryOperator, AbstractConditionalOperator>(Terminator))
      for (const Stmt *Operator : findOperators(Terminator, Operators))
        set(Declared, Block, GetNumber(Operator));
    llvm::SmallPtrSet<const Stmt *, 8> Assigned = findAssigned(*Block);
    auto AddEdge = [&](const CFGBlock *To) {
      if (!llvm::is_contained(Predecessors[To->getBlockID()],
                              Block->getBlockID()))
        Predecessors[To->getBlockID()].push_back(Block->getBlockID());
    };
    for (const CFGBlock::AdjacentBlock &Succ : Block->succs())
      if (const CFGBlock *To = Succ.getReachableBlock())
        AddEdge(To);
    for (const CFGElement &Element : *Block) {
      auto Statement = Element.getAs<CFGStmt>();
      if (!Statement)
        continue;
      const Stmt *S = Statement->getStmt();
      for (const Stmt *Operator : findOperators(S, Operators))
        set(Mentioned, Block, GetNumber(Operator));
      if (const CFGBlock *Handlers = Flow.getHandlers(S))
        AddEdge(Handlers);
      if (const auto *Ref = dyn_cast<DeclRefExpr>(S))
        if (const auto *Var = dyn_cast<VarDecl>(Ref->getDecl()))
          if (!Assigned.count(Ref))
            mention(Flow, Block, Var);
      if (const auto *Assign = dyn_cast<BinaryOperator>(S))
        if (const DeclRefExpr *Ref = getAssigned(Assign))
          declare(Block, cast<VarDecl>(Ref->getDecl()));
      if (const auto *Declaration = dyn_cast<DeclStmt>(S))
        for (const Decl *D : Declaration->decls())
          if (const auto *Var = dyn_cast<VarDecl>(D))
            declare(Block, Var);
      if (const auto *Lambda = dyn_cast<LambdaExpr>(S))
        for (const LambdaCapture &Capture : Lambda->captures())
          if (Capture.capturesVariable())
            if (const auto *Var = dyn_cast<VarDecl>(Capture.getCapturedVar()))
              mention(Flow, Block, Var);
    }
  }
  // What a block mentions, those before it do. A block is done again when one
  // after it has come to mention more.
  std::vector<unsigned> Worklist;
  for (unsigned Number = 0; Number < Mentioned.size(); ++Number)
    Worklist.push_back(Number);
  while (!Worklist.empty()) {
    unsigned Number = Worklist.back();
    Worklist.pop_back();
    for (unsigned Before : Predecessors[Number]) {
      llvm::BitVector &Theirs = Mentioned[Before];
      unsigned Count = Theirs.count();
      llvm::BitVector Ours = Mentioned[Number];
      Ours.reset(Declared[Before]);
      Theirs |= Ours;
      if (Theirs.count() != Count)
        Worklist.push_back(Before);
    }
  }
}

bool Liveness::isDead(const VarDecl *Var, const CFGBlock *Block) const {
  if (!Var || !isForgettable(Var))
    return false;
  auto Number = NumberOf.find(Var->getCanonicalDecl());
  if (Number == NumberOf.end())
    return true;
  const llvm::BitVector &Here = Mentioned[Block->getBlockID()];
  return Number->second >= Here.size() || !Here.test(Number->second);
}

bool Liveness::isDone(const Stmt *Operator, const CFGBlock *Block) const {
  auto Number = NumberOf.find(Operator);
  if (Number == NumberOf.end())
    return true;
  const llvm::BitVector &Here = Mentioned[Block->getBlockID()];
  return Number->second >= Here.size() || !Here.test(Number->second);
}

llvm::BitVector
Liveness::findLeading(llvm::ArrayRef<const CFGBlock *> Targets) const {
  llvm::BitVector Leading(Predecessors.size());
  llvm::SmallVector<unsigned, 32> Worklist;
  for (const CFGBlock *Target : Targets)
    Worklist.push_back(Target->getBlockID());
  while (!Worklist.empty()) {
    unsigned Number = Worklist.pop_back_val();
    if (Leading.test(Number))
      continue;
    Leading.set(Number);
    for (unsigned Before : Predecessors[Number])
      Worklist.push_back(Before);
  }
  return Leading;
}

} // namespace selfconnect
} // namespace tidy
} // namespace clang
