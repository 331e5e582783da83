//===- EphemeralListenPortCheck.h - servers in the range --------*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_CHECKS_EPHEMERALLISTENPORTCHECK_H
#define SELFCONNECT_CHECKS_EPHEMERALLISTENPORTCHECK_H

#include "ApiOption.h"
#include "PortPolicy.h"
#include "Session.h"
#include "SilenceOption.h"
#include "analysis/code/TranslationUnit.h"
#include "analysis/values/Values.h"
#include "clang-tidy/ClangTidyCheck.h"
#include "compat/Compat.h"
#include <memory>

namespace clang {
namespace tidy {
namespace selfconnect {

/// Finds listening ports inside the ephemeral port range, where any connecting
/// socket of the host can take them first.
///
/// For the user-facing documentation see
/// docs/checks/selfconnect-ephemeral-listen-port.md.
class EphemeralListenPortCheck : public compat::FixingCheck {
public:
  EphemeralListenPortCheck(StringRef Name, ClangTidyContext *Context);
  void storeOptions(ClangTidyOptions::OptionMap &Opts) override;
  void registerPPCallbacks(const SourceManager &, Preprocessor *PP,
                           Preprocessor *) override {
    Summaries.setPreprocessor(*PP);
  }
  void registerMatchers(ast_matchers::MatchFinder *Finder) override;
  void check(const ast_matchers::MatchFinder::MatchResult &Result) override;
  void onEndOfTranslationUnit() override {
    Silences.tell(*this, Policy);
    ApiTable::Use Use(Apis.table());
    Summaries.finish();
    Unit = nullptr;
    Apis.forgetNames();
  }

private:
  SourceLocation noteLocation(SourceLocation Location) const {
    return getNoteLocation(Location, Unit->getContext(),
                           areFixesAppliedAlone());
  }
  // Each of these reports, or says why it does not.
  Silence checkCall(const Expr *Call, const FunctionDecl *Function);
  /// listen(), where bind() has given the port.
  Silence checkListen(const CallExpr *Listen, const FunctionFlow &Flow);
  /// A call of a library that is given the port to listen on.
  Silence checkLibraryCall(const Expr *Call, const FunctionFlow *Flow);
  void report(SourceLocation Location, SourceRange Range,
              llvm::ArrayRef<DrawablePort> Ports,
              const ApiCall *Library = nullptr);

  PortPolicy Policy;
  SummaryOption Summaries;
  ApiOption Apis;
  SilenceOption Silences;
  TranslationUnit *Unit = nullptr;
};

} // namespace selfconnect
} // namespace tidy
} // namespace clang

#endif // SELFCONNECT_CHECKS_EPHEMERALLISTENPORTCHECK_H
