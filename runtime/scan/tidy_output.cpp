//===- tidy_output.cpp - what clang-tidy says of one file -----------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tidy_output.h"

#include "yaml_json.h"

#include "../findings/read_file.h"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <sstream>

namespace selfconnect::scan {
namespace {

/// "file:3:14: warning: message [check]"; driver errors have no file.
struct Line {
  std::string place; ///< ":3:14: "
  std::string file;
  std::string kind; ///< "warning", "error", "fatal error", "note"; "": no such
  std::string message;
};

/// How long ":3:14" is, at the end of `text`; 0 if it does not end so.
std::size_t placeLength(std::string_view text) {
  std::size_t end = text.size();
  for (int number = 0; number < 2; ++number) {
    const auto colon = text.substr(0, end).rfind(':');
    if (colon == text.npos || colon + 1 == end ||
        text.substr(colon + 1, end - colon - 1)
                .find_first_not_of("0123456789") != text.npos)
      return 0;
    end = colon;
  }
  return end == 0 ? 0 : text.size() - end;
}

/// By hand: an expression would need a stack as deep as the line is long.
Line readLine(const std::string &text) {
  for (const char *kind : {"warning", "error", "fatal error", "note"}) {
    const std::string mark = std::string(kind) + ": ";
    if (text.starts_with(mark))
      return {"", "", kind, text.substr(mark.size())};
    const auto at = text.find(": " + mark);
    const auto length =
        at == text.npos ? 0 : placeLength(std::string_view(text).substr(0, at));
    if (length > 0)
      return {text.substr(at - length, length) + ": ",
              text.substr(0, at - length), kind,
              text.substr(at + 2 + mark.size())};
  }
  return {};
}

constexpr std::string_view errorCheck = " [clang-diagnostic-error]";
constexpr std::string_view ourCheck = " [selfconnect-";

/// `file` is absolute; `line` has a place.
SourcePlace placeOf(const std::string &file, const Line &line) {
  SourcePlace place{file, 0, 0};
  const char *end = line.place.data() + line.place.size();
  const auto [stop, failure] =
      std::from_chars(line.place.data() + 1, end, place.line);
  if (failure == std::errc() && stop != end)
    std::from_chars(stop + 1, end, place.column);
  return place;
}

/// The name in "message [selfconnect-retry-loop]", options of it apart.
std::string checkIn(const std::string &message) {
  const auto start = message.rfind(ourCheck) + 2;
  return message.substr(start, message.find_first_of(",]", start) - start);
}

/// What tells the finding from others, from its first line and its notes.
void readFinding(const Line &line, const SourcePlace &place,
                 KnownFinding &finding) {
  if (line.kind != "note") {
    finding.id.check = checkIn(line.message);
    finding.id.at = place;
  } else if (line.message == "the loop is here") {
    finding.loop = place;
  } else if (std::string target = targetOf(line.message); !target.empty()) {
    finding.id.target = std::move(target);
  }
}

} // namespace

std::vector<PrintedDiagnostic> readTidyOutput(std::string_view output,
                                              const std::string &directory) {
  std::vector<PrintedDiagnostic> diagnostics;
  std::istringstream lines{std::string(output)};
  for (std::string text; std::getline(lines, text);) {
    const Line line = readLine(text);
    std::string file;
    if (!line.file.empty()) {
      file = absolutePath(line.file, directory);
      text = file + line.place + line.kind + ": " + line.message;
    }
    if (!line.kind.empty() && line.kind != "note") {
      diagnostics.emplace_back();
      PrintedDiagnostic &now = diagnostics.back();
      now.isError = line.message.ends_with(errorCheck);
      now.isOurs = line.message.find(ourCheck) != line.message.npos;
      if (now.isError)
        now.message =
            line.message.substr(0, line.message.size() - errorCheck.size());
    }
    if (diagnostics.empty())
      continue;
    PrintedDiagnostic &now = diagnostics.back();
    now.text += text + '\n';
    if (now.isOurs && !file.empty())
      readFinding(line, placeOf(file, line), now.finding);
  }
  return diagnostics;
}

namespace {

using OrderedJson = nlohmann::ordered_json;

/// The text there, or "".
std::string textOf(const OrderedJson &map, const char *key) {
  const auto found = map.find(key);
  return found != map.end() && found->is_string() ? found->get<std::string>()
                                                  : "";
}

/// The list or map there, or nothing.
const OrderedJson &partOf(const OrderedJson &map, const char *key) {
  static const OrderedJson nothing;
  const auto found = map.find(key);
  return found == map.end() ? nothing : *found;
}

/// One diagnostic seen twice has the same key, from wherever it is seen.
void addToKey(const OrderedJson &part, const std::string &directory,
              std::string &key) {
  key += textOf(part, "Message") + '\0' +
         absolutePath(textOf(part, "FilePath"), directory) + '\0' +
         textOf(part, "FileOffset") + '\0';
}

std::string keyOf(const OrderedJson &diagnostic) {
  const std::string directory = textOf(diagnostic, "BuildDirectory");
  std::string key = textOf(diagnostic, "DiagnosticName") + '\0';
  addToKey(partOf(diagnostic, "DiagnosticMessage"), directory, key);
  for (const OrderedJson &note : partOf(diagnostic, "Notes"))
    addToKey(note, directory, key);
  return key;
}

} // namespace

void MergedFixes::add(const std::string &fixes) {
  for (const OrderedJson &document :
       readYaml(fixes, "fixes that clang-tidy wrote"))
    for (const OrderedJson &diagnostic : partOf(document, "Diagnostics"))
      if (seen_.insert(keyOf(diagnostic)).second)
        diagnostics_.push_back(diagnostic);
}

FindingId MergedFixes::idOf(const OrderedJson &diagnostic) {
  const OrderedJson &message = partOf(diagnostic, "DiagnosticMessage");
  Place place;
  place.file = absolutePath(textOf(message, "FilePath"),
                            textOf(diagnostic, "BuildDirectory"));
  sources_.locate(
      place, std::strtoull(textOf(message, "FileOffset").c_str(), nullptr, 10));
  FindingId id{textOf(diagnostic, "DiagnosticName"),
               {place.file.str(), place.line, place.column},
               {}};
  for (const OrderedJson &note : partOf(diagnostic, "Notes"))
    if (std::string target = targetOf(textOf(note, "Message")); !target.empty())
      id.target = std::move(target);
  return id;
}

void MergedFixes::keepOne(const std::set<FindingId> &dropped) {
  std::set<FindingId> kept;
  OrderedJson left = OrderedJson::array();
  for (OrderedJson &diagnostic : diagnostics_) {
    if (textOf(diagnostic, "DiagnosticName").starts_with("selfconnect-"))
      if (FindingId id = idOf(diagnostic);
          dropped.contains(id) || !kept.insert(std::move(id)).second)
        continue;
    left.push_back(std::move(diagnostic));
  }
  diagnostics_ = std::move(left);
}

namespace {

constexpr const char *serverNote = "the server of this port listens here";

/// In bytes; 0 if the file cannot be read.
std::size_t offsetOf(const SourcePlace &place) {
  const std::string content = contentOf(place.file);
  std::size_t offset = 0;
  for (unsigned line = 1; line < place.line; ++line) {
    const auto end = content.find('\n', offset);
    if (end == content.npos)
      return 0;
    offset = end + 1;
  }
  return std::min(offset + place.column - 1, content.size());
}

} // namespace

void MergedFixes::addServers(const Servers &servers) {
  for (OrderedJson &diagnostic : diagnostics_) {
    const SourcePlace *server = serverOf(idOf(diagnostic), servers);
    const auto notes = diagnostic.find("Notes");
    if (!server || notes == diagnostic.end())
      continue;
    const auto last = std::ranges::find_if(*notes, [](const OrderedJson &note) {
      return !targetOf(textOf(note, "Message")).empty();
    });
    OrderedJson note = OrderedJson::object();
    note["Message"] = serverNote;
    note["FilePath"] = server->file;
    note["FileOffset"] = std::to_string(offsetOf(*server));
    note["Replacements"] = OrderedJson::array();
    notes->insert(last, std::move(note));
  }
}

void addServer(PrintedDiagnostic &diagnostic, const Servers &servers) {
  const SourcePlace *server = serverOf(diagnostic.finding.id, servers);
  const auto last = diagnostic.text.find(": note: reproduce with: ");
  if (!server || last == diagnostic.text.npos)
    return;
  diagnostic.text.insert(diagnostic.text.rfind('\n', last) + 1,
                         server->file + ':' + std::to_string(server->line) +
                             ':' + std::to_string(server->column) +
                             ": note: " + serverNote + '\n');
}

std::string MergedFixes::text() const {
  return writeYaml({{"MainSourceFile", ""}, {"Diagnostics", diagnostics_}});
}

} // namespace selfconnect::scan
