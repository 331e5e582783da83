//===- source_lines.cpp - lines of the source code ------------------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "source_lines.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace selfconnect {
namespace fs = std::filesystem;

namespace {

/// The file of a finding and those that its notes lead to.
constexpr std::size_t mostKept = 8;
/// No source that somebody wrote is larger.
constexpr std::uintmax_t mostBytes = 8U << 20U;

/// Where each line starts. A line ends as it does for Clang: with LF, CR, or
/// CR LF.
std::vector<std::size_t> findLineStarts(const std::string &content) {
  std::vector<std::size_t> starts{0};
  for (std::size_t i = 0; i < content.size(); ++i) {
    const bool crLf =
        content[i] == '\r' && i + 1 < content.size() && content[i + 1] == '\n';
    if (!crLf && (content[i] == '\n' || content[i] == '\r'))
      starts.push_back(i + 1);
  }
  return starts;
}

} // namespace

const SourceLines::File &SourceLines::open(const std::string &name) {
  const auto known = std::ranges::find(kept_, name, &File::name);
  if (known != kept_.end()) {
    kept_.splice(kept_.begin(), kept_, known);
    return kept_.front();
  }
  if (kept_.size() == mostKept)
    kept_.pop_back();
  File &file = kept_.emplace_front();
  file.name = name;
  // A pipe or a device would have us wait for ever.
  std::error_code failure;
  if (!fs::is_regular_file(name, failure) ||
      fs::file_size(name, failure) > mostBytes || failure)
    return file;
  std::ifstream stream(name, std::ios::binary);
  if (!stream)
    return file;
  file.content.assign(std::istreambuf_iterator<char>(stream), {});
  file.starts = findLineStarts(file.content);
  return file;
}

std::optional<std::string_view> SourceLines::line(const std::string &file,
                                                  unsigned number) {
  if (number == 0)
    return std::nullopt;
  const File &read = open(file);
  if (number > read.starts.size())
    return std::nullopt;
  const std::size_t begin = read.starts[number - 1];
  std::string_view text = read.content;
  text = number < read.starts.size()
             ? text.substr(begin, read.starts[number] - begin)
             : text.substr(begin);
  while (!text.empty() && (text.back() == '\n' || text.back() == '\r'))
    text.remove_suffix(1);
  return text;
}

bool SourceLines::hasCarriageReturns(const std::string &file) {
  return open(file).content.find('\r') != std::string::npos;
}

std::optional<SourceLines::Position>
SourceLines::position(const std::string &file, std::uint64_t offset) {
  const File &read = open(file);
  if (read.starts.empty() || offset > read.content.size())
    return std::nullopt;
  const auto next = std::ranges::upper_bound(read.starts, offset) - 1;
  return Position{static_cast<unsigned>(next - read.starts.begin() + 1),
                  static_cast<unsigned>(offset - *next + 1)};
}

} // namespace selfconnect
