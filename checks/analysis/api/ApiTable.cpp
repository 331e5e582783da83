//===- ApiTable.cpp - the calls that do something with TCP, as data -------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ApiTable.h"
#include "../summary/SummaryStore.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/MemoryBuffer.h"
#include <mutex>
#include <utility>

namespace clang {
namespace tidy {
namespace selfconnect {

/// The last part of a row's name, and the row.
static const std::pair<const char *, const char *> BundledTexts[] = {
#include "api-rows.inc"
};

static const char *const ListenNames[] = {
#include "api-listen-names.inc"
};

static const char *const ConnectNames[] = {
#include "api-connect-names.inc"
};

/// The only version of the schema that there is.
static constexpr int64_t Schema = 1;

bool ApiTable::addRows(llvm::StringRef Json, llvm::StringRef File,
                       std::string &Error) {
  auto Fail = [&](const llvm::Twine &Text) {
    Error = ("'" + File + "': " + Text).str();
    return false;
  };
  llvm::Expected<llvm::json::Value> Parsed = llvm::json::parse(Json);
  if (!Parsed)
    return Fail("is not JSON: " + llvm::toString(Parsed.takeError()) +
                "; mend the syntax there");
  const llvm::json::Object *Top = Parsed->getAsObject();
  const llvm::json::Array *List = Top ? Top->getArray("rows") : nullptr;
  if (!List)
    return Fail("has no rows; write {\"schema\": 1, \"rows\": [...]}");
  auto Version = Top->getInteger("schema");
  if (!Version || *Version != Schema)
    return Fail("is not of schema 1; write \"schema\": 1");
  unsigned Number = 0;
  for (const llvm::json::Value &Value : *List) {
    ++Number;
    ApiRow Row;
    std::string Wrong = readApiRow(Value, Row);
    if (!Wrong.empty())
      return Fail("row " + llvm::Twine(Number) +
                  (Row.Name.empty() ? "" : " (" + Row.Name + ")") + ": " +
                  Wrong);
    Rows.push_back(std::move(Row));
  }
  return true;
}

//===----------------------------------------------------------------------===//
// The bundled rows
//===----------------------------------------------------------------------===//

namespace {

/// The bundled rows of one name. Most are of no use to a translation unit, so
/// they are read when they are first asked for.
struct BundledRows {
  llvm::SmallVector<const char *, 2> Texts;
  std::once_flag Read;
  std::deque<ApiRow> Rows;
  llvm::SmallVector<const ApiRow *, 2> Found;

  void read() {
    for (const char *Text : Texts) {
      llvm::Expected<llvm::json::Value> Parsed = llvm::json::parse(Text);
      ApiRow Row;
      // The tests read checks/apis.json as a user's file, too.
      if (!Parsed || !readApiRow(*Parsed, Row).empty())
        llvm::report_fatal_error("apis.json has a row that cannot be read");
      Rows.push_back(std::move(Row));
      Found.push_back(&Rows.back());
    }
  }
};

} // namespace

static llvm::ArrayRef<const ApiRow *> findBundled(llvm::StringRef BaseName) {
  static llvm::StringMap<BundledRows> &ByName = *[] {
    auto *New = new llvm::StringMap<BundledRows>;
    for (const auto &[Name, Text] : BundledTexts)
      (*New)[Name].Texts.push_back(Text);
    return New;
  }();
  auto It = ByName.find(BaseName);
  if (It == ByName.end())
    return {};
  BundledRows &Rows = It->second;
  std::call_once(Rows.Read, [&] { Rows.read(); });
  return Rows.Found;
}

const ApiTable &ApiTable::bundled() {
  static const ApiTable *Table = new ApiTable;
  return *Table;
}

//===----------------------------------------------------------------------===//
// The table
//===----------------------------------------------------------------------===//

llvm::ArrayRef<const ApiRow *> ApiTable::find(llvm::StringRef BaseName) const {
  auto It = ByName.find(BaseName);
  return It == ByName.end() ? findBundled(BaseName)
                            : llvm::ArrayRef<const ApiRow *>(It->second);
}

llvm::ArrayRef<const char *> ApiTable::bundledNames(ApiRole Role) {
  assert(Role == ApiRole::Listen || Role == ApiRole::Connect);
  if (Role == ApiRole::Listen)
    return ListenNames;
  return ConnectNames;
}

std::vector<std::string> ApiTable::findNames(ApiRole Role) const {
  std::vector<std::string> Names;
  for (const ApiRow &Row : Rows)
    if (Row.Role == Role)
      Names.push_back(Row.baseName().str());
  return Names;
}

std::shared_ptr<const ApiTable> ApiTable::withFiles(llvm::StringRef Files,
                                                    llvm::StringRef Main,
                                                    std::string &Error) {
  auto Table = std::make_shared<ApiTable>();
  llvm::SmallVector<llvm::StringRef, 4> Names;
  Files.split(Names, ';', -1, /*KeepEmpty=*/false);
  for (llvm::StringRef Name : Names) {
    Name = Name.trim();
    if (Name.empty())
      continue;
    std::string File = findUpward(Name, Main, /*IsFolder=*/false);
    if (File.empty())
      File = Name.str();
    auto Buffer = llvm::MemoryBuffer::getFile(File);
    if (!Buffer) {
      Error = ("'" + Name + "': " + Buffer.getError().message() +
               "; name a file that can be read, from the folder of the file "
               "that is checked or from one above it")
                  .str();
      return nullptr;
    }
    Table->Files.push_back(std::move(File));
    if (!Table->addRows((*Buffer)->getBuffer(), Name, Error))
      return nullptr;
  }
  if (Table->Files.empty())
    return nullptr;
  for (const ApiRow &Row : Table->Rows)
    Table->ByName[Row.baseName()].push_back(&Row);
  for (auto &Named : Table->ByName) {
    llvm::ArrayRef<const ApiRow *> Bundled = findBundled(Named.first());
    Named.second.append(Bundled.begin(), Bundled.end());
  }
  return Table;
}

static thread_local const ApiTable *Current = nullptr;

const ApiTable &ApiTable::current() { return Current ? *Current : bundled(); }

ApiTable::Use::Use(const ApiTable &Table) : Previous(Current) {
  Current = &Table;
}

ApiTable::Use::~Use() { Current = Previous; }

} // namespace selfconnect
} // namespace tidy
} // namespace clang
