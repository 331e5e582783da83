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

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace selfconnect {

struct DiagnosticPart {
  Place place;
  std::optional<std::uint64_t> offset; ///< place.line is to be found from it
  std::string message;
  std::string origin; ///< where it was read: "fixes.yaml:12"
};

/// A diagnostic of one of our checks.
struct Diagnostic {
  std::string check;
  DiagnosticPart main;
  std::vector<DiagnosticPart> notes;
};

/// What one input holds.
struct Diagnostics {
  std::vector<Diagnostic> ours;
  unsigned otherChecks = 0;    ///< diagnostics of other checks
  unsigned compilerErrors = 0; ///< code that clang could not read to its end
};

/// Throws InputError. `object` is a file, or "file:line". The reason may quote
/// the input: it is made one line that cannot disturb a terminal.
[[noreturn]] inline void refuse(const std::string &object, std::string reason) {
  for (char &c : reason)
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f)
      c = '?';
  throw InputError("read findings: " + object + ": " + reason);
}

inline constexpr std::string_view checkPrefix = "selfconnect-";

} // namespace selfconnect

#endif // SELFCONNECT_FINDINGS_DIAGNOSTIC_H
