//===- SummaryStore.cpp - the summaries of other files --------------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "SummaryStore.h"
#include "SummaryJson.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"

namespace clang {
namespace tidy {
namespace selfconnect {

namespace path = llvm::sys::path;

/// Reads a file of summaries. One that is not there is no error.
static std::vector<Summary> readFile(llvm::StringRef File, llvm::StringRef Name,
                                     bool MustExist, std::string &Wrong) {
  auto Buffer = llvm::MemoryBuffer::getFile(File);
  if (!Buffer) {
    if (MustExist)
      Wrong = Buffer.getError().message();
    return {};
  }
  return readRows((*Buffer)->getBuffer(), Name, Wrong);
}

/// What is odd about a summary costs findings, not the run.
static void warn(llvm::StringRef File, llvm::StringRef Wrong) {
  llvm::errs() << "selfconnect: warning: summary '" << File << "' " << Wrong
               << "; it counts as absent\n";
}

SummaryStore::SummaryStore(llvm::StringRef Folder, llvm::StringRef In,
                           std::string &Error)
    : Dir(Folder.str()) {
  // Paths start where docs/summaries.md says: the folder's parent, or here.
  llvm::SmallString<256> Here;
  if (!Dir.empty())
    Root = path::parent_path(Dir).str();
  else if (!llvm::sys::fs::current_path(Here))
    Root = std::string(Here);
  llvm::SmallVector<llvm::StringRef, 4> Names;
  In.split(Names, ';', -1, /*KeepEmpty=*/false);
  for (llvm::StringRef Name : Names) {
    Name = Name.trim();
    if (Name.empty())
      continue;
    if (!llvm::sys::fs::is_directory(Name)) {
      readListed(Name.str(), Error);
      continue;
    }
    std::vector<std::string> Files;
    std::error_code Failure;
    for (llvm::sys::fs::recursive_directory_iterator Each(Name, Failure), End;
         Each != End && !Failure; Each.increment(Failure))
      if (path::extension(Each->path()) == ".json")
        Files.push_back(Each->path());
    std::sort(Files.begin(), Files.end());
    for (const std::string &File : Files)
      readListed(File, Error);
  }
}

void SummaryStore::readListed(const std::string &File, std::string &Error) {
  Listed.push_back(File);
  if (!llvm::sys::fs::exists(File)) {
    Error = "'" + File + "': is not there; name summaries that were written";
    return;
  }
  std::string Wrong;
  for (Summary &Row : readFile(File, "", /*MustExist=*/true, Wrong))
    ByName[Row.Name].Rows.push_back(std::move(Row));
  if (!Wrong.empty())
    warn(File, Wrong);
}

llvm::ArrayRef<Summary> SummaryStore::find(llvm::StringRef Name) {
  Known &Entry = ByName[Name];
  if (Entry.IsAsked)
    return Entry.Rows;
  Entry.IsAsked = true;
  Wishes.insert(Name);
  if (Dir.empty())
    return Entry.Rows;
  std::string Hash = hashName(Name);
  llvm::SmallString<256> File(Dir);
  path::append(File, "names", Hash.substr(0, 2), Hash + ".json");
  std::string Wrong;
  for (Summary &Row : readFile(File, Name, /*MustExist=*/false, Wrong))
    Entry.Rows.push_back(std::move(Row));
  if (!Wrong.empty())
    warn(File, Wrong);
  return Entry.Rows;
}

std::vector<std::string> SummaryStore::takeWishes() {
  std::vector<std::string> Hashes;
  for (const auto &Wish : Wishes)
    Hashes.push_back(hashName(Wish.getKey()));
  Wishes.clear();
  for (auto &Entry : ByName)
    Entry.second.IsAsked &= !Dir.empty();
  return Hashes;
}

std::string SummaryStore::resolve(const SummaryPlace &Place) const {
  if (path::is_absolute(Place.File) || Root.empty())
    return Place.File;
  llvm::SmallString<256> File(Root);
  path::append(File, Place.File);
  path::remove_dots(File, /*remove_dot_dot=*/true);
  return std::string(File);
}

std::string findUpward(llvm::StringRef Path, llvm::StringRef Main,
                       bool IsFolder) {
  auto IsThere = [&](llvm::StringRef Try) {
    return llvm::sys::fs::exists(Try) &&
           llvm::sys::fs::is_directory(Try) == IsFolder;
  };
  if (path::is_absolute(Path))
    return IsThere(Path) ? Path.str() : "";
  llvm::SmallString<256> At(Main);
  if (llvm::sys::fs::make_absolute(At))
    return "";
  for (llvm::StringRef Folder = path::parent_path(At); !Folder.empty();
       Folder = path::parent_path(Folder)) {
    llvm::SmallString<256> Try(Folder);
    path::append(Try, Path);
    if (IsThere(Try)) {
      path::remove_dots(Try, /*remove_dot_dot=*/true);
      return std::string(Try);
    }
  }
  return "";
}

std::string writeSummaryFile(llvm::StringRef File, llvm::StringRef Text) {
  llvm::SmallString<256> Aside(File);
  Aside += ".%%%%%%%%.tmp";
  llvm::SmallString<256> Made;
  int Handle = -1;
  if (std::error_code Failure =
          llvm::sys::fs::createUniqueFile(Aside, Handle, Made))
    return Failure.message();
  llvm::raw_fd_ostream Out(Handle, /*shouldClose=*/true);
  Out << Text;
  Out.close();
  std::error_code Failure = Out.error();
  Out.clear_error();
  if (!Failure)
    Failure = llvm::sys::fs::rename(Made, File);
  if (!Failure)
    return "";
  llvm::sys::fs::remove(Made);
  return Failure.message();
}

} // namespace selfconnect
} // namespace tidy
} // namespace clang
