//===- RetryLoopCheck.h - selfconnect-retry-loop ----------------*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_CHECKS_RETRYLOOPCHECK_H
#define SELFCONNECT_CHECKS_RETRYLOOPCHECK_H

#include "ApiOption.h"
#include "GuardFix.h"
#include "PortPolicy.h"
#include "Session.h"
#include "SilenceOption.h"
#include "analysis/code/TranslationUnit.h"
#include "analysis/endpoint/Endpoint.h"
#include "analysis/endpoint/LibraryCall.h"
#include "analysis/retry/RetryCycle.h"
#include "clang-tidy/ClangTidyCheck.h"
#include "compat/Compat.h"
#include <memory>

namespace clang {
namespace tidy {
namespace selfconnect {

/// Finds connect() calls that are repeated after a failure and can connect to
/// themselves when no server listens.
///
/// For the user-facing documentation see docs/checks/selfconnect-retry-loop.md.
class RetryLoopCheck : public compat::FixingCheck {
public:
  RetryLoopCheck(StringRef Name, ClangTidyContext *Context);
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
    Fixes = GuardFix();
    Apis.forgetNames();
  }

private:
  SourceLocation noteLocation(SourceLocation Location) const {
    return getNoteLocation(Location, Unit->getContext(),
                           areFixesAppliedAlone());
  }
  // Each of these reports, or says why it does not.
  Silence checkCall(const Expr *Call, const FunctionDecl *Function);
  /// connect(), and what happens after it has failed.
  Silence checkAttempt(const CallExpr *Attempt, const FunctionFlow &Flow);
  Silence checkLibraryCall(const Expr *Call, const FunctionFlow *Flow);
  /// A call of a library that connects again by itself.
  Silence checkReconnecting(const ApiCall &Connect, const FunctionFlow *Flow);
  /// A call of a library that connects, and comes back when it has failed.
  Silence checkLibraryAttempt(const ApiCall &Connect, const FunctionFlow &Flow);
  /// Where an attempt may meet itself.
  struct MeetingPoint {
    std::string HostText; ///< empty for a host that is not known
    std::optional<DrawablePort> Port;
    bool BoundFirst = false; ///< bind() to port 0 chooses the source port
    bool ReusesAddress = false; ///< and its socket has SO_REUSEADDR
  };
  void report(const Expr *Attempt, const FunctionFlow &Flow,
              const MeetingPoint &Point, const RetryCycle &Cycle,
              const SummaryAttempt *Learned = nullptr);
  Silence reportIfRetried(const AttemptContext &Context,
                          const MeetingPoint &Point,
                          const ApiRow *Row = nullptr);
  /// The cycle that a function of another file holds whole.
  RetryCycle getHeldCycle(const SummaryAttempt &Learned,
                          const Expr *Call) const;
  void recordCycleCall(const ApiCall &Call, llvm::StringRef Said) const;
  void reportReconnecting(const ApiCall &Connect, const LibraryTarget &Target,
                          const DrawablePort &Port);

  PortPolicy Policy;
  SummaryOption Summaries;
  GuardFix Fixes;
  ApiOption Apis;
  SilenceOption Silences;
  const std::string RawMinConfidence;
  const std::string RawMinRetries;
  unsigned MinRetries = 2;
  const std::string RawExtraGuards;
  std::vector<std::string> ExtraGuards;
  /// How many of host and port may be unknown: 0, 1 or 2.
  unsigned MaxUnknowns = 2;
  TranslationUnit *Unit = nullptr;
};

} // namespace selfconnect
} // namespace tidy
} // namespace clang

#endif // SELFCONNECT_CHECKS_RETRYLOOPCHECK_H
