//===- tidy_text.cpp - what clang-tidy prints -----------------------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
//   src/client.c:12:5: warning: retried connect() ... [selfconnect-retry-loop]
//      12 |     connect(fd, ...);
//         |     ^
//   src/client.c:12:5: note: reproduce with: selfconnect reproduce ...
//
// A note belongs to the last warning above it, of whatever check; everything
// that is neither is passed over.
//
//===----------------------------------------------------------------------===//

#include "tidy_text.h"

#include "source_files.h"

#include <array>
#include <charconv>
#include <optional>

namespace selfconnect {
namespace {

enum class Level { Note, Remark, Warning, Error };

/// One line "file:line:column: level: message [checks]", taken apart.
struct Line {
  Place place;
  Level level = Level::Note;
  std::string_view message; ///< without the checks
  std::string_view checks;  ///< "a,b", or empty
};

/// Without escape sequences: colours ("ESC [ ... letter") and links
/// ("ESC ] ... BEL", "ESC ] ... ESC \").
std::string withoutEscapes(std::string_view text) {
  std::string plain;
  std::size_t i = 0;
  while (i < text.size()) {
    if (text[i] != '\x1b' || i + 1 == text.size()) {
      plain += text[i++];
      continue;
    }
    const char kind = text[i + 1];
    i += 2;
    if (kind == '[') {
      while (i < text.size() && text[i] >= 0x20 && text[i] < 0x40)
        ++i;
      i += i < text.size();
    } else if (kind == ']') {
      while (i < text.size() && text[i] != '\a' && text[i] != '\x1b')
        ++i;
      if (i < text.size())
        i += text[i] == '\x1b' ? 2 : 1;
    }
  }
  return plain;
}

/// What a terminal would show of the line: what follows the last carriage
/// return, if that is not the line end itself.
std::string_view visiblePart(std::string_view line) {
  while (line.ends_with('\r'))
    line.remove_suffix(1);
  const auto lastReturn = line.rfind('\r');
  return lastReturn == line.npos ? line : line.substr(lastReturn + 1);
}

/// "   12 |   code" and "      |   ^": the code below a diagnostic.
bool isSnippet(std::string_view line) {
  const auto bar = line.find_first_not_of(" 0123456789");
  return bar != line.npos && bar > 0 && line[bar] == '|';
}

/// Takes ":NUMBER" off the end of `text`.
std::optional<unsigned> takeNumber(std::string_view &text) {
  const auto colon = text.rfind(':');
  if (colon == text.npos)
    return std::nullopt;
  unsigned number = 0;
  const char *end = text.data() + text.size();
  const auto [stop, failure] =
      std::from_chars(text.data() + colon + 1, end, number);
  if (failure != std::errc() || stop != end)
    return std::nullopt;
  text = text.substr(0, colon);
  return number;
}

/// Takes " [check,check]" off the end of `text`.
std::string_view takeChecks(std::string_view &text) {
  const auto open = text.rfind(" [");
  if (open == text.npos || !text.ends_with(']'))
    return {};
  const std::string_view names = text.substr(open + 2, text.size() - open - 3);
  if (names.find_first_of(" []") != names.npos)
    return {};
  text = text.substr(0, open);
  return names;
}

/// Makes file names absolute. A warning and its notes are mostly of one file.
class Paths {
public:
  const std::string &absolute(std::string_view file) {
    if (file != last_ || last_.empty()) {
      last_ = file;
      absolute_ = absolutePath(last_, "");
    }
    return absolute_;
  }

private:
  std::string last_;
  std::string absolute_;
};

/// A file name may hold blanks and colons, and so may a message: the place ends
/// at the first ":NUMBER:NUMBER: level: ".
std::optional<Line> parseLine(std::string_view text, Paths &paths) {
  struct Marker {
    std::string_view words;
    Level level;
  };
  static constexpr std::array markers{
      Marker{": note: ", Level::Note}, Marker{": remark: ", Level::Remark},
      Marker{": warning: ", Level::Warning}, Marker{": error: ", Level::Error},
      Marker{": fatal error: ", Level::Error}};
  if (isSnippet(text))
    return std::nullopt;
  for (auto colon = text.find(": "); colon != text.npos;
       colon = text.find(": ", colon + 1)) {
    for (const Marker &marker : markers) {
      if (!text.substr(colon).starts_with(marker.words))
        continue;
      std::string_view file = text.substr(0, colon);
      const auto column = takeNumber(file);
      const auto line = column ? takeNumber(file) : std::nullopt;
      if (!line || file.empty())
        continue;
      Line result;
      result.place = {paths.absolute(file), *line, *column};
      result.level = marker.level;
      result.message = text.substr(colon + marker.words.size());
      if (marker.level == Level::Warning || marker.level == Level::Error)
        result.checks = takeChecks(result.message);
      return result;
    }
  }
  return std::nullopt;
}

/// Which of "a,b,-warnings-as-errors" is ours; empty if none is.
std::string_view ourCheck(std::string_view checks) {
  while (!checks.empty()) {
    const auto comma = checks.find(',');
    const std::string_view check = checks.substr(0, comma);
    if (check.starts_with(checkPrefix))
      return check;
    checks = comma == checks.npos ? "" : checks.substr(comma + 1);
  }
  return {};
}

/// Whether the line shows that clang-tidy ran, if only to find nothing.
bool mentionsTidyRun(std::string_view text) {
  if (text.find(" warning generated.") != text.npos ||
      text.find(" warnings generated.") != text.npos)
    return true;
  // A command line, as run-clang-tidy and build tools show it:
  // "clang-tidy-19 -p=build client.c".
  constexpr std::string_view tool = "clang-tidy";
  for (auto at = text.find(tool); at != text.npos;
       at = text.find(tool, at + tool.size())) {
    const auto version = at + tool.size();
    const auto end = text.find_first_not_of("-0123456789", version);
    if (end != text.npos && text.substr(end).starts_with(" -"))
      return true;
  }
  return false;
}

/// Goes through the lines and puts each note to its warning.
class TextReader {
public:
  TextReader(InputFile &input, const TakeDiagnostic &take)
      : input_(input), take_(take) {}

