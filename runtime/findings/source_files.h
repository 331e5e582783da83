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
#include <ctime>
#include <list>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace selfconnect {

/// `file` seen from `directory` (from the current one if that is empty),
/// without "." and "..". Names such as "<command line>" stay as they are.
std::string absolutePath(const std::string &file, const std::string &directory);

/// True for what clang-tidy names in the place of a file: "<command line>",
/// "<built-in>", nothing.
inline bool isNoFile(std::string_view name) {
  return name.empty() || (name.front() == '<' && name.back() == '>');
}

/// Turns byte offsets into lines and columns, and compares the files with what
/// clang-tidy told of them. Keeps the last few in memory.
class SourceFiles {
public:
  /// Fills place.line and place.column; where that cannot be done they stay 0.
  void locate(Place &place, std::uint64_t offset);

  /// What the file of a located warning looks like now. `offset` is there if it
  /// is what the place was found from, `reportedAt` if it is known.
  SourceState compare(const Place &place, std::optional<std::uint64_t> offset,
                      std::optional<timespec> reportedAt);

  /// The same number for a file by whatever path.
  unsigned identify(const SharedText &path);
  /// The one path of a file that is known by several.
  [[nodiscard]] SharedText onePath(const SharedText &path) const;

  /// Lines for people, about the files that are not as clang-tidy read them.
  [[nodiscard]] std::vector<std::string> warnings() const;

private:
  /// What is kept of each file.
  struct File {
    unsigned identity = 0;
    SharedText path; ///< the first one that it was called by, or the real one
    std::optional<timespec> writtenAt;
    std::string reason; ///< why it cannot be read; "" if it can
    SourceState state = SourceState::AsRead; ///< the worst that was found
  };
  struct Text {
    std::string path;
    std::string content;
    std::vector<std::uint32_t> lineStarts;
  };
  unsigned know(const std::string &path);
  const Text *open(const std::string &path);
  static std::uint64_t offsetOf(const Text &text, const Place &place);

  std::vector<File> files_; ///< by identity
  std::unordered_map<std::string, unsigned> paths_;
  std::map<std::pair<dev_t, ino_t>, unsigned> inodes_;
  std::list<Text> texts_; ///< the last that was used comes first
};

} // namespace selfconnect

#endif // SELFCONNECT_FINDINGS_SOURCE_FILES_H
