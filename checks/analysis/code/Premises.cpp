//===- Premises.cpp - conditions that hold at a statement -----------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "FunctionFlow.h"
#include "Limits.h"
#include "llvm/ADT/BitVector.h"
#include "llvm/ADT/SmallPtrSet.h"

namespace clang {
namespace tidy {
namespace selfconnect {

/// How many conditions above a statement are asked whether they hold at it: the
/// nearest ones.
static constexpr unsigned MaxPremises = 64;

/// True if Block can be entered in one way only.
static bool hasOneEntry(const CFGBlock *Block) {
  return llvm::count_if(Block->preds(),
                        [](const CFGBlock::AdjacentBlock &Pred) {
                          return Pred.getReachableBlock() != nullptr;
                        }) == 1;
}

/// Cooper, Harvey and Kennedy's algorithm. Clang's dominator tree knows nothing
/// of the ways from a try to its handlers.
void FunctionFlow::computeDominators() const {
  unsigned Size = Graph->getNumBlockIDs();
  std::vector<llvm::SmallVector<const CFGBlock *, 4>> Next(Size);
  for (const CFGBlock *Block : *Graph)
    for (const CFGBlock::AdjacentBlock &Succ : Block->succs())
      if (const CFGBlock *Target = Succ.getReachableBlock())
        Next[Block->getBlockID()].push_back(Target);
  for (const auto &[Handlers, From] : Throwers)
    for (const CFGBlock *Block : From)
      Next[Block->getBlockID()].push_back(Handlers);

  std::vector<const CFGBlock *> Postorder;
  std::vector<unsigned> Number(Size, 0);
  llvm::BitVector Seen(Size);
  llvm::SmallVector<std::pair<const CFGBlock *, unsigned>, 32> Stack;
  Stack.push_back({&Graph->getEntry(), 0});
  Seen.set(Graph->getEntry().getBlockID());
  while (!Stack.empty()) {
    const CFGBlock *Block = Stack.back().first;
    const auto &Targets = Next[Block->getBlockID()];
    if (Stack.back().second == Targets.size()) {
      Number[Block->getBlockID()] = Postorder.size();
      Postorder.push_back(Block);
      Stack.pop_back();
      continue;
    }
    const CFGBlock *Target = Targets[Stack.back().second++];
    if (!Seen.test(Target->getBlockID())) {
      Seen.set(Target->getBlockID());
      Stack.push_back({Target, 0});
    }
  }

  std::vector<llvm::SmallVector<unsigned, 4>> Before(Postorder.size());
  for (const CFGBlock *Block : Postorder)
    for (const CFGBlock *Target : Next[Block->getBlockID()])
      Before[Number[Target->getBlockID()]].push_back(
          Number[Block->getBlockID()]);
  constexpr unsigned None = ~0U;
  std::vector<unsigned> Parent(Postorder.size(), None);
  unsigned Root = Postorder.size() - 1;
  Parent[Root] = Root;
  auto Intersect = [&](unsigned A, unsigned B) {
    while (A != B) {
      while (A < B)
        A = Parent[A];
      while (B < A)
        B = Parent[B];
    }
    return A;
  };
  for (bool Changed = true; Changed;) {
    Changed = false;
    for (unsigned I = Root; I-- > 0;) {
      unsigned Common = None;
      for (unsigned Pred : Before[I])
        if (Parent[Pred] != None)
          Common = Common == None ? Pred : Intersect(Pred, Common);
      if (Common != Parent[I]) {
        Parent[I] = Common;
        Changed = true;
      }
    }
  }
  for (unsigned I = 0; I < Root; ++I)
    Dominators[Postorder[I]] = Postorder[Parent[I]];
  HasDominators = true;
}

std::vector<FunctionFlow::Premise>
FunctionFlow::findPremises(const Stmt *S) const {
  std::vector<Premise> Premises;
  if (!HasDominators)
    computeDominators();
  // A branch decides if one of its edges lies on every way to S.
  unsigned Asked = 0;
  const CFGBlock *Below = find(S).Block;
  while (const CFGBlock *Branch = Below ? Dominators.lookup(Below) : nullptr) {
    const CFGBlock *Child = Below;
    Below = Branch;
    const Expr *Condition =
        Branch->succ_size() == 2 ? Branch->getLastCondition() : nullptr;
    if (!Condition || isa<SwitchStmt>(Branch->getTerminatorStmt()) ||
        !hasOneEntry(Child))
      continue;
    bool OnTrue = true;
    for (const CFGBlock::AdjacentBlock &Succ : Branch->succs()) {
      if (Succ.getReachableBlock() == Child) {
        if (++Asked > MaxPremises) {
          reportLimit("MaxPremises", Function);
          return Premises;
        }
        if (!isWrittenBetween(Condition, S))
          Premises.push_back({Condition, OnTrue});
      }
      OnTrue = false;
    }
  }
  return Premises;
}

void FunctionFlow::collectNamed(const Stmt *S,
                                std::vector<AccessPath> &Named) const {
  if (!S)
    return;
  if (const auto *E = dyn_cast<Expr>(S)) {
    AccessPath Path = path(E);
    if (Path.isValid() && !llvm::is_contained(Named, Path))
      Named.push_back(std::move(Path));
  }
  for (const Stmt *Child : S->children())
    collectNamed(Child, Named);
}

/// True for `p->next` where Pointer is p: it stays what it is.
static bool isBehind(const AccessPath &Target, const AccessPath &Pointer) {
  size_t Depth = Pointer.steps().size();
  return Target.steps().size() > Depth &&
         Target.steps()[Depth].StepKind == AccessPath::Step::Deref;
}

/// True if something that Condition tests is written on a way from it to S.
bool FunctionFlow::isWrittenBetween(const Expr *Condition,
                                    const Stmt *S) const {
  std::vector<AccessPath> Named;
  collectNamed(Condition, Named);
  bool Written = false;
  walkBack(S, [&](const Stmt *Between) {
    const auto *E = dyn_cast<Expr>(Between);
    if (Written || (E && E->IgnoreParens() == Condition))
      return true;
    for (const Write &W : writesAt(Between))
      Written |= llvm::any_of(Named, [&](const AccessPath &Path) {
        return Path.overlaps(W.Target) && !isBehind(W.Target, Path);
      });
    return Written;
  });
  return Written;
}

} // namespace selfconnect
} // namespace tidy
} // namespace clang
