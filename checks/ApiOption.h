//===- ApiOption.h - the API table as the user configures it ----*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

///
/// \file
/// The option ApiFiles, and the matchers that find the calls of its table.
///
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_CHECKS_APIOPTION_H
#define SELFCONNECT_CHECKS_APIOPTION_H

#include "Session.h"
#include "analysis/api/NetworkApi.h"
#include "clang-tidy/ClangTidyCheck.h"
#include "clang/ASTMatchers/ASTMatchFinder.h"
#include "llvm/ADT/DenseSet.h"
#include <memory>
#include <string>

namespace clang {
namespace tidy {
namespace selfconnect {

/// ApiFiles as configured for a check, and the calls that the check is about:
/// those of role Role.
class ApiOption {
public:
  /// Reads the option of Check; Main is the file that is checked. An unusable
  /// file is a configuration error.
  ApiOption(ClangTidyCheck &Check, const ClangTidyCheck::OptionsView &Options,
            llvm::StringRef Main, ApiRole Role, const SummaryOption &Summaries);

  void store(const ClangTidyCheck::OptionsView &Options,
             ClangTidyOptions::OptionMap &Opts) const;

  const ApiTable &table() const { return Table ? *Table : ApiTable::bundled(); }

  /// Adds matchers for the calls and constructions of the role outside of
  /// system headers. They bind "call", and "function" where there is one around
  /// it.
  void addMatchers(ast_matchers::MatchFinder &Finder,
                   ast_matchers::MatchFinder::MatchCallback &Callback) const;

  /// Asked of every call of a translation unit, and nearly always false: the
  /// table is not even read before a call has a name that is in it.
  bool isCall(const Expr *E, ASTContext &Context) const {
    const IdentifierInfo *Name = getCalledName(E);
    return (Name && mayBeCalled(Name, Context) && isNamedCall(E, Context)) ||
           (Name && Summaries.reads() && isLearnedCall(E, Context));
  }

  /// To be called at the end of each translation unit.
  void forgetNames() { Names.clear(); }

private:
  bool mayBeCalled(const IdentifierInfo *Name, ASTContext &Context) const {
    if (Names.empty())
      findNames(Context);
    return Names.count(Name);
  }
  void findNames(ASTContext &Context) const;
  bool isNamedCall(const Expr *E, ASTContext &Context) const;
  bool isLearnedCall(const Expr *E, ASTContext &Context) const;

  std::string RawFiles;
  ApiRole Role;
  const SummaryOption &Summaries;
  /// Null for the bundled table.
  std::shared_ptr<const ApiTable> Table;
  /// The names of the role's rows in the current translation unit.
  mutable llvm::DenseSet<const IdentifierInfo *> Names;
};

/// Where a call is reported: a method at its name, since chains of calls are
/// often spread over lines.
SourceLocation getReportLocation(const Expr *Call);

/// Where a note about Location stands. clangd drops one that is within a macro,
/// such as the port in htons() of an optimised build: there it stands where the
/// file has it. clang-tidy shows that place and the way into the macro.
SourceLocation getNoteLocation(SourceLocation Location,
                               const ASTContext &Context, bool IsInClangd);

} // namespace selfconnect
} // namespace tidy
} // namespace clang

#endif // SELFCONNECT_CHECKS_APIOPTION_H
