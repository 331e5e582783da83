//===- fuzz_summaries.cpp - summaries of other files -----------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What is read of a summary is written in a form that reads the same; what is
// wrong with it is said in a few words.
//
//===----------------------------------------------------------------------===//

#include "SummaryJson.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>

using namespace clang::tidy::selfconnect;

namespace {

void require(bool Condition) {
  if (!Condition)
    std::abort();
}

std::string write(std::vector<Summary> Rows) {
  UnitSummary Unit;
  Unit.Main = "main.c";
  Unit.Rows = std::move(Rows);
  return writeUnit(std::move(Unit), "..");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *Data,
                                      std::size_t Size) {
  const llvm::StringRef Text(reinterpret_cast<const char *>(Data), Size);
  std::string Wrong;
  std::vector<Summary> Rows = readRows(Text, "", Wrong);
  require(Wrong.find('\n') == std::string::npos && Wrong.size() < 80);
  for (const Summary &Row : Rows) {
    require(!Row.Name.empty() && !Row.Usr.empty());
    // Who asks for a name is given rows of that name alone.
    for (const Summary &Named : readRows(Text, Row.Name, Wrong))
      require(Named.Name == Row.Name);
    break;
  }
  const std::string First = write(std::move(Rows));
  std::string WrongAgain;
  const std::string Second = write(readRows(First, "", WrongAgain));
  require(WrongAgain.empty() && First == Second);
  return 0;
}
