//===- ApiOption.h - the API table as the user configures it ----*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

///
/// \file
/// The option ApiFiles, and the matcher that finds the calls of its table.
///
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_CHECKS_APIOPTION_H
#define SELFCONNECT_CHECKS_APIOPTION_H

#include "analysis/NetworkApi.h"
#include "clang-tidy/ClangTidyCheck.h"
#include "clang/ASTMatchers/ASTMatchers.h"
#include <memory>
#include <string>

namespace clang {
namespace tidy {
namespace selfconnect {

/// ApiFiles as configured for a check.
class ApiOption {
public:
  /// Reads the option of Check; an unusable file is a configuration error.
  ApiOption(ClangTidyCheck &Check, const ClangTidyCheck::OptionsView &Options);

  void store(const ClangTidyCheck::OptionsView &Options,
             ClangTidyOptions::OptionMap &Opts) const;

  const ApiTable &table() const { return *Table; }

private:
  std::string RawFiles;
  std::shared_ptr<const ApiTable> Table;
};

/// A call or construction that Table has a row of role Role for.
AST_MATCHER_P2(Expr, isApiCall, const ApiTable *, Table, ApiRole, Role) {
  ApiTable::Use Use(*Table);
  return mayBeApiCall(&Node) && findApiCall(&Node, Role);
}

/// Adds matchers for the calls of Table of role Role outside of system headers.
/// They bind "library-call", and "function" where there is one around it.
void addLibraryCallMatchers(ast_matchers::MatchFinder &Finder,
                            const ApiTable &Table, ApiRole Role,
                            ast_matchers::MatchFinder::MatchCallback &Callback);

/// Where a call is reported: a method at its name, since chains of calls are
/// often spread over lines.
SourceLocation getReportLocation(const Expr *Call);

} // namespace selfconnect
} // namespace tidy
} // namespace clang

#endif // SELFCONNECT_CHECKS_APIOPTION_H
