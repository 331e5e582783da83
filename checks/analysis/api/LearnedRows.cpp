//===- LearnedRows.cpp - rows of the API table from other files -----------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "LearnedRows.h"
#include "../code/AccessPath.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"
#include "clang/Basic/FileManager.h"
#include "clang/Basic/SourceManager.h"
#include "clang/Index/USRGeneration.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Path.h"

namespace clang {
namespace tidy {
namespace selfconnect {

/// How many definitions of one function are looked at.
static constexpr size_t MaxDefinitions = 16;

std::string getUsr(const Decl *D) {
  llvm::SmallString<128> Usr;
  if (!D || index::generateUSRForDecl(D, Usr))
    return "";
  return std::string(Usr);
}

std::string getSummaryName(const FunctionDecl *Function) {
  const NamedDecl *Named = Function;
  if (const auto *Constructor = dyn_cast<CXXConstructorDecl>(Function))
    Named = Constructor->getParent();
  return Named->getIdentifier() ? Named->getName().str() : "";
}

/// The function whose definition its instances and declarations share.
static const FunctionDecl *getPattern(const FunctionDecl *Function) {
  if (const FunctionDecl *Pattern = Function->getTemplateInstantiationPattern())
    return Pattern->getCanonicalDecl();
  return Function->getCanonicalDecl();
}

LearnedRows::Known &LearnedRows::getKnown(const FunctionDecl *Function) {
  Function = getPattern(Function);
  auto [Entry, IsNew] = ByFunction.try_emplace(Function);
  if (!IsNew)
    return Entry->second;
  const FunctionDecl *Body = nullptr;
  std::string Name = getSummaryName(Function);
  const SourceManager &Sources = Context.getSourceManager();
  // What stands in a system header is the business of the API table.
  if (Name.empty() || Function->getBuiltinID() || Function->hasBody(Body) ||
      Sources.isInSystemHeader(Function->getLocation()))
    return Entry->second;
  std::string Usr = getUsr(Function);
  std::vector<const Summary *> Found;
  for (const Summary &Row : Store.find(Name))
    if (Row.File.empty() &&
        (Row.Usr == Usr || llvm::is_contained(Row.Overrides, Usr)))
      Found.push_back(&Row);
  // Forty programs that each define die(): those of the caller's folder first.
  llvm::StringRef Folder;
  if (auto Main = Sources.getFileEntryRefForID(Sources.getMainFileID()))
    Folder = llvm::sys::path::parent_path(Main->getName());
  auto IsNear = [&](const Summary *Row) {
    std::string File = Store.resolve(Row->At);
    return llvm::sys::path::parent_path(File) == Folder;
  };
  bool IsVirtual = isa<CXXMethodDecl>(Function) &&
                   cast<CXXMethodDecl>(Function)->isVirtual();
  if (Found.size() > 1 && !IsVirtual && llvm::any_of(Found, IsNear))
    llvm::erase_if(Found, [&](const Summary *Row) { return !IsNear(Row); });
  if (Found.size() > MaxDefinitions)
    Found.clear();
  Known New;
  for (const Summary *Row : Found) {
    Summaries.push_back(*Row);
    New.Summaries.push_back(&Summaries.back());
    addRows(Summaries.back(), New);
  }
  return ByFunction[Function] = std::move(New);
}

/// Where a caller finds what Path means.
static ApiArgument toArgument(const SummaryPath &Path) {
  ApiArgument Argument;
  if (Path.Parameter >= 0)
    Argument.Index = Path.Parameter;
  else
    Argument.Parameter = "this";
  Argument.Field = llvm::join(Path.Fields, ".");
  return Argument;
}

void LearnedRows::addRows(const Summary &Of, Known &To) {
  auto Add = [&](ApiRole Role) -> ApiRow & {
    Rows.emplace_back();
    ApiRow &Row = Rows.back();
    Row.Name = Of.Name;
    Row.Role = Role;
    To.Rows.push_back(&Row);
    return Row;
  };
  for (const SummaryAttempt &Attempt : Of.Attempts) {
    if (Attempt.Guarded || Attempt.Harmless || Attempt.Suppressed)
      continue;
    ApiRow &Row = Add(ApiRole::Connect);
    Row.Attempt = &Attempt;
    Row.Later = Attempt.Later;
    Row.Creates = Attempt.Creates;
    if (Attempt.Address)
      Row.Address = toArgument(*Attempt.Address);
  }
  for (const SummaryListen &Listen : Of.Listens)
    if (!Listen.Suppressed)
      Add(ApiRole::Listen).Listening = &Listen;
  for (const SummaryEndpoint &Endpoint : Of.Endpoints) {
    ApiRow &Row = Add(ApiRole::Endpoint);
    Row.Made = &Endpoint;
    if (Endpoint.Target)
      Row.Result = toArgument(*Endpoint.Target);
  }
  if (Of.MakesSocket)
    Add(ApiRole::Create);
}

llvm::ArrayRef<const Summary *>
LearnedRows::find(const FunctionDecl *Function) {
  return getKnown(Function).Summaries;
}

llvm::ArrayRef<const ApiRow *>
LearnedRows::findRows(const FunctionDecl *Function, ApiRole Role) {
  // The rows of one function are few; they stand by role.
  llvm::ArrayRef<const ApiRow *> All = getKnown(Function).Rows;
  while (!All.empty() && All.front()->Role != Role)
    All = All.drop_front();
  while (!All.empty() && All.back()->Role != Role)
    All = All.drop_back();
  return All;
}

bool LearnedRows::neverReturns(const FunctionDecl *Function) {
  llvm::ArrayRef<const Summary *> Of = find(Function);
  return !Of.empty() &&
         llvm::all_of(Of, [](const Summary *Row) { return Row->NeverReturns; });
}

SourceLocation LearnedRows::locate(const SummaryPlace &Place) const {
  if (!Place.isValid())
    return {};
  SourceManager &Sources = Context.getSourceManager();
  auto File = Sources.getFileManager().getFileRef(Store.resolve(Place));
  if (!File) {
    llvm::consumeError(File.takeError());
    return {};
  }
  FileID Id = Sources.getOrCreateFileID(*File, SrcMgr::C_User);
  return Sources.translateLineCol(Id, Place.Line, Place.Column);
}

static thread_local LearnedRows *CurrentRows = nullptr;

LearnedRows *LearnedRows::current() { return CurrentRows; }

LearnedRows::Use::Use(LearnedRows *Rows) : Previous(CurrentRows) {
  CurrentRows = Rows;
}

LearnedRows::Use::~Use() { CurrentRows = Previous; }

} // namespace selfconnect
} // namespace tidy
} // namespace clang
