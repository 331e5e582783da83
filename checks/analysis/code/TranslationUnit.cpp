//===- TranslationUnit.cpp - what is computed once per translation unit ---===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "TranslationUnit.h"
#include "FunctionFlow.h"
#include "UnitIndex.h"
#include "clang/Basic/SourceManager.h"

namespace clang {
namespace tidy {
namespace selfconnect {

TranslationUnit::TranslationUnit(ASTContext &Context) : Context(Context) {}
TranslationUnit::~TranslationUnit() = default;

const FunctionFlow *TranslationUnit::getFlow(const FunctionDecl *Function) {
  const FunctionDecl *Definition = nullptr;
  if (Function->hasBody(Definition))
    Function = Definition;
  auto Inserted = Flows.try_emplace(Function);
  if (Inserted.second)
    // Building asks nothing of this map, so the iterator stays valid.
    Inserted.first->second = FunctionFlow::build(Function, *this);
  return Inserted.first->second.get();
}

TranslationUnit::Index &TranslationUnit::getIndex() {
  if (!WholeIndex)
    WholeIndex = std::make_unique<Index>(Context);
  return *WholeIndex;
}

std::vector<const FunctionDecl *> TranslationUnit::getCalledElsewhere() {
  std::vector<const FunctionDecl *> Found;
  auto Add = [&](const FunctionDecl *Function) {
    const auto *Method = dyn_cast<CXXMethodDecl>(Function);
    if (!Function->hasBody() || (Method && Method->isVirtual()))
      Found.push_back(Function);
  };
  const Index &All = getIndex();
  for (const auto &[Function, Sites] : All.Calls)
    Add(Function);
  for (const auto &[Function, By] : All.Escaped)
    Add(Function);
  llvm::sort(Found);
  Found.erase(std::unique(Found.begin(), Found.end()), Found.end());
  return Found;
}

llvm::ArrayRef<TranslationUnit::TableEntry> TranslationUnit::getTableEntries() {
  return getIndex().TableEntries;
}

const Givings &TranslationUnit::getGlobalGivings(const VarDecl *Var) {
  return getIndex().Globals[Var->getCanonicalDecl()];
}

const Givings &TranslationUnit::getFieldGivings(const FieldDecl *Field) {
  return getIndex().Fields[getStorage(Field)];
}

/// The methods that Function overrides, and what those override.
static void collectOverridden(const FunctionDecl *Function,
                              std::vector<const FunctionDecl *> &Found) {
  const auto *Method = dyn_cast<CXXMethodDecl>(Function);
  if (!Method)
    return;
  for (const CXXMethodDecl *Base : Method->overridden_methods()) {
    if (llvm::is_contained(Found, Base->getCanonicalDecl()))
      continue;
    Found.push_back(Base->getCanonicalDecl());
    collectOverridden(Base, Found);
  }
}

/// True for `Base::open()`, which never goes to an override.
static bool isQualified(const Expr *Call) {
  const auto *Member = dyn_cast<CXXMemberCallExpr>(Call);
  const auto *Callee =
      Member ? dyn_cast<MemberExpr>(Member->getCallee()->IgnoreParens())
             : nullptr;
  return Callee && Callee->hasQualifier();
}

llvm::ArrayRef<CallSite>
TranslationUnit::getCalls(const FunctionDecl *Function) {
  Function = Function->getCanonicalDecl();
  Index &All = getIndex();
  std::vector<const FunctionDecl *> Overridden;
  collectOverridden(Function, Overridden);
  if (Overridden.empty())
    return All.Calls[Function];
  // A call of what it overrides may go to it.
  auto Inserted = VirtualCalls.try_emplace(Function);
  std::vector<CallSite> &Sites = Inserted.first->second;
  if (!Inserted.second)
    return Sites;
  Sites = All.Calls[Function];
  for (const FunctionDecl *Base : Overridden) {
    auto Calls = All.Calls.find(Base);
    if (Calls != All.Calls.end())
      llvm::copy_if(
          Calls->second, std::back_inserter(Sites),
          [](const CallSite &Site) { return !isQualified(Site.Call); });
  }
  return Sites;
}

llvm::ArrayRef<const FunctionDecl *>
TranslationUnit::getAddressUsers(const ValueDecl *Object) {
  return getIndex().AddressUsers[Object];
}

bool TranslationUnit::callsAny(llvm::function_ref<bool(const CallExpr *)> Is) {
  return llvm::any_of(getIndex().Calls, [&](const auto &Called) {
    const auto *Call = Called.second.empty()
                           ? nullptr
                           : dyn_cast<CallExpr>(Called.second.front().Call);
    return Call && Is(Call);
  });
}

bool TranslationUnit::seesAllCalls(const FunctionDecl *Function) {
  return !Function->isExternallyVisible() &&
         !getIndex().Escaped.count(Function->getCanonicalDecl());
}

bool TranslationUnit::isHandedOn(const DeclRefExpr *Ref) {
  return getIndex().Mentions.count(Ref);
}

const FunctionDecl *TranslationUnit::getHandedOn(const Stmt *S) {
  if (const auto *Text = dyn_cast<StringLiteral>(S))
    return getIndex().Slots.lookup(Text);
  const auto *Ref = dyn_cast<DeclRefExpr>(S);
  const auto *Function = Ref ? dyn_cast<FunctionDecl>(Ref->getDecl()) : nullptr;
  return Function && isHandedOn(Ref) ? Function->getCanonicalDecl() : nullptr;
}

const llvm::SmallPtrSetImpl<const FunctionDecl *> &
TranslationUnit::getCallersOf(const FunctionDecl *Function) {
  Function = Function->getCanonicalDecl();
  auto Inserted = CallersOf.try_emplace(Function);
  auto &Callers = Inserted.first->second;
  if (!Inserted.second)
    return Callers;
  Index &All = getIndex();
  llvm::SmallVector<const FunctionDecl *, 8> Worklist{Function};
  while (!Worklist.empty()) {
    const FunctionDecl *Next = Worklist.pop_back_val();
    if (!Next || !Callers.insert(Next->getCanonicalDecl()).second)
      continue;
    for (const CallSite &Site : getCalls(Next))
      Worklist.push_back(Site.Caller);
    auto Escapes = All.HandedOn.find(Next->getCanonicalDecl());
    if (Escapes != All.HandedOn.end())
      Worklist.append(Escapes->second.begin(), Escapes->second.end());
  }
  return Callers;
}

const llvm::SmallPtrSetImpl<const FunctionDecl *> &
TranslationUnit::getSchedulersOf(const FunctionDecl *Function) {
  Function = Function->getCanonicalDecl();
  auto Inserted = SchedulersOf.try_emplace(Function);
  auto &Schedulers = Inserted.first->second;
  if (!Inserted.second)
    return Schedulers;
  Index &All = getIndex();
  llvm::SmallVector<const FunctionDecl *, 8> Worklist;
  for (const FunctionDecl *Caller : getCallersOf(Function)) {
    auto Escapes = All.HandedOn.find(Caller);
    if (Escapes != All.HandedOn.end())
      Worklist.append(Escapes->second.begin(), Escapes->second.end());
  }
  while (!Worklist.empty()) {
    const FunctionDecl *Next = Worklist.pop_back_val();
    if (!Next || !Schedulers.insert(Next->getCanonicalDecl()).second)
      continue;
    for (const CallSite &Site : getCalls(Next))
      Worklist.push_back(Site.Caller);
  }
  return Schedulers;
}

llvm::ArrayRef<TranslationUnit::Handler> TranslationUnit::getHandlers() {
  if (HasHandlers)
    return Handlers;
  HasHandlers = true;
  for (const auto &[Function, HandedOnBy] : getIndex().Escaped) {
    const FunctionDecl *Definition = nullptr;
    if (Function->hasBody(Definition))
      Handlers.push_back({Definition, {HandedOnBy.begin(), HandedOnBy.end()}});
  }
  const SourceManager &Sources = Context.getSourceManager();
  llvm::sort(Handlers, [&](const Handler &A, const Handler &B) {
    return Sources.isBeforeInTranslationUnit(A.Function->getLocation(),
                                             B.Function->getLocation());
  });
  return Handlers;
}

} // namespace selfconnect
} // namespace tidy
} // namespace clang
