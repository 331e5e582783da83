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
#include "clang/Basic/IdentifierTable.h"
#include "clang/Basic/SourceManager.h"

using namespace clang::ast_matchers;

namespace clang {
namespace tidy {
namespace selfconnect {

static constexpr const char *FilesOption = "ApiFiles";

ApiOption::ApiOption(ClangTidyCheck &Check,
                     const ClangTidyCheck::OptionsView &Options,
                     llvm::StringRef Main, ApiRole Role,
                     const SummaryOption &Summaries)
    : RawFiles(compat::getOption(Options, FilesOption, "")), Role(Role),
      Summaries(Summaries) {
  std::string Error;
  Table = ApiTable::withFiles(RawFiles, Main, Error);
  if (!Error.empty())
    Check.configurationDiag("invalid value for option '%0': %1",
                            DiagnosticIDs::Error)
        << FilesOption << Error;
}

void ApiOption::store(const ClangTidyCheck::OptionsView &Options,
                      ClangTidyOptions::OptionMap &Opts) const {
  Options.store(Opts, FilesOption, RawFiles);
}

namespace {

AST_MATCHER_P(Expr, isCallOf, const ApiOption *, Apis) {
  (void)Builder; // Nothing is bound.
  return Apis->isCall(&Node, Finder->getASTContext());
}

} // namespace

void ApiOption::addMatchers(MatchFinder &Finder,
                            MatchFinder::MatchCallback &Callback) const {
  auto Around = optionally(forFunction(functionDecl().bind("function")));
  Finder.addMatcher(callExpr(isCallOf(this), Around).bind("call"), &Callback);
  Finder.addMatcher(cxxConstructExpr(isCallOf(this), Around).bind("call"),
                    &Callback);
  // A summary is written of a file without any such call, too.
  if (Summaries.writes())
    Finder.addMatcher(translationUnitDecl().bind("unit"), &Callback);
}

void ApiOption::findNames(ASTContext &Context) const {
  auto Add = [&](llvm::StringRef Name) {
    Names.insert(&Context.Idents.get(Name));
  };
  for (llvm::StringRef Name : ApiTable::bundledNames(Role))
    Add(Name);
  if (Table)
    for (const std::string &Name : Table->findNames(Role))
      Add(Name);
}

bool ApiOption::isNamedCall(const Expr *E, ASTContext &Context) const {
  const SourceManager &Sources = Context.getSourceManager();
  SourceLocation Begin = Sources.getExpansionLoc(E->getBeginLoc());
  if (Begin.isInvalid() || Sources.isInSystemHeader(Begin))
    return false;
  ApiTable::Use Use(table());
  const auto *Call = dyn_cast<CallExpr>(E);
  return (Call && getApiRole(Call) == Role) || findApiCall(E, Role);
}

bool ApiOption::isLearnedCall(const Expr *E, ASTContext &Context) const {
  const SourceManager &Sources = Context.getSourceManager();
  SourceLocation Begin = Sources.getExpansionLoc(E->getBeginLoc());
  if (Begin.isInvalid() || Sources.isInSystemHeader(Begin))
    return false;
  LearnedRows::Use Use(Summaries.session(Context).learned());
  ApiTable::Use Rows(table());
  ApiCall Call = findApiCall(E, Role);
  return Call && Call.Row->isLearned();
}

SourceLocation getReportLocation(const Expr *Call) {
  if (const auto *Method = dyn_cast<CXXMemberCallExpr>(Call))
    if (const auto *Member =
            dyn_cast<MemberExpr>(Method->getCallee()->IgnoreParens()))
      return Member->getMemberLoc();
  return Call->getBeginLoc();
}

SourceLocation getNoteLocation(SourceLocation Location,
                               const ASTContext &Context, bool IsInClangd) {
  return IsInClangd ? Context.getSourceManager().getFileLoc(Location)
                    : Location;
}

} // namespace selfconnect
} // namespace tidy
} // namespace clang
