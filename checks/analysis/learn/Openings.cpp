//===- Openings.cpp - a function as callers elsewhere see it --------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Openings.h"
#include "../code/Limits.h"
#include "clang/AST/DeclCXX.h"

namespace clang {
namespace tidy {
namespace selfconnect {

/// How many calls one way goes through.
static constexpr unsigned MaxOpeningDepth = 5;
/// How many openings one call has.
static constexpr unsigned MaxOpenings = 48;

namespace {

class OpeningFinder {
public:
  OpeningFinder(llvm::function_ref<void(const Opening &)> Each) : Each(Each) {}

  /// Down holds the calls below Flow, innermost first.
  void find(const FunctionFlow &Flow);

private:
  struct Step {
    const CallExpr *Call;
    const FunctionFlow *Caller;
    const FunctionDecl *Callee;
  };
  void open(const FunctionDecl *Root);

  llvm::function_ref<void(const Opening &)> Each;
  llvm::SmallVector<Step, 4> Down; ///< innermost first
  llvm::SmallPtrSet<const FunctionDecl *, 8> Entered;
  unsigned Count = 0;
};

} // namespace

/// True if code of other files can call it.
static bool isOpen(const FunctionDecl *Function, TranslationUnit &Unit) {
  if (Function->isMain())
    return false;
  return Function->isExternallyVisible() || !Unit.seesAllCalls(Function);
}

void OpeningFinder::open(const FunctionDecl *Root) {
  // The entries refer to one another, so they stand still while Each looks.
  std::vector<Entry> Entries;
  Entries.reserve(Down.size() + 1);
  Entries.push_back(Entry::open(Root));
  llvm::SmallVector<const CallExpr *, 4> Calls;
  llvm::SmallVector<const FunctionDecl *, 4> Callees;
  for (auto Next = Down.rbegin(); Next != Down.rend(); ++Next) {
    Place From = {Next->Caller, Next->Call, &Entries.back()};
    Entries.push_back({Next->Call, Next->Callee, From});
    Calls.push_back(Next->Call);
    Callees.push_back(Next->Callee);
  }
  Each({Root, &Entries.back(), Calls, Callees});
}

void OpeningFinder::find(const FunctionFlow &Flow) {
  const FunctionDecl *Function = Flow.getFunction();
  if (!Entered.insert(Function).second)
    return;
  if (Count >= MaxOpenings || Down.size() > MaxOpeningDepth) {
    reportLimit(Count >= MaxOpenings ? "MaxOpenings" : "MaxOpeningDepth",
                Function);
    return;
  }
  TranslationUnit &Unit = Flow.getUnit();
  if (isOpen(Function, Unit)) {
    ++Count;
    open(Function);
  }
  for (const CallSite &Site : Unit.getCalls(Function)) {
    const auto *Call = dyn_cast<CallExpr>(Site.Call);
    const FunctionFlow *Caller =
        Call && Site.Caller ? Unit.getFlow(Site.Caller) : nullptr;
    if (!Caller || !Caller->find(Call).Block)
      continue;
    Down.push_back({Call, Caller, Function});
    find(*Caller);
    Down.pop_back();
  }
  Entered.erase(Function);
}

void forEachOpening(const FunctionFlow &Flow,
                    llvm::function_ref<void(const Opening &)> Each) {
  OpeningFinder(Each).find(Flow);
}

} // namespace selfconnect
} // namespace tidy
} // namespace clang
