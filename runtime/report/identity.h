//===- identity.h - what a finding is known by ------------------*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_REPORT_IDENTITY_H
#define SELFCONNECT_REPORT_IDENTITY_H

#include "source_lines.h"
#include "source_root.h"

#include "selfconnect/findings.h"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

namespace selfconnect {

/// What a finding is known by from one run to the next: lines that are added or
/// removed elsewhere in the file do not change it.
struct Identity {
  std::string check;
  std::string file;        ///< as SourceRoot::path() names it
  std::string code;        ///< the line, each run of blanks as one
  unsigned occurrence = 1; ///< among those that have all the rest in common

  /// Never 0.
  [[nodiscard]] std::uint64_t hash() const;
};

/// Gives findings their identities. To be shown all findings of a run, in their
/// order.
class Identities {
public:
  explicit Identities(const SourceRoot &root) : root_(root) {}

  /// Sets `finding.identity`.
  Identity identify(Finding &finding);

  /// A file that had another name before keeps the identities of its findings.
  void renamed(const std::string &oldPath, const std::string &newPath);

private:
  const SourceRoot &root_;
  SourceLines lines_;
  std::map<std::uint64_t, unsigned> occurrences_;
  std::map<std::string, std::string> oldNames_;
};

/// FNV-1a, 64 bits: the same on every machine and in every version.
std::uint64_t stableHash(std::string_view text);
/// Sixteen hexadecimal digits.
std::string hexadecimal(std::uint64_t number);

} // namespace selfconnect

#endif // SELFCONNECT_REPORT_IDENTITY_H
