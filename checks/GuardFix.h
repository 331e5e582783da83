//===- GuardFix.h - put the guard where the attempt is tested ---*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

///
/// \file
/// Where the program tests the result of connect() itself, connect() can be
/// replaced by selfconnect_connect() of selfconnect/guard.h, which reports a
/// socket that met itself as what it means: refused. Nothing else changes: the
/// arguments are evaluated once, errno and the result are those of a refusal,
/// and the descriptor stays open. Elsewhere, a line of text says what to add.
///
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_CHECKS_GUARDFIX_H
#define SELFCONNECT_CHECKS_GUARDFIX_H

#include "analysis/code/FunctionFlow.h"
#include "analysis/retry/RetryCycle.h"
#include "clang/Basic/Diagnostic.h"
#include "llvm/ADT/SmallVector.h"
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace clang {
namespace tidy {
namespace selfconnect {

class GuardFix {
public:
  /// The edits that guard Attempt; none where they might change more than that.
  /// Each file is given the include only once, unless EachAlone, for tools that
  /// apply one fix without the others.
  llvm::SmallVector<FixItHint, 2> make(const FunctionFlow &Flow,
                                       const CallExpr *Attempt,
                                       const RetryCycle &Cycle, bool EachAlone);

  /// The line to add by hand, or "" where the socket has no name.
  static std::string describe(const FunctionFlow &Flow,
                              const CallExpr *Attempt);

private:
  /// An #include of a file.
  struct Include {
    unsigned End;    ///< where the next line begins
    size_t Depth;    ///< how many #ifs it depends on
    unsigned Branch; ///< which branch of the innermost of them it is in
    bool IsGuard;    ///< it includes what the fix would
  };
  static std::vector<Include> findIncludes(FileID File,
                                           const SourceManager &Sources,
                                           const LangOptions &LangOpts);

  /// Where an include belongs: behind the last one in front of the code that
  /// needs it, of those that the fewest #ifs depend on. An #if around includes
  /// ends in such a place, too.
  struct IncludePlace {
    /// Absent if there is no include to stand behind.
    std::optional<unsigned> Offset;
    bool AlreadyThere = false;
  };
  IncludePlace findIncludePlace(FileID File, unsigned Before,
                                const ASTContext &Context);

  std::set<FileID> Included;
  std::map<FileID, std::vector<Include>> Includes;
};

} // namespace selfconnect
} // namespace tidy
} // namespace clang

#endif // SELFCONNECT_CHECKS_GUARDFIX_H
