//===- fixes_yaml.cpp - the YAML of clang-tidy -export-fixes --------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The shape is the same from LLVM 14 to 22:
//
//   MainSourceFile:  'client.c'          ('' in run-clang-tidy's merged file)
//   Diagnostics:
//     - DiagnosticName:  selfconnect-retry-loop
//       DiagnosticMessage:
//         Message:         '...'
//         FilePath:        'src/client.c'
//         FileOffset:      73            (in bytes)
//         Replacements:
//           - FilePath:        'src/client.c'
//             Offset:          73
//             Length:          0
//             ReplacementText: '...'
//       Notes:                           (same shape as DiagnosticMessage)
//         - Message:         'reproduce with: ...'
//       BuildDirectory:  '/src/build'
//
//===----------------------------------------------------------------------===//

#include "fixes_yaml.h"

#include "source_files.h"
#include "yaml_events.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <unordered_map>
#include <utility>

namespace selfconnect {
namespace {

using Kind = YamlEvent::Kind;

/// Those that we read. Of two that are the same, one would be lost.
constexpr std::array<std::string_view, 14> ourKeys = {
    "MainSourceFile", "Diagnostics",    "DiagnosticName", "DiagnosticMessage",
    "Notes",          "Level",          "BuildDirectory", "Message",
    "FilePath",       "FileOffset",     "Replacements",   "Offset",
    "Length",         "ReplacementText"};

/// A value of a map, with the key that it has.
struct Entry {
  std::string key;
  YamlEvent value; ///< its first event
};

/// A diagnostic, of whatever check: the name may stand last.
struct Candidate {
  std::uint64_t line = 0;
  std::optional<std::string> name;
  std::string directory;
  bool hasMessage = false;
  Diagnostic diagnostic; ///< paths as they were written
  /// What is wrong first, if it is one of ours: those of others need not be of
  /// a shape that we know.
  std::optional<std::pair<std::uint64_t, std::string>> problem;

  void doubt(std::uint64_t at, std::string reason) {
    if (!problem)
      problem.emplace(at, std::move(reason));
  }
};

class FixesReader {
public:
  FixesReader(InputFile &input, const TakeDiagnostic &take)
      : input_(input), take_(take), events_(input) {}

  OtherDiagnostics read() {
    bool isEmpty = true;
    for (YamlEvent event = events_.next(); event.kind != Kind::StreamEnd;
         event = events_.next()) {
      isEmpty = false;
      readDocument(event.isExplicit);
    }
    // run-clang-tidy empties the file when it finds nothing.
    const std::string_view end = input_.end();
    if (isEmpty && end.find_first_not_of(" \t\r\n") != end.npos)
      refuseAt(1, noList);
    return others_;
  }

private:
  static constexpr const char *noList =
      "YAML, but not a list of clang-tidy diagnostics; give the file that "
      "clang-tidy -export-fixes wrote";

  [[noreturn]] void refuseAt(std::uint64_t line,
                             const std::string &reason) const {
    refuse(input_.name(), line, reason);
  }
  [[noreturn]] void refuseAndMend(std::uint64_t line,
                                  const std::string &reason) const {
    refuseAt(line, reason + againMend);
  }

  /// Calls `use` for each entry of the map that has begun; it reads the value
  /// to its end.
  template <typename Use> void eachEntry(Use use) {
    std::array<bool, ourKeys.size()> seen = {};
    for (YamlEvent key = events_.next(); key.kind != Kind::MapEnd;
         key = events_.next()) {
      if (key.kind != Kind::Scalar)
        refuseAndMend(key.line, "list or map for a key, which clang-tidy does "
                                "not write");
      const auto known = std::ranges::find(ourKeys, key.text);
      if (known != ourKeys.end() &&
          std::exchange(seen[known - ourKeys.begin()], true))
        refuseAndMend(key.line, "second " + key.text + " in one map");
      Entry entry{std::move(key.text), events_.next()};
      use(entry);
    }
  }

  /// Calls `use` with the first event of each item of the list that has begun.
  template <typename Use> void eachItem(Use use) {
    for (YamlEvent item = events_.next(); item.kind != Kind::ListEnd;
         item = events_.next())
      use(item);
  }

  void readDocument(bool isExplicit) {
    const YamlEvent root = events_.next();
    if (root.kind != Kind::MapStart)
      refuseAt(root.line, noList);
    bool hasMainFile = false, hasDiagnostics = false;
    eachEntry([&](const Entry &entry) {
      const YamlEvent &value = entry.value;
      if (entry.key == "Diagnostics") {
        if (value.kind != Kind::ListStart)
          refuseAndMend(
              value.line,
              "Diagnostics is not a list; perhaps the fixes file is cut off");
        hasDiagnostics = true;
        eachItem([&](const YamlEvent &item) { readDiagnostic(item); });
        return;
      }
      hasMainFile |= entry.key == "MainSourceFile" &&
                     value.kind == Kind::Scalar && !value.isNothing;
      events_.skip(value);
    });
    const YamlEvent end = events_.next();
    if (!hasDiagnostics)
      refuseAt(root.line, noList);
    // A file that ends earlier may still be good YAML, with findings missing:
    // clang-tidy opens with "---" and closes with "...", and run-clang-tidy
    // writes MainSourceFile last.
    if (isExplicit && !end.isExplicit)
      refuseAndMend(end.line, "fixes file is cut off: it opens with '---' but "
                              "lacks the closing '...'");
    if (!hasMainFile)
      refuseAndMend(end.line, "fixes file is cut off: it lacks MainSourceFile");
  }

