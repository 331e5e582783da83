//===- Session.h - what the checks share of one file ------------*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

///
/// \file
/// The analysis of one translation unit, for all checks that run on it, and the
/// summaries that it reads and writes (options SummaryDir, SummaryIn,
/// SummaryOut; docs/summaries.md).
///
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_CHECKS_SESSION_H
#define SELFCONNECT_CHECKS_SESSION_H

#include "analysis/api/LearnedRows.h"
#include "analysis/code/TranslationUnit.h"
#include "clang-tidy/ClangTidyCheck.h"
#include <memory>
#include <string>

namespace clang {
namespace tidy {
namespace selfconnect {

/// One translation unit.
class Session {
public:
  Session(ASTContext &Context, std::shared_ptr<SummaryStore> Store);

  TranslationUnit &unit() { return Unit; }
  /// Null without summaries.
  LearnedRows *learned() { return Learned.get(); }

  void addSuppressed(SuppressedFinding Finding) {
    Suppressed.push_back(std::move(Finding));
  }
  void addCycleCall(SummaryCycleCall Call) {
    CycleCalls.push_back(std::move(Call));
  }

private:
  friend class SummaryOption;
  std::shared_ptr<SummaryStore> Store;
  TranslationUnit Unit;
  std::unique_ptr<LearnedRows> Learned;
  std::vector<SuppressedFinding> Suppressed;
  std::vector<SummaryCycleCall> CycleCalls;
  std::vector<std::string> ExtraGuards;
  bool IsWritten = false;
};

/// The options, and the session of the file at hand.
class SummaryOption {
public:
  /// Main is the file that is checked. An unusable value is a configuration
  /// error.
  SummaryOption(ClangTidyCheck &Check,
                const ClangTidyCheck::OptionsView &Options,
                llvm::StringRef Main, bool OnlyReads);

  void store(const ClangTidyCheck::OptionsView &Options,
             ClangTidyOptions::OptionMap &Opts) const;

  /// True if other files are asked.
  bool reads() const { return Store != nullptr; }
  bool writes() const { return !OutFile.empty() || WritesToDir; }

  /// To be called before the file is read.
  void setPreprocessor(const Preprocessor &PP) { Macros = &PP; }

  /// The session of this file, which all checks share.
  Session &session(ASTContext &Context) const;

  /// A place as the summary names it.
  SummaryPlace place(SourceLocation Location, ASTContext &Context) const;

  /// Remembers a finding that a NOLINT hides.
  void recordIfSuppressed(llvm::StringRef Check, llvm::StringRef Message,
                          SourceLocation Location, ASTContext &Context) const;

  /// Notes at the places of Way, outermost first: `dial() connects here`. Where
  /// the file cannot be read, they stand at Call.
  void noteWay(ClangTidyCheck &Check, llvm::ArrayRef<SummaryStep> Way,
               llvm::StringRef Does, const Expr *Call,
               ASTContext &Context) const;

  /// To be called at the end of each translation unit: writes the summary, if
  /// no other check has.
  void finish();

  /// The option ExtraGuardFunctions, of the check that has it. The summary is
  /// written by any of the checks.
  void setGuards(std::vector<std::string> Names) {
    ExtraGuards = std::move(Names);
  }

private:
  std::string nameFile(llvm::StringRef File, const ASTContext &Context) const;
  std::string chooseFile(const ASTContext &Context) const;

  const std::string RawDir, RawIn, RawOut;
  std::string Dir; ///< absolute, or empty
  std::string OutFile;
  bool WritesToDir = false;
  std::vector<std::string> ExtraGuards;
  std::shared_ptr<SummaryStore> Store;
  const Preprocessor *Macros = nullptr;
  mutable std::shared_ptr<Session> Current;
  mutable ASTContext *CurrentContext = nullptr;
};

} // namespace selfconnect
} // namespace tidy
} // namespace clang

#endif // SELFCONNECT_CHECKS_SESSION_H
