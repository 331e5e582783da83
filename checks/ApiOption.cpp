//===- ApiOption.cpp - the API table as the user configures it ------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ApiOption.h"
#include "compat/Compat.h"
#include "clang/AST/ExprCXX.h"
#include "clang/ASTMatchers/ASTMatchFinder.h"

using namespace clang::ast_matchers;

namespace clang {
namespace tidy {
namespace selfconnect {

static constexpr const char *FilesOption = "ApiFiles";

ApiOption::ApiOption(ClangTidyCheck &Check,
                     const ClangTidyCheck::OptionsView &Options)
    : RawFiles(compat::getOption(Options, FilesOption, "")) {
  std::string Error;
  Table = ApiTable::withFiles(RawFiles, Error);
  if (!Error.empty())
    Check.configurationDiag("invalid value for option '%0': %1",
                            DiagnosticIDs::Error)
        << FilesOption << Error;
}

void ApiOption::store(const ClangTidyCheck::OptionsView &Options,
                      ClangTidyOptions::OptionMap &Opts) const {
  Options.store(Opts, FilesOption, RawFiles);
}

void addLibraryCallMatchers(MatchFinder &Finder, const ApiTable &Table,
                            ApiRole Role,
                            MatchFinder::MatchCallback &Callback) {
  auto Around = optionally(forFunction(functionDecl().bind("function")));
  Finder.addMatcher(callExpr(isApiCall(&Table, Role),
                             unless(isExpansionInSystemHeader()), Around)
                        .bind("library-call"),
                    &Callback);
  Finder.addMatcher(cxxConstructExpr(isApiCall(&Table, Role),
                                     unless(isExpansionInSystemHeader()),
                                     Around)
                        .bind("library-call"),
                    &Callback);
}

SourceLocation getReportLocation(const Expr *Call) {
  if (const auto *Method = dyn_cast<CXXMemberCallExpr>(Call))
    if (const auto *Member =
            dyn_cast<MemberExpr>(Method->getCallee()->IgnoreParens()))
      return Member->getMemberLoc();
  return Call->getBeginLoc();
}

} // namespace selfconnect
} // namespace tidy
} // namespace clang