  void readDiagnostic(const YamlEvent &item) {
    if (item.kind != Kind::MapStart)
      refuseAndMend(item.line, "diagnostic without a name");
    Candidate candidate;
    candidate.line = item.line;
    eachEntry([&](const Entry &entry) { readEntry(candidate, entry); });
    if (!candidate.name)
      refuseAndMend(item.line, "diagnostic without DiagnosticName");
    if (candidate.name->starts_with(checkPrefix))
      take_(finish(candidate));
    else if (*candidate.name == "clang-diagnostic-error")
      ++others_.compilerErrors;
    else
      ++others_.otherChecks;
  }

  void readEntry(Candidate &candidate, const Entry &entry) {
    const YamlEvent &value = entry.value;
    if (entry.key == "DiagnosticName" && value.kind == Kind::Scalar) {
      candidate.name = value.text;
    } else if (entry.key == "BuildDirectory" && value.kind == Kind::Scalar) {
      candidate.directory = value.text;
    } else if (entry.key == "DiagnosticMessage") {
      candidate.hasMessage = true;
      readPart(candidate, value, candidate.diagnostic.main,
               &candidate.diagnostic.fix);
    } else if (entry.key == "Notes") {
      if (value.kind != Kind::ListStart) {
        candidate.doubt(value.line, "Notes is not a list");
        events_.skip(value);
        return;
      }
      eachItem([&](const YamlEvent &item) {
        readPart(candidate, item, candidate.diagnostic.notes.emplace_back(),
                 nullptr);
      });
    } else {
      events_.skip(value);
    }
  }

  /// Its replacements go to `fix`, if that is given.
  void readPart(Candidate &candidate, const YamlEvent &first,
                DiagnosticPart &part, std::vector<Edit> *fix) {
    if (first.kind != Kind::MapStart) {
      candidate.doubt(first.line, "diagnostic without a message");
      events_.skip(first);
      return;
    }
    bool hasMessage = false, hasFile = false;
    eachEntry([&](const Entry &entry) {
      const YamlEvent &value = entry.value;
      const bool isText = value.kind == Kind::Scalar;
      if (isText && entry.key == "Message") {
        hasMessage = true;
        part.message = value.text;
        part.origin = value.line;
      } else if (isText && entry.key == "FilePath") {
        hasFile = true;
        part.place.file = value.text;
      } else if (isText && entry.key == "FileOffset") {
        part.offset = number(candidate, entry);
      } else if (fix && entry.key == "Replacements" &&
                 value.kind == Kind::ListStart) {
        eachItem([&](const YamlEvent &item) {
          readEdit(candidate, item, fix->emplace_back());
        });
      } else {
        events_.skip(value);
      }
    });
    const char *missing = !hasMessage    ? "Message"
                          : !hasFile     ? "FilePath"
                          : !part.offset ? "FileOffset"
                                         : nullptr;
    if (missing)
      candidate.doubt(first.line, std::string("diagnostic without ") + missing);
  }

  void readEdit(Candidate &candidate, const YamlEvent &first, Edit &edit) {
    if (first.kind != Kind::MapStart) {
      candidate.doubt(first.line, "replacement that is not a map");
      events_.skip(first);
      return;
    }
    eachEntry([&](const Entry &entry) {
      if (entry.value.kind != Kind::Scalar) {
        candidate.doubt(entry.value.line, entry.key + " is not a string");
        events_.skip(entry.value);
      } else if (entry.key == "FilePath") {
        edit.file = entry.value.text;
      } else if (entry.key == "Offset") {
        edit.offset = number(candidate, entry);
      } else if (entry.key == "Length") {
        edit.length = number(candidate, entry);
      } else if (entry.key == "ReplacementText") {
        edit.text = entry.value.text;
      }
    });
  }

  static std::uint64_t number(Candidate &candidate, const Entry &entry) {
    const std::string &text = entry.value.text;
    std::uint64_t value = 0;
    const char *end = text.data() + text.size();
    const auto [stop, failure] = std::from_chars(text.data(), end, value);
    if (failure != std::errc() || stop != end)
      candidate.doubt(entry.value.line,
                      entry.key + " " + quote(text) + " is not a number");
    return value;
  }

  /// Seen from the build directory; a hundred thousand findings have few files.
  const SharedText &resolve(const std::string &file,
                            const std::string &directory) {
    const auto [entry, isNew] =
        paths_.try_emplace(directory + std::string(1, '\0') + file);
    if (isNew)
      entry->second = absolutePath(file, directory);
    return entry->second;
  }

  Diagnostic finish(Candidate &candidate) {
    if (!candidate.hasMessage)
      candidate.doubt(candidate.line, "diagnostic without a message");
    if (candidate.problem)
      refuseAndMend(candidate.problem->first, candidate.problem->second);
    Diagnostic &diagnostic = candidate.diagnostic;
    diagnostic.check = std::move(*candidate.name);
    const auto place = [&](DiagnosticPart &part) {
      part.place.file = resolve(part.place.file, candidate.directory);
    };
    place(diagnostic.main);
    std::ranges::for_each(diagnostic.notes, place);
    for (Edit &edit : diagnostic.fix)
      edit.file = resolve(edit.file, candidate.directory);
    return std::move(diagnostic);
  }

  InputFile &input_;
  const TakeDiagnostic &take_;
  YamlEvents events_;
  std::unordered_map<std::string, SharedText> paths_; ///< what resolve() found
  OtherDiagnostics others_;
};

} // namespace

OtherDiagnostics readFixesYaml(InputFile &input, const TakeDiagnostic &take) {
  return FixesReader(input, take).read();
}

} // namespace selfconnect
