//===- SilenceOption.h - say why something is not reported ------*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

///
/// \file
/// The option ExplainSilence: a warning `not reported` for each call that a
/// check is about and says nothing of, with a note that has the reason.
///
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_CHECKS_SILENCEOPTION_H
#define SELFCONNECT_CHECKS_SILENCEOPTION_H

#include "PortPolicy.h"
#include "analysis/code/Silence.h"
#include "clang-tidy/ClangTidyCheck.h"
#include "clang/AST/Expr.h"
#include <map>
#include <string>

namespace clang {
namespace tidy {
namespace selfconnect {

class SilenceOption {
public:
  /// Reads the option of Check; an unusable value is a configuration error.
  SilenceOption(ClangTidyCheck &Check,
                const ClangTidyCheck::OptionsView &Options);

  void store(const ClangTidyCheck::OptionsView &Options,
             ClangTidyOptions::OptionMap &Opts) const;

  /// Remembers what came of Call: nothing silent where it is reported. What is
  /// analysed more than once, in a template, is told once; it is reported if
  /// one of its instances is.
  void record(const Expr *Call, Silence Why, const SourceManager &Sources);

  /// To be called at the end of each translation unit.
  void tell(ClangTidyCheck &Check, const PortPolicy &Policy);

private:
  struct Said {
    SourceRange Range;
    SourceLocation At;
    Silence Why;
    bool Reported = false;
  };

  const std::string Raw;
  bool IsWanted = false;
  /// By the place in the file.
  std::map<SourceLocation, Said> Calls;
};

} // namespace selfconnect
} // namespace tidy
} // namespace clang

#endif // SELFCONNECT_CHECKS_SILENCEOPTION_H
