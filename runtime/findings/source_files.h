//===- source_files.h - places in source files ------------------*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_FINDINGS_SOURCE_FILES_H
#define SELFCONNECT_FINDINGS_SOURCE_FILES_H

#include "selfconnect/findings.h"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace selfconnect {

/// `file` seen from `directory` (from the current one if that is empty),
/// without "." and "..". Names such as "<command line>" stay as they are.
std::string absolutePath(const std::string &file, const std::string &directory);

/// Turns byte offsets into lines and columns; reads each file once.
class SourceFiles {
public:
  /// Fills place.line and place.column. Where that cannot be done they stay 0
  /// and one line per file is added to `warnings`.
  void locate(Place &place, std::uint64_t offset,
              std::vector<std::string> &warnings);

private:
  struct File {
    bool readable = false;
    bool warned = false;
    std::uint64_t size = 0;
    std::vector<std::uint64_t> lineStarts;
    std::string reason; ///< why it is not readable
  };
  const File &open(const std::string &path);

  std::map<std::string, File> files_;
};

} // namespace selfconnect

#endif // SELFCONNECT_FINDINGS_SOURCE_FILES_H
