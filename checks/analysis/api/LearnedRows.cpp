//===- LearnedRows.cpp - rows of the API table from other files -----------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "LearnedRows.h"
#include "../../compat/Usr.h"
#include "../code/AccessPath.h"
#include "../summary/SummaryJson.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"
#include "clang/Basic/FileManager.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Path.h"

namespace clang {
namespace tidy {
namespace selfconnect {

/// How many definitions of one function are looked at.
static constexpr size_t MaxDefinitions = 64;

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

std::string getFieldSetsName(llvm::StringRef Name) {
  return (Name + ".fields").str();
}

std::string getTellsName(llvm::StringRef Name) {
  return (Name + ".tells").str();
}

std::string getRepeatedName(llvm::StringRef Name) {
  return (Name + ".repeated").str();
}

/// The function whose definition its instances and declarations share.
static const FunctionDecl *getPattern(const FunctionDecl *Function) {
  if (const FunctionDecl *Pattern = Function->getTemplateInstantiationPattern())
    return Pattern->getCanonicalDecl();
  return Function->getCanonicalDecl();
}

/// Takes out of First what the rows Others say otherwise.
static void keepCommonFacts(Summary &First,
                            llvm::ArrayRef<const Summary *> Others) {
  auto Keep = [&](auto &Facts, auto Member, auto AreSame) {
    llvm::erase_if(Facts, [&](const auto &Fact) {
      return !llvm::all_of(Others, [&](const Summary *Other) {
        return llvm::any_of(Other->*Member, [&](const auto &Known) {
          return AreSame(Known, Fact);
        });
      });
    });
  };
  auto HaveSame = [](const auto &A, const auto &B) {
    return haveSameFacts(A, B);
  };
  Keep(First.Attempts, &Summary::Attempts, HaveSame);
  Keep(First.Listens, &Summary::Listens, HaveSame);
  Keep(First.Sets, &Summary::Sets, HaveSame);
  Keep(First.Endpoints, &Summary::Endpoints, HaveSame);
  llvm::erase_if(First.LeadsTo, [&](const std::string &Usr) {
    return !llvm::all_of(Others, [&](const Summary *Other) {
      return llvm::is_contained(Other->LeadsTo, Usr);
    });
  });
  llvm::erase_if(First.Repeats, [&](unsigned Position) {
    return !llvm::all_of(Others, [&](const Summary *Other) {
      return llvm::is_contained(Other->Repeats, Position);
    });
  });
  for (const Summary *Other : Others) {
    First.MakesSocket &= Other->MakesSocket;
    if (!haveSameFacts(First.SocketTypes, Other->SocketTypes))
      First.SocketTypes.clear();
    First.NeverReturns &= Other->NeverReturns;
  }
}

/// The rows of what Function may be, as others have them.
std::vector<const Summary *>
LearnedRows::findDefinitions(const FunctionDecl *Function,
                             llvm::StringRef Name) {
  std::string Usr = getUsr(Function);
  std::vector<const Summary *> Found;
  for (const Summary &Row : Store.find(Name))
    if (Row.File.empty() &&
        (Row.Usr == Usr || llvm::is_contained(Row.Overrides, Usr)))
      Found.push_back(&Row);
  const auto *Method = dyn_cast<CXXMethodDecl>(Function);
  if (Found.size() < 2 || (Method && Method->isVirtual()))
    return Found;
  // Forty programs that each define die(): those of the caller's folder first.
  const SourceManager &Sources = Context.getSourceManager();
  // By hand, and in build systems, file names are relative.
  auto FolderOf = [&](llvm::StringRef File) {
    llvm::SmallString<256> Absolute(File);
    Sources.getFileManager().makeAbsolutePath(Absolute);
    llvm::sys::path::remove_dots(Absolute, /*remove_dot_dot=*/true);
    return llvm::sys::path::parent_path(Absolute).str();
  };
  std::string Folder;
  if (auto Main = Sources.getFileEntryRefForID(Sources.getMainFileID()))
    Folder = FolderOf(Main->getName());
  auto IsNear = [&](const Summary *Row) {
    return FolderOf(Store.resolve(Row->At)) == Folder;
  };
  if (llvm::any_of(Found, IsNear))
    llvm::erase_if(Found, [&](const Summary *Row) { return !IsNear(Row); });
  return Found;
}

LearnedRows::Known &LearnedRows::getKnown(const FunctionDecl *Function,
                                          KnownFunctions &In) {
  Function = getPattern(Function);
  auto [Entry, IsNew] = In.try_emplace(Function);
  if (!IsNew)
    return Entry->second;
  const FunctionDecl *Body = nullptr;
  std::string Name = getSummaryName(Function);
  const SourceManager &Sources = Context.getSourceManager();
  const auto *Method = dyn_cast<CXXMethodDecl>(Function);
  bool IsVirtual = Method && Method->isVirtual();
  bool HasBody = Function->hasBody(Body);
  // What stands in a system header is the business of the API table.
  if (Name.empty() || Function->getBuiltinID() ||
      (HasBody && (!IsVirtual || &In == &SetsByFunction)) ||
      Sources.isInSystemHeader(Function->getLocation()))
    return Entry->second;
  if (&In == &SetsByFunction)
    Name = getFieldSetsName(Name);
  std::vector<const Summary *> Found = findDefinitions(Function, Name);
  // What has a body here is seen without a summary, its overrides are not.
  if (HasBody)
    llvm::erase_if(Found, [&, Usr = getUsr(Function)](const Summary *Row) {
      return Row->Usr == Usr || isInMainFile(Row->At);
    });
  if (Found.size() > MaxDefinitions)
    Found.clear();
  Known New;
  // Of overrides, any may be called. Of several definitions it is one, and what
  // they do not all say is not known.
  for (const Summary *Row : Found) {
    Summaries.push_back(*Row);
    if (!IsVirtual)
      keepCommonFacts(Summaries.back(), Found);
    New.Summaries.push_back(&Summaries.back());
    addRows(Summaries.back(), New);
    if (!IsVirtual)
      break;
  }
  return In[Function] = std::move(New);
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
    if (Attempt.Guarded || Attempt.Harmless || Attempt.Suppressed ||
        (!Attempt.TellsRefusal && !Attempt.Cycle && !Attempt.Reconnects))
      continue;
    ApiRow &Row = Add(ApiRole::Connect);
    Row.Attempt = &Attempt;
    Row.Later = Attempt.Later;
    Row.Reconnects = Attempt.Reconnects;
    Row.ReturnsRefusal = Attempt.Reconnects && Attempt.TellsRefusal;
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
  return getKnown(Function, ByFunction).Summaries;
}

llvm::ArrayRef<const Summary *>
LearnedRows::findFieldSets(const FunctionDecl *Function) {
  return getKnown(Function, SetsByFunction).Summaries;
}

bool LearnedRows::isInMainFile(const SummaryPlace &Place) const {
  SourceManager &Sources = Context.getSourceManager();
  auto Main = Sources.getFileEntryRefForID(Sources.getMainFileID());
  auto File = Sources.getFileManager().getFileRef(Store.resolve(Place));
  if (!File) {
    llvm::consumeError(File.takeError());
    return false;
  }
  return Main && &Main->getFileEntry() == &File->getFileEntry();
}

llvm::ArrayRef<const ApiRow *> LearnedRows::findRows(const FieldDecl *Field,
                                                     ApiRole Role) {
  auto [Entry, IsNew] = ByField.try_emplace(Field);
  if (!IsNew || !Field->getIdentifier())
    return selectRole(Entry->second.Rows, Role);
  std::string Usr = getUsr(Field);
  Known New;
  for (const Summary &Row : Store.find(Field->getName())) {
    if (Row.Usr != Usr || !Row.File.empty())
      continue;
    // What has a body here is called here, and seen without a summary.
    auto IsOwn = [&](const auto &Fact) {
      return Fact.Path.empty() || isInMainFile(Fact.Path.front().At);
    };
    Summaries.push_back(Row);
    Summary &Others = Summaries.back();
    llvm::erase_if(Others.Attempts, IsOwn);
    llvm::erase_if(Others.Listens, IsOwn);
    addRows(Others, New);
  }
  ByField[Field] = std::move(New);
  return selectRole(ByField[Field].Rows, Role);
}

llvm::ArrayRef<const ApiRow *>
LearnedRows::findRows(const FunctionDecl *Function, ApiRole Role) {
  return selectRole(getKnown(Function, ByFunction).Rows, Role);
}

llvm::ArrayRef<const ApiRow *>
LearnedRows::selectRole(llvm::ArrayRef<const ApiRow *> All, ApiRole Role) {
  // The rows of one function are few; they stand by role.
  while (!All.empty() && All.front()->Role != Role)
    All = All.drop_front();
  while (!All.empty() && All.back()->Role != Role)
    All = All.drop_back();
  return All;
}

static bool isAmong(const std::vector<std::string> &Usrs,
                    const FunctionDecl *Function) {
  if (llvm::is_contained(Usrs, getUsr(Function)))
    return true;
  const auto *Method = dyn_cast<CXXMethodDecl>(Function);
  return Method && llvm::any_of(Method->overridden_methods(),
                                [&](const CXXMethodDecl *Base) {
                                  return isAmong(Usrs, Base);
                                });
}

bool LearnedRows::leadsTo(const FunctionDecl *Function,
                          const FunctionDecl *Target) {
  return llvm::any_of(find(Function), [&](const Summary *Row) {
    return !Row->LeadsTo.empty() && isAmong(Row->LeadsTo, Target);
  });
}

const Summary *LearnedRows::findRepeated(const FunctionDecl *Function) {
  std::string Name = getSummaryName(Function);
  if (Name.empty() || !Function->isExternallyVisible())
    return nullptr;
  std::string Usr = getUsr(Function);
  for (const Summary &Row : Store.find(getRepeatedName(Name)))
    if (Row.IsRepeated && Row.Usr == Usr)
      return &Row;
  return nullptr;
}

const SummaryTold *LearnedRows::findTold(const FunctionDecl *Function) {
  auto [Entry, IsNew] =
      ToldByFunction.try_emplace(Function->getCanonicalDecl(), nullptr);
  std::string Name = getSummaryName(Function);
  const auto *Method = dyn_cast<CXXMethodDecl>(Function);
  if (!IsNew || Name.empty() || Function->hasBody() ||
      Function->getBuiltinID() || (Method && Method->isVirtual()) ||
      Context.getSourceManager().isInSystemHeader(Function->getLocation()))
    return Entry->second;
  std::vector<const Summary *> Found =
      findDefinitions(Function, getTellsName(Name));
  if (Found.empty() || llvm::any_of(Found, [&](const Summary *Row) {
        return !Row->Tells || !(*Row->Tells == *Found.front()->Tells);
      }))
    return nullptr;
  Summaries.push_back(*Found.front());
  return ToldByFunction[Function->getCanonicalDecl()] =
             &*Summaries.back().Tells;
}

bool LearnedRows::neverReturns(const FunctionDecl *Function) {
  llvm::ArrayRef<const Summary *> Of = find(Function);
  return !Of.empty() && !Function->hasBody() &&
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
