//===- Premises.cpp - conditions that hold at a statement -----------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "FlatMap.h"
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
  // A dominator has a higher number than what it dominates.
  Dominators[Postorder[Root]] = {nullptr, 0};
  for (unsigned I = Root; I-- > 0;) {
    const CFGBlock *Above = Postorder[Parent[I]];
    Dominators[Postorder[I]] = {Above, Dominators.lookup(Above).Depth + 1};
  }
  HasDominators = true;
}

/// True for `p->next` where Pointer is p: it stays what it is.
static bool isBehind(const AccessPath &Target, const AccessPath &Pointer) {
  size_t Depth = Pointer.steps().size();
  return Target.steps().size() > Depth &&
         Target.steps()[Depth].StepKind == AccessPath::Step::Deref;
}

namespace {

/// What is written on the ways to a statement, from one condition above it to
/// the next: each part of the function is walked over once for all of them.
class WritesAbove {
public:
  WritesAbove(const FunctionFlow &Flow, const Stmt *S) : Flow(Flow) {
    FunctionFlow::Position At = Flow.find(S);
    Worklist.push_back({At.Block, At.Index});
  }

  /// Goes on as far as Branch, which is on every way.
  void goTo(const CFGBlock *Branch) {
    if (Last)
      Worklist.push_back({Last, unsigned(Last->size())});
    Last = Branch;
    Visited.insert(Branch);
    while (!Worklist.empty()) {
      auto [Block, End] = Worklist.pop_back_val();
      for (unsigned I = 0; I < End; ++I)
        if (auto Statement = (*Block)[I].getAs<CFGStmt>())
          for (const Write &W : Flow.writesAt(Statement->getStmt()))
            Written.insert(W.Target);
      for (const CFGBlock *Before : Flow.getBlocksBefore(Block))
        if (Visited.insert(Before).second)
          Worklist.push_back({Before, unsigned(Before->size())});
    }
  }

  bool mayChange(const Stmt *S) const {
    if (!S)
      return false;
    if (const auto *E = dyn_cast<Expr>(S)) {
      AccessPath Path = Flow.path(E);
      if (llvm::any_of(Written, [&](const AccessPath &Each) {
            return Each.overlaps(Path) && !isBehind(Each, Path);
          }))
        return true;
    }
    return llvm::any_of(S->children(),
                        [&](const Stmt *Child) { return mayChange(Child); });
  }

private:
  const FunctionFlow &Flow;
  const CFGBlock *Last = nullptr;
  llvm::SmallVector<std::pair<const CFGBlock *, unsigned>, 16> Worklist;
  llvm::SmallPtrSet<const CFGBlock *, 16> Visited;
  FlatSet<AccessPath> Written;
};

} // namespace

/// What it says of the condition of Branch that Child was entered from there.
static void addDecisions(const CFGBlock *Branch, const CFGBlock *Child,
                         llvm::SmallVectorImpl<FunctionFlow::Premise> &Found) {
  const auto *Switch = dyn_cast_or_null<SwitchStmt>(Branch->getTerminatorStmt());
  if (!Switch) {
    const Expr *Condition =
        Branch->succ_size() == 2 ? Branch->getLastCondition() : nullptr;
    if (Condition)
      for (unsigned Edge = 0; Edge < 2; ++Edge)
        if ((Branch->succ_begin() + Edge)->getReachableBlock() == Child)
          Found.push_back({Condition, Edge == 0, nullptr});
    return;
  }
  const Stmt *Label = Child->getLabel();
  auto IsPlain = [](const CaseStmt *Case) {
    return Case && !Case->getRHS() && !Case->getLHS()->isValueDependent();
  };
  const auto *Own = dyn_cast_or_null<CaseStmt>(Label);
  if (IsPlain(Own)) {
    Found.push_back({Switch->getCond(), true, Own->getLHS()});
  } else if (isa_and_nonnull<DefaultStmt>(Label)) {
    for (const SwitchCase *Each = Switch->getSwitchCaseList(); Each;
         Each = Each->getNextSwitchCase())
      if (const auto *Other = dyn_cast<CaseStmt>(Each); IsPlain(Other))
        Found.push_back({Switch->getCond(), false, Other->getLHS()});
  }
}

/// True if Block can be entered in one way only, loops back to it apart.
bool FunctionFlow::hasOneEntry(const CFGBlock *Block) const {
  unsigned Depth = Dominators.lookup(Block).Depth;
  unsigned Entries = 0;
  for (const CFGBlock *Before : getBlocksBefore(Block)) {
    if (!Dominators.count(Before))
      continue; // Nothing leads there.
    const CFGBlock *Above = Before;
    while (Above && Dominators.lookup(Above).Depth > Depth)
      Above = Dominators.lookup(Above).Block;
    Entries += Above != Block;
  }
  return Entries == 1;
}

std::vector<FunctionFlow::Premise>
FunctionFlow::computePremises(const Stmt *S) const {
  std::vector<Premise> Found;
  const CFGBlock *Below = find(S).Block;
  if (!Below)
    return Found;
  if (!HasDominators)
    computeDominators();
  WritesAbove Above(*this, S);
  unsigned Asked = 0;
  while (const CFGBlock *Branch = Dominators.lookup(Below).Block) {
    const CFGBlock *Child = Below;
    Below = Branch;
    // A branch decides if one of its edges lies on every way to S.
    llvm::SmallVector<Premise, 2> Here;
    if (hasOneEntry(Child))
      addDecisions(Branch, Child, Here);
    if (Here.empty())
      continue;
    if (++Asked > MaxPremises) {
      reportLimit("MaxPremises", Function);
      break;
    }
    Above.goTo(Branch);
    if (!Above.mayChange(Here.front().Condition))
      Found.insert(Found.end(), Here.begin(), Here.end());
  }
  return Found;
}

llvm::ArrayRef<FunctionFlow::Premise>
FunctionFlow::findPremises(const Stmt *S) const {
  auto Known = Premises.find(S);
  if (Known == Premises.end())
    Known = Premises.emplace(S, computePremises(S)).first;
  return Known->second;
}

} // namespace selfconnect
} // namespace tidy
} // namespace clang
