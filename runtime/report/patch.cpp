//===- patch.cpp - a fix as a unified diff --------------------------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "patch.h"

#include <fmt/format.h>

#include <algorithm>
#include <sstream>
#include <tuple>

namespace selfconnect {
namespace {

/// Unchanged lines around a change.
constexpr unsigned context = 3;

void addLines(std::string &out, char sign, const std::string &text) {
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);)
    out += sign + line + "\n";
}

/// The old lines `first` to `last`, each with its end.
std::string oldText(SourceLines &lines, const std::string &file, unsigned first,
                    unsigned last) {
  std::string text;
  for (unsigned n = first; n <= last; ++n) {
    const auto line = lines.line(file, n);
    // What stands behind the last line end is no line.
    if (line && (!line->empty() || lines.line(file, n + 1)))
      text += std::string(*line) + "\n";
  }
  return text;
}

} // namespace

std::string makePatch(std::vector<Edit> edits, const SourceRoot &root,
                      SourceLines &lines) {
  std::ranges::sort(edits, {}, [](const Edit &edit) {
    return std::tuple(edit.file, edit.offset);
  });
  std::string patch;
  std::string file;
  long shift = 0;       // of line numbers, by what stands before
  unsigned shownTo = 0; // the last old line that stands in a hunk
  for (std::size_t i = 0; i < edits.size(); ++i) {
    const Edit &edit = edits[i];
    const auto from = lines.position(edit.file, edit.offset);
    const auto to = lines.position(edit.file, edit.offset + edit.length);
    if (!from || !to || !root.contains(edit.file))
      return "";
    if (edit.file != file) {
      file = edit.file;
      shift = 0;
      shownTo = 0;
      const std::string path = root.path(file);
      patch += fmt::format("--- a/{}\n+++ b/{}\n", path, path);
    }
    if (from->line <= shownTo)
      return ""; // two edits of one line
    const std::string before = oldText(lines, file, from->line, to->line);
    const std::size_t begin = from->column - 1;
    std::string after = before;
    after.replace(begin, edit.length, edit.text);
    // A whole line that is put in leaves the old one as it is.
    const bool isWholeLine =
        edit.length == 0 && begin == 0 && edit.text.ends_with('\n');
    if (isWholeLine)
      after = edit.text;
    unsigned last = to->line + context;
    if (i + 1 < edits.size() && edits[i + 1].file == file)
      if (const auto next = lines.position(file, edits[i + 1].offset))
        last = std::min(last, next->line - 1);
    const unsigned above = std::min(context, from->line - shownTo - 1);
    const std::string upper =
        oldText(lines, file, from->line - above, from->line - 1);
    const std::string lower =
        oldText(lines, file, to->line + (isWholeLine ? 0 : 1), last);
    shownTo = std::max(last, isWholeLine ? to->line - 1 : to->line);
    const auto count = [](const std::string &text) {
      return std::ranges::count(text, '\n');
    };
    const long oldCount =
        count(upper) + (isWholeLine ? 0 : count(before)) + count(lower);
    const long newCount = count(upper) + count(after) + count(lower);
    const long first = static_cast<long>(from->line) - above;
    patch += fmt::format("@@ -{},{} +{},{} @@\n", first, oldCount,
                         first + shift, newCount);
    shift += newCount - oldCount;
    addLines(patch, ' ', upper);
    if (!isWholeLine)
      addLines(patch, '-', before);
    addLines(patch, '+', after);
    addLines(patch, ' ', lower);
  }
  return patch;
}

} // namespace selfconnect
