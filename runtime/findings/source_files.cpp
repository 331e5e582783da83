//===- source_files.cpp - places in source files --------------------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "source_files.h"

#include "read_file.h"

#include <algorithm>
#include <filesystem>
#include <utility>

namespace selfconnect {
namespace fs = std::filesystem;

namespace {

/// Where each line starts. A line ends as it does for Clang: with LF, CR, or
/// CR LF.
std::vector<std::uint64_t> findLineStarts(const std::string &content) {
  std::vector<std::uint64_t> starts{0};
  for (std::size_t i = 0; i < content.size(); ++i) {
    const bool crLf =
        content[i] == '\r' && i + 1 < content.size() && content[i + 1] == '\n';
    if (!crLf && (content[i] == '\n' || content[i] == '\r'))
      starts.push_back(i + 1);
  }
  return starts;
}

bool isNoFile(const std::string &name) {
  return name.empty() || name.front() == '<'; // "<command line>", "<built-in>"
}

} // namespace

std::string absolutePath(const std::string &file,
                         const std::string &directory) {
  if (isNoFile(file))
    return file;
  std::error_code ignored;
  const fs::path current = fs::current_path(ignored);
  return (current / directory / file).lexically_normal().string();
}

std::string displayPath(const std::string &file) {
  if (isNoFile(file))
    return file;
  std::error_code ignored;
  const fs::path relative =
      fs::path(file).lexically_relative(fs::current_path(ignored));
  if (relative.empty() || *relative.begin() == "..")
    return file;
  return relative.string();
}

const SourceFiles::File &SourceFiles::open(const std::string &path) {
  const auto [entry, isNew] = files_.try_emplace(path);
  File &file = entry->second;
  if (!isNew)
    return file;
  std::error_code failure;
  // A pipe or a device would have us wait for ever.
  if (const auto status = fs::status(path, failure);
      fs::exists(status) && !fs::is_regular_file(status)) {
    file.reason = "no regular file";
    return file;
  }
  if (const auto content = readFile(path, file.reason)) {
    file.readable = true;
    file.size = content->size();
    file.lineStarts = findLineStarts(*content);
  }
  return file;
}

void SourceFiles::locate(Place &place, std::uint64_t offset,
                         std::vector<std::string> &warnings) {
  if (isNoFile(place.file))
    return;
  const File &file = open(place.file);
  if (file.readable && offset <= file.size) {
    const auto next = std::ranges::upper_bound(file.lineStarts, offset) - 1;
    place.line = static_cast<unsigned>(next - file.lineStarts.begin() + 1);
    place.column = static_cast<unsigned>(offset - *next + 1);
    return;
  }
  if (std::exchange(files_[place.file].warned, true))
    return;
  warnings.push_back(
      displayPath(place.file) + ": " +
      (file.readable ? "shorter than when clang-tidy read it, so some of its "
                       "findings have no line; run clang-tidy again"
                     : file.reason + "; its findings have no line"));
}

} // namespace selfconnect
