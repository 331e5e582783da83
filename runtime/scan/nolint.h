//===- nolint.h - NOLINT comments that silence nothing ----------*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef SELFCONNECT_SCAN_NOLINT_H
#define SELFCONNECT_SCAN_NOLINT_H

#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace selfconnect::scan {

/// A finding that a comment hides.
struct HiddenFinding {
  std::string check;
  std::string file; ///< absolute
  unsigned line = 0;
  unsigned column = 0;
  /// Empty where the comment stands at an attempt, and hides it from callers.
  std::string message;
};

/// A comment that names a check of ours.
struct Nolint {
  unsigned line = 0;  ///< where it stands
  unsigned first = 0; ///< the lines that it is for
  unsigned last = 0;
  std::string check; ///< as it is written; may have * in it
};

/// Those of a source. Only what names our checks: a bare NOLINT is for all.
std::vector<Nolint> findNolints(std::string_view source);

/// "file:12: NOLINT of selfconnect-retry-loop silences nothing" for each that
/// hides none of the findings, in the order of the files.
std::vector<std::string>
unusedNolints(const std::set<std::string> &files,
              const std::vector<HiddenFinding> &hidden);

} // namespace selfconnect::scan

#endif // SELFCONNECT_SCAN_NOLINT_H
