//===- diagnostic.h - one diagnostic as clang-tidy wrote it -----*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// What both readers (YAML and text) hand over. The YAML has byte offsets, the
/// text has lines and columns.
///
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_FINDINGS_DIAGNOSTIC_H
#define SELFCONNECT_FINDINGS_DIAGNOSTIC_H

#include "selfconnect/error.h"
#include "selfconnect/findings.h"
#include "selfconnect/quote.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace selfconnect {

struct DiagnosticPart {
  Place place;
  std::optional<std::uint64_t> offset; ///< place.line is to be found from it
  std::string message;
  std::uint64_t origin = 0; ///< the line of the input where it was read
};

/// A diagnostic of one of our checks.
struct Diagnostic {
  std::string check;
  DiagnosticPart main;
  std::vector<DiagnosticPart> notes;
  std::vector<Edit> fix;
};

/// Gets each diagnostic of ours as soon as it is read.
using TakeDiagnostic = std::function<void(Diagnostic)>;

/// What an input holds besides.
struct OtherDiagnostics {
  unsigned otherChecks = 0;    ///< diagnostics of other checks
  unsigned compilerErrors = 0; ///< code that clang could not read to its end

  [[nodiscard]] unsigned count() const { return otherChecks + compilerErrors; }
};

/// Throws InputError. The reason may quote the input: it is made one line that
/// cannot disturb a terminal.
[[noreturn]] inline void refuse(const std::string &file,
                                const std::string &reason) {
  throw InputError("read findings: " + printable(file + ": " + reason));
}
[[noreturn]] inline void refuse(const std::string &file, std::uint64_t line,
                                const std::string &reason) {
  refuse(file + ":" + std::to_string(line), reason);
}

/// The mend for a fixes file that clang-tidy would not write.
inline constexpr const char *againMend =
    "; write it again with clang-tidy -export-fixes";

inline constexpr std::string_view checkPrefix = "selfconnect-";

/// What the checks say with ExplainSilence of a call that is no finding.
inline constexpr std::string_view notReportedMessage = "not reported";

} // namespace selfconnect

#endif // SELFCONNECT_FINDINGS_DIAGNOSTIC_H