  OtherDiagnostics read() {
    std::string line;
    for (origin_ = input_.line(); input_.takeLine(line);
         origin_ = input_.line()) {
      isEmpty_ = isEmpty_ && line.find_first_not_of(" \t\r") == line.npos;
      hasRun_ = hasRun_ || mentionsTidyRun(line);
      readLine(line.find('\x1b') == line.npos ? line : withoutEscapes(line));
    }
    takeLast();
    if (!isAny_ && !others_.count())
      requireSignOfTidy();
    return others_;
  }

private:
  void readLine(std::string_view raw) {
    const std::string_view visible = visiblePart(raw);
    const auto line = parseLine(visible, paths_);
    if (!line)
      refuseOtherStyle(visible);
    else if (line->level == Level::Note)
      readNote(*line);
    else
      readWarning(*line);
  }

  void readWarning(const Line &line) {
    takeLast();
    if (const std::string_view check = ourCheck(line.checks); !check.empty())
      last_ = Diagnostic{std::string(check), part(line), {}, {}};
    else if (line.checks.starts_with("clang-diagnostic-error"))
      ++others_.compilerErrors;
    else
      ++others_.otherChecks;
  }

  void readNote(const Line &line) {
    if (last_)
      last_->notes.push_back(part(line));
    else if (line.message.starts_with(reproduceNotePrefix))
      refuse(input_.name(), origin_,
             "reproduce note without its warning above; give the whole output "
             "of clang-tidy, one run after the other");
  }

  /// Our warning, with all of its notes.
  void takeLast() {
    if (!last_)
      return;
    isAny_ = true;
    take_(std::move(*last_));
    last_.reset();
  }

  /// Our warning in a form that we cannot read must not be lost in silence.
  void refuseOtherStyle(std::string_view line) const {
    if (isSnippet(line) || ourCheck(takeChecks(line)).empty() ||
        (line.find("warning: ") == line.npos &&
         line.find("error: ") == line.npos))
      return;
    refuse(input_.name(), origin_,
           "warning that does not begin with 'FILE:LINE:COLUMN: '; run "
           "clang-tidy without options that change its format");
  }

  /// An input without any diagnostic may pass for "nothing found", but not on a
  /// mere guess: a wrong file, or a clang-tidy that did not run, would look
  /// clean.
  void requireSignOfTidy() const {
    if (isEmpty_)
      refuse(input_.name(), "empty; clang-tidy prints nothing when it finds "
                            "nothing and when it does not run: look at its "
                            "exit code, and if that is 0 there is nothing to "
                            "confirm");
    if (!hasRun_)
      refuse(input_.name(), "neither clang-tidy's YAML nor its text; give the "
                            "file of -export-fixes, or what clang-tidy "
                            "printed");
  }

  [[nodiscard]] DiagnosticPart part(const Line &line) const {
    return {line.place, std::nullopt, std::string(line.message), origin_};
  }

  InputFile &input_;
  const TakeDiagnostic &take_;
  Paths paths_;
  std::uint64_t origin_ = 0;       ///< of the line
  std::optional<Diagnostic> last_; ///< ours, if the last warning is
  bool isAny_ = false;             ///< whether one of ours was seen
  bool isEmpty_ = true;
  bool hasRun_ = false;
  OtherDiagnostics others_;
};

} // namespace

OtherDiagnostics readTidyText(InputFile &input, const TakeDiagnostic &take) {
  return TextReader(input, take).read();
}

} // namespace selfconnect
