//===- source_lines.h - lines of the source code ----------------*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_REPORT_SOURCE_LINES_H
#define SELFCONNECT_REPORT_SOURCE_LINES_H

#include <cstdint>
#include <list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace selfconnect {

/// Reads source files and keeps the last few: findings come file by file.
class SourceLines {
public:
  /// The line, from 1, without its end; nothing if it cannot be read. Valid
  /// until the next call.
  std::optional<std::string_view> line(const std::string &file,
                                       unsigned number);

  /// Whether lines of `file` end with a carriage return.
  bool hasCarriageReturns(const std::string &file);

  /// A place in a file, both from 1; the column in bytes.
  struct Position {
    unsigned line = 0;
    unsigned column = 0;
  };
  /// Where a byte of the file is; nothing where it is none of it.
  std::optional<Position> position(const std::string &file,
                                   std::uint64_t offset);

private:
  struct File {
    std::string name;
    std::string content;
    std::vector<std::size_t> starts; ///< of lines; empty: cannot be read
  };
  const File &open(const std::string &name);

  std::list<File> kept_; ///< the last one used first
};

} // namespace selfconnect

#endif // SELFCONNECT_REPORT_SOURCE_LINES_H
