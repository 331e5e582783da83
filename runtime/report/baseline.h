//===- baseline.h - findings that are known ---------------------*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

//
// A text file, one finding a line, sorted by bytes: it merges like source code,
// and `sort -u` of two of them is a third. Fields are separated by tabs:
//
//   # selfconnect baseline 1: check, file, occurrence, line of code
//   selfconnect-retry-loop<TAB>src/dial.c<TAB>1<TAB>rc = connect(fd, to, size);
//
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_REPORT_BASELINE_H
#define SELFCONNECT_REPORT_BASELINE_H

#include "identity.h"

#include "selfconnect/report.h"

#include <cstdint>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

namespace selfconnect {

/// One line of the file, without its end.
std::string toLine(const Identity &identity);

/// Those that a file lists.
class Baseline {
public:
  /// Throws InputError, which names the line that cannot be read.
  explicit Baseline(const std::string &file);

  /// Whether the finding is listed; it is looked for only once.
  bool takes(std::uint64_t identity);
  /// Entries that takes() was not asked for, in the order of the file.
  [[nodiscard]] std::vector<Identity> unmatched() const;

private:
  struct Entry {
    Identity identity;
    bool matched = false;
  };
  std::vector<Entry> entries_;
  std::unordered_map<std::uint64_t, std::size_t> byHash_;
};

/// Writes one.
class BaselineWriter {
public:
  void add(const Identity &identity) { lines_.insert(toLine(identity)); }
  void write(const Write &write) const;

private:
  std::set<std::string> lines_;
};

} // namespace selfconnect

#endif // SELFCONNECT_REPORT_BASELINE_H
