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
#include <optional>
#include <string_view>
#include <tuple>
#include <utility>

namespace selfconnect {
namespace {

/// Unchanged lines around a change.
constexpr unsigned context = 3;

/// The old lines from `first` up to `end`, without that, become `text`.
struct Change {
  unsigned first = 0;
  unsigned end = 0;
  std::string text; ///< whole lines
};

/// The lines of one file, as a patch has them.
class PatchedFile {
public:
  PatchedFile(SourceLines &lines, std::string file)
      : lines_(lines), file_(std::move(file)) {}

  /// None where that cannot be: the edit is beyond the end.
  std::optional<Change> change(const Edit &edit) {
    const auto from = lines_.position(file_, edit.offset);
    const auto to = lines_.position(file_, edit.offset + edit.length);
    if (!from || !to)
      return std::nullopt;
    const std::size_t begin = from->column - 1;
    // A whole line that is put in leaves the old one as it is.
    if (edit.length == 0 && begin == 0 && edit.text.ends_with('\n'))
      return Change{from->line, from->line, edit.text};
    Change change{from->line, to->line + 1, ""};
    for (unsigned line = change.first; line < change.end; ++line)
      change.text += textOf(line) + "\n";
    change.text.replace(begin, edit.length, edit.text);
    return change;
  }

  /// What `changes`, which are in order and apart, make of the file.
  std::string hunks(const std::vector<Change> &changes) {
    std::string patch;
    for (auto next = changes.begin(); next != changes.end();) {
      auto last = next; // those whose surroundings meet share a hunk
      while (last + 1 != changes.end() &&
             (last + 1)->first - last->end <= 2 * context)
        ++last;
      patch += hunk(next, last + 1);
      next = last + 1;
    }
    return patch;
  }

private:
  using Changes = std::vector<Change>::const_iterator;

  std::string hunk(Changes next, Changes end) {
    hunk_ = "";
    oldCount_ = newCount_ = 0;
    const unsigned first = next->first - std::min(context, next->first - 1);
    unsigned at = first;
    for (; next != end; ++next) {
      for (; at < next->first; ++at)
        keep(at);
      for (; at < next->end; ++at)
        addOld('-', at);
      addNew(*next);
    }
    for (const unsigned stop = at + context; at < stop && isLine(at); ++at)
      keep(at);
    const unsigned oldFirst = oldCount_ ? first : first - 1;
    const std::string text =
        fmt::format("@@ -{},{} +{},{} @@\n{}", oldFirst, oldCount_,
                    static_cast<long>(oldFirst) + shift_, newCount_, hunk_);
    shift_ += static_cast<long>(newCount_) - static_cast<long>(oldCount_);
    return text;
  }

  void keep(unsigned line) {
    addOld(' ', line);
    ++newCount_;
  }

  void addOld(char sign, unsigned line) {
    hunk_ += sign + textOf(line) + "\n";
    ++oldCount_;
    if (isUnended(line))
      hunk_ += unended;
  }

  void addNew(const Change &change) {
    for (std::string_view rest = change.text; !rest.empty();) {
      const std::size_t size = rest.find('\n') + 1;
      hunk_ += '+';
      hunk_ += rest.substr(0, size);
      ++newCount_;
      rest.remove_prefix(size);
    }
    if (change.end > change.first && isUnended(change.end - 1))
      hunk_ += unended;
  }

  std::string textOf(unsigned line) {
    return std::string(lines_.line(file_, line).value_or(""));
  }
  /// What stands behind the last line end is no line.
  bool isLine(unsigned line) {
    const auto text = lines_.line(file_, line);
    return text && (!text->empty() || lines_.line(file_, line + 1));
  }
  bool isUnended(unsigned line) {
    return isLine(line) && !lines_.line(file_, line + 1);
  }

  static constexpr const char *unended = "\\ No newline at end of file\n";

  SourceLines &lines_;
  std::string file_;
  std::string hunk_; ///< of the hunk
  unsigned oldCount_ = 0;
  unsigned newCount_ = 0;
  long shift_ = 0; ///< of line numbers, by the hunks before
};

} // namespace

std::string makePatch(std::vector<Edit> edits, const SourceRoot &root,
                      SourceLines &lines) {
  std::ranges::sort(edits, {}, [](const Edit &edit) {
    return std::tuple(edit.file, edit.offset);
  });
  std::string patch;
  for (auto edit = edits.begin(); edit != edits.end();) {
    const std::string file = edit->file;
    // Who copies a patch from a page gets no carriage returns.
    if (!root.contains(file) || lines.hasCarriageReturns(file))
      return "";
    PatchedFile patched(lines, file);
    std::vector<Change> changes;
    for (; edit != edits.end() && edit->file == file; ++edit) {
      auto change = patched.change(*edit);
      if (!change || (!changes.empty() && change->first < changes.back().end))
        return ""; // two edits of one line
      changes.push_back(std::move(*change));
    }
    const std::string path = root.path(file);
    patch += fmt::format("--- a/{}\n+++ b/{}\n", path, path);
    patch += patched.hunks(changes);
  }
  return patch;
}

} // namespace selfconnect
