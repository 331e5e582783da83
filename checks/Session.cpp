//===- Session.cpp - what the checks share of one file --------------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Session.h"
#include "Nolint.h"
#include "analysis/code/TargetConstants.h"
#include "analysis/learn/Learner.h"
#include "analysis/summary/SummaryJson.h"
#include "compat/Compat.h"
#include "clang/Basic/FileManager.h"
#include "clang/Basic/SourceManager.h"
#include "clang/Basic/TargetInfo.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"

namespace clang {
namespace tidy {
namespace selfconnect {

namespace path = llvm::sys::path;

Session::Session(ASTContext &Context, std::shared_ptr<SummaryStore> From)
    : Store(std::move(From)), Unit(Context) {
  if (Store)
    Learned = std::make_unique<LearnedRows>(*Store, Context);
}

SummaryOption::SummaryOption(ClangTidyCheck &Check,
                             const ClangTidyCheck::OptionsView &Options,
                             llvm::StringRef Main, bool OnlyReads)
    : RawDir(compat::getOption(Options, "SummaryDir", "")),
      RawIn(compat::getOption(Options, "SummaryIn", "")),
      RawOut(compat::getOption(Options, "SummaryOut", "")) {
  auto Fail = [&](llvm::StringRef Name, const llvm::Twine &What) {
    Check.configurationDiag("invalid value for option '%0': %1",
                            DiagnosticIDs::Error)
        << Name << What.str();
  };
  if (!RawDir.empty()) {
    Dir = findUpward(RawDir, Main, /*IsFolder=*/true);
    if (Dir.empty())
      Fail("SummaryDir", "there is no folder '" + RawDir +
                             "' above the file that is checked; selfconnect "
                             "scan makes it");
  }
  if (!OnlyReads) {
    OutFile = RawOut;
    WritesToDir = RawOut.empty() && !Dir.empty();
  }
  // A file that is only to write down what it knows asks others, too: for what
  // they have not said, they are asked again.
  if (Dir.empty() && RawIn.empty() && OutFile.empty())
    return;
  // The checks of one file ask one store, so that each file is read once.
  static thread_local std::weak_ptr<SummaryStore> Last;
  static thread_local std::string LastKey;
  std::string Key = Dir + '\0' + RawIn + '\0' + Main.str();
  Store = Last.lock();
  if (Store && LastKey == Key)
    return;
  std::string Error;
  Store = std::make_shared<SummaryStore>(Dir, RawIn, Error);
  if (!Error.empty())
    Fail("SummaryIn", Error);
  Last = Store;
  LastKey = Key;
}

void SummaryOption::store(const ClangTidyCheck::OptionsView &Options,
                          ClangTidyOptions::OptionMap &Opts) const {
  Options.store(Opts, "SummaryDir", RawDir);
  Options.store(Opts, "SummaryIn", RawIn);
  Options.store(Opts, "SummaryOut", RawOut);
}

Session &SummaryOption::session(ASTContext &Context) const {
  static thread_local std::weak_ptr<Session> Last;
  static thread_local ASTContext *LastContext = nullptr;
  if (Current && CurrentContext == &Context)
    return *Current;
  Current = LastContext == &Context ? Last.lock() : nullptr;
  if (!Current) {
    Current = std::make_shared<Session>(Context, Store);
    if (Macros)
      TargetConstants::read(Current->unit(), *Macros);
    Last = Current;
    LastContext = &Context;
  }
  CurrentContext = &Context;
  if (!ExtraGuards.empty())
    Current->ExtraGuards = ExtraGuards;
  return *Current;
}

/// File, which is absolute, seen from Root.
static std::string makeRelative(llvm::StringRef File, llvm::StringRef Root) {
  auto FileAt = path::begin(File), FileEnd = path::end(File);
  auto RootAt = path::begin(Root), RootEnd = path::end(Root);
  while (FileAt != FileEnd && RootAt != RootEnd && *FileAt == *RootAt) {
    ++FileAt;
    ++RootAt;
  }
  llvm::SmallString<256> Relative;
  for (; RootAt != RootEnd; ++RootAt)
    path::append(Relative, path::Style::posix, "..");
  for (; FileAt != FileEnd; ++FileAt)
    path::append(Relative, path::Style::posix, *FileAt);
  return std::string(Relative);
}

std::string SummaryOption::nameFile(llvm::StringRef File,
                                    const ASTContext &Context) const {
  const FileManager &Files = Context.getSourceManager().getFileManager();
  // "<built-in>", "<command line>"
  if (File.empty() || File.front() == '<')
    return "";
  llvm::SmallString<256> Absolute(File), Root(path::parent_path(Dir));
  Files.makeAbsolutePath(Absolute);
  path::remove_dots(Absolute, /*remove_dot_dot=*/true);
  if (Dir.empty()) {
    Root = ".";
    Files.makeAbsolutePath(Root);
    path::remove_dots(Root, /*remove_dot_dot=*/true);
  }
  return makeRelative(Absolute, Root);
}

SummaryPlace SummaryOption::place(SourceLocation Location,
                                  ASTContext &Context) const {
  LearnOptions Options;
  Options.NameFile = [&](llvm::StringRef File) {
    return nameFile(File, Context);
  };
  return toPlace(Location, Context, Options);
}

void SummaryOption::recordIfSuppressed(llvm::StringRef Check,
                                       llvm::StringRef Message,
                                       SourceLocation Location,
                                       ASTContext &Context) const {
  if (writes() && isNolinted(Context.getSourceManager(), Location, Check))
    session(Context).addSuppressed(
        {Check.str(), Message.str(), place(Location, Context)});
}

void SummaryOption::noteWay(ClangTidyCheck &Check,
                            llvm::ArrayRef<SummaryStep> Way,
                            llvm::StringRef Does, const Expr *Call,
                            ASTContext &Context) const {
  const LearnedRows *Rows = session(Context).learned();
  for (const SummaryStep &Step : Way) {
    SourceLocation At = Rows ? Rows->locate(Step.At) : SourceLocation();
    Check.diag(At.isValid() ? At : Call->getBeginLoc(), "%0() %1 here",
               DiagnosticIDs::Note)
        << Step.Name << Does;
  }
}

std::string SummaryOption::chooseFile(const ASTContext &Context) const {
  if (!WritesToDir)
    return OutFile;
  const SourceManager &Sources = Context.getSourceManager();
  std::string Key = Context.getTargetInfo().getTriple().str();
  if (auto Main = Sources.getFileEntryRefForID(Sources.getMainFileID()))
    Key += nameFile(Main->getName(), Context);
  llvm::SmallString<256> File(Dir);
  path::append(File, "units", hashName(Key) + ".json");
  return std::string(File);
}

void SummaryOption::finish() {
  std::shared_ptr<Session> Done = std::move(Current);
  ASTContext *Context = CurrentContext;
  Current = nullptr;
  CurrentContext = nullptr;
  if (!Done || !Context || !writes() || Done->IsWritten)
    return;
  Done->IsWritten = true;
  const SourceManager &Sources = Context->getSourceManager();
  LearnOptions Options;
  Options.ExtraGuards = std::move(Done->ExtraGuards);
  Options.NameFile = [&](llvm::StringRef File) {
    return nameFile(File, *Context);
  };
  Options.IsSuppressed = [&](SourceLocation At, llvm::StringRef Check) {
    return isNolinted(Sources, At, Check);
  };
  LearnedRows::Use Use(Done->learned());
  UnitSummary Summary = learn(Done->unit(), Options);
  Summary.Suppressed = std::move(Done->Suppressed);
  Summary.CycleCalls = std::move(Done->CycleCalls);
  if (Store)
    Summary.Wishes = Store->takeWishes();
  std::string File = chooseFile(*Context);
  // One file is for one unit.
  static std::map<std::string, std::string> Written;
  auto [Before, IsNew] = Written.try_emplace(File, Summary.Main);
  if (!IsNew && Before->second != Summary.Main) {
    llvm::errs() << "selfconnect: error: SummaryOut '" << File
                 << "' has the summary of '" << Before->second
                 << "' already; name a file for each unit\n";
    return;
  }
  std::string Wrong =
      writeSummaryFile(File, writeUnit(Summary, Dir.empty() ? "." : ".."));
  if (!Wrong.empty())
    llvm::errs() << "selfconnect: error: summary '" << File
                 << "' cannot be written: " << Wrong << "\n";
}

} // namespace selfconnect
} // namespace tidy
} // namespace clang
