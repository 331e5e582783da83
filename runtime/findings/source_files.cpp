//===- source_files.cpp - places in source files --------------------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "source_files.h"

#include "selfconnect/display_paths.h"

#include "call_place.h"
#include "read_file.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <sys/stat.h>
#include <tuple>

namespace selfconnect {
namespace fs = std::filesystem;

namespace {

/// Where each line starts. A line ends as it does for Clang: with LF, CR, or
/// CR LF.
std::vector<std::uint32_t> findLineStarts(const std::string &content) {
  std::vector<std::uint32_t> starts{0};
  for (std::size_t i = 0; i < content.size(); ++i) {
    const bool crLf =
        content[i] == '\r' && i + 1 < content.size() && content[i + 1] == '\n';
    if (!crLf && (content[i] == '\n' || content[i] == '\r'))
      starts.push_back(static_cast<std::uint32_t>(i + 1));
  }
  return starts;
}

/// Findings come file by file, with some headers in between.
constexpr std::size_t keptTexts = 16;

/// So many files are named; of ten thousand, nobody reads the rest.
constexpr std::size_t namedFiles = 10;

bool isLater(const timespec &a, const timespec &b) {
  return std::tie(a.tv_sec, a.tv_nsec) > std::tie(b.tv_sec, b.tv_nsec);
}

/// The current directory, with a slash at the end.
std::string currentDirectory() {
  std::error_code ignored;
  std::string current = fs::current_path(ignored).string();
  if (!current.ends_with('/'))
    current += '/';
  return current;
}

constexpr const char *newerWords =
    "written after the report, and perhaps changed since clang-tidy ran";
constexpr const char *changedWords = "changed since clang-tidy ran";

std::string explain(SourceState state, const std::string &reason) {
  switch (state) {
  case SourceState::AsRead:
    break;
  case SourceState::Newer:
    return newerWords;
  case SourceState::Changed:
    return std::string(changedWords) +
           ", so its findings may be elsewhere now; run clang-tidy again";
  case SourceState::Missing:
    return reason + "; its findings have no line";
  }
  return {};
}

} // namespace

const char *sourceStateName(SourceState state) {
  switch (state) {
  case SourceState::AsRead:
    return "as-read";
  case SourceState::Newer:
    return "newer";
  case SourceState::Changed:
    return "changed";
  case SourceState::Missing:
    return "missing";
  }
  return "";
}

std::string sourceSentence(SourceState state) {
  switch (state) {
  case SourceState::AsRead:
  case SourceState::Missing:
    break;
  case SourceState::Newer:
    return std::string("source ") + newerWords;
  case SourceState::Changed:
    return std::string("source ") + changedWords +
           ": no call stands at this place now";
  }
  return {};
}

std::string absolutePath(const std::string &file,
                         const std::string &directory) {
  if (isNoFile(file))
    return file;
  fs::path path = fs::path(directory) / file;
  if (!path.is_absolute())
    path = currentDirectory() / path;
  return path.lexically_normal().string();
}

DisplayPaths::DisplayPaths() : current_(currentDirectory()) {}

std::string DisplayPaths::of(const std::string &file) const {
  return !isNoFile(file) && file.size() > current_.size() &&
                 file.starts_with(current_)
             ? file.substr(current_.size())
             : file;
}

std::string displayPath(const std::string &file) {
  return DisplayPaths().of(file);
}

unsigned SourceFiles::know(const std::string &path) {
  const auto [entry, isNew] = paths_.try_emplace(path, 0U);
  if (!isNew)
    return entry->second;
  File file;
  file.identity = static_cast<unsigned>(files_.size());
  file.path = path;
  struct stat status = {};
  if (isNoFile(path)) {
    file.reason = "no file";
  } else if (::stat(path.c_str(), &status) != 0) {
    file.reason = std::strerror(errno);
  } else {
    const auto [inode, isFirst] = inodes_.try_emplace(
        std::pair(status.st_dev, status.st_ino), file.identity);
    if (!isFirst) {
      std::error_code failure;
      const fs::path real = fs::canonical(path, failure);
      if (!failure)
        files_[inode->second].path = real.string();
      return entry->second = inode->second;
    }
    file.writtenAt = status.st_mtim;
    // A pipe or a device would have us wait for ever.
    if (!S_ISREG(status.st_mode))
      file.reason = "not a regular file";
  }
  entry->second = file.identity;
  files_.push_back(std::move(file));
  return entry->second;
}

const SourceFiles::Text *SourceFiles::open(const std::string &path) {
  File &file = files_[know(path)];
  if (!file.reason.empty())
    return nullptr;
  const auto kept = std::ranges::find(texts_, path, &Text::path);
  if (kept != texts_.end()) {
    texts_.splice(texts_.begin(), texts_, kept);
    return &texts_.front();
  }
  auto content = readFile(path, file.reason);
  if (!content)
    return nullptr;
  texts_.push_front({path, std::move(*content), {}});
  texts_.front().lineStarts = findLineStarts(texts_.front().content);
  if (texts_.size() > keptTexts)
    texts_.pop_back();
  return &texts_.front();
}

void SourceFiles::locate(Place &place, std::uint64_t offset) {
  if (isNoFile(place.file))
    return;
  const Text *text = open(place.file);
  if (!text) {
    files_[know(place.file)].state = SourceState::Missing;
    return;
  }
  if (offset > text->content.size()) {
    files_[know(place.file)].state = SourceState::Changed;
    return;
  }
  const auto next = std::ranges::upper_bound(text->lineStarts, offset) - 1;
  place.line = static_cast<unsigned>(next - text->lineStarts.begin() + 1);
  place.column = static_cast<unsigned>(offset - *next + 1);
}

/// Beyond the end of the text where there is no such line.
std::uint64_t SourceFiles::offsetOf(const Text &text, const Place &place) {
  if (place.line == 0 || place.line > text.lineStarts.size())
    return text.content.size();
  return text.lineStarts[place.line - 1] + std::uint64_t{place.column} - 1;
}

SourceState SourceFiles::compare(const Place &place,
                                 std::optional<std::uint64_t> offset,
                                 std::optional<timespec> reportedAt) {
  if (isNoFile(place.file))
    return SourceState::Missing;
  const Text *text = open(place.file);
  // A text has the line itself, and may come from elsewhere: no warning then.
  if (!text && !offset)
    return SourceState::Missing;
  File &file = files_[know(place.file)];
  SourceState state = SourceState::AsRead;
  if (!text)
    state = SourceState::Missing;
  else if (!beginsCall(text->content,
                       offset
                           ? static_cast<std::size_t>(std::min<std::uint64_t>(
                                 *offset, text->content.size()))
                           : offsetOf(*text, place)))
    state = SourceState::Changed;
  else if (reportedAt && file.writtenAt &&
           isLater(*file.writtenAt, *reportedAt))
    state = SourceState::Newer;
  file.state = std::max(file.state, state);
  return state;
}

unsigned SourceFiles::identify(const SharedText &path) { return know(path); }

SharedText SourceFiles::onePath(const SharedText &path) const {
  const auto known = paths_.find(path.str());
  if (known == paths_.end())
    return path;
  const SharedText &one = files_[known->second].path;
  return one == path ? path : one;
}

std::vector<std::string> SourceFiles::warnings() const {
  std::vector<std::string> lines;
  for (const SourceState state :
       {SourceState::Missing, SourceState::Changed, SourceState::Newer}) {
    std::size_t count = 0;
    for (const File &file : files_)
      if (file.state == state && ++count <= namedFiles)
        lines.push_back(displayPath(file.path) + ": " +
                        explain(state, file.reason));
    if (count > namedFiles)
      lines.push_back("so are " + std::to_string(count - namedFiles) +
                      " more files");
  }
  return lines;
}

} // namespace selfconnect
