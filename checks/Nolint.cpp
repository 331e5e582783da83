//===- Nolint.cpp - what a NOLINT hides -----------------------------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Nolint.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/GlobPattern.h"

namespace clang {
namespace tidy {
namespace selfconnect {

/// True if Rest, what stands behind the word, names Check or no check at all.
static bool names(llvm::StringRef Rest, llvm::StringRef Check) {
  if (Rest.empty() || Rest.front() != '(')
    return true;
  llvm::StringRef List = Rest.drop_front().take_until(
      [](char C) { return C == ')' || C == '\n'; });
  llvm::SmallVector<llvm::StringRef, 4> Globs;
  List.split(Globs, ',');
  return llvm::any_of(Globs, [&](llvm::StringRef Glob) {
    llvm::Expected<llvm::GlobPattern> Pattern =
        llvm::GlobPattern::create(Glob.trim());
    if (!Pattern) {
      llvm::consumeError(Pattern.takeError());
      return false;
    }
    return Pattern->match(Check);
  });
}

/// True if Line has Word, for Check.
static bool says(llvm::StringRef Line, llvm::StringRef Word,
                 llvm::StringRef Check) {
  for (size_t At = Line.find(Word); At != llvm::StringRef::npos;
       At = Line.find(Word, At + 1)) {
    llvm::StringRef Rest = Line.substr(At + Word.size());
    // NOLINT is no NOLINTNEXTLINE.
    if ((Rest.empty() || !llvm::isAlpha(Rest.front())) && names(Rest, Check))
      return true;
  }
  return false;
}

bool isNolinted(const SourceManager &Sources, SourceLocation Location,
                llvm::StringRef Check) {
  if (Location.isInvalid())
    return false;
  // In a macro, where it is used and where it is defined.
  if (Location.isMacroID() &&
      isNolinted(Sources, Sources.getImmediateMacroCallerLoc(Location), Check))
    return true;
  auto [File, Offset] = Sources.getDecomposedSpellingLoc(Location);
  bool Invalid = false;
  llvm::StringRef Text = Sources.getBufferData(File, &Invalid);
  if (Invalid || !Text.contains("NOLINT"))
    return false;
  size_t Begin = Text.rfind('\n', Offset);
  Begin = Begin == llvm::StringRef::npos ? 0 : Begin + 1;
  llvm::StringRef Before = Text.take_front(Begin);
  if (says(Text.substr(Begin).take_until([](char C) { return C == '\n'; }),
           "NOLINT", Check))
    return true;
  llvm::SmallVector<llvm::StringRef, 0> Lines;
  Before.split(Lines, '\n');
  if (!Lines.empty() && Lines.back().empty())
    Lines.pop_back();
  if (!Lines.empty() && says(Lines.back(), "NOLINTNEXTLINE", Check))
    return true;
  int Open = 0;
  for (llvm::StringRef Line : Lines) {
    Open += says(Line, "NOLINTBEGIN", Check);
    Open -= says(Line, "NOLINTEND", Check);
  }
  return Open > 0;
}

} // namespace selfconnect
} // namespace tidy
} // namespace clang
