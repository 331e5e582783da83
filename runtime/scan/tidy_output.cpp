//===- tidy_output.cpp - what clang-tidy says of one file -----------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tidy_output.h"

#include "yaml_json.h"

#include "../findings/source_files.h"
#include "selfconnect/error.h"

#include <sstream>

namespace selfconnect::scan {
namespace {

/// "file:3:14: warning: message [check]"; driver errors have no file.
struct Line {
  std::string place; ///< ":3:14: " and what comes before the kind
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

} // namespace

std::vector<PrintedDiagnostic> readTidyOutput(std::string_view output,
                                              const std::string &directory) {
  std::vector<PrintedDiagnostic> diagnostics;
  std::istringstream lines{std::string(output)};
  for (std::string text; std::getline(lines, text);) {
    const Line line = readLine(text);
    if (!line.file.empty())
      text = absolutePath(line.file, directory) + line.place + line.kind +
             ": " + line.message;
    if (!line.kind.empty() && line.kind != "note") {
      diagnostics.emplace_back();
      PrintedDiagnostic &now = diagnostics.back();
      now.isError = line.message.ends_with(errorCheck);
      now.isOurs = line.message.find(ourCheck) != line.message.npos;
      if (now.isError)
        now.message =
            line.message.substr(0, line.message.size() - errorCheck.size());
    }
    if (!diagnostics.empty())
      diagnostics.back().text += text + '\n';
  }
  return diagnostics;
}

namespace {

using Json = nlohmann::ordered_json;

/// The text there, or "".
std::string textOf(const Json &map, const char *key) {
  const auto found = map.find(key);
  return found != map.end() && found->is_string() ? found->get<std::string>()
                                                  : "";
}

/// The list or map there, or nothing.
const Json &partOf(const Json &map, const char *key) {
  static const Json nothing;
  const auto found = map.find(key);
  return found == map.end() ? nothing : *found;
}

/// One diagnostic seen twice has the same key, from wherever it is seen.
void addToKey(const Json &part, const std::string &directory,
              std::string &key) {
  key += textOf(part, "Message") + '\0' +
         absolutePath(textOf(part, "FilePath"), directory) + '\0' +
         textOf(part, "FileOffset") + '\0';
}

std::string keyOf(const Json &diagnostic) {
  const std::string directory = textOf(diagnostic, "BuildDirectory");
  std::string key = textOf(diagnostic, "DiagnosticName") + '\0';
  addToKey(partOf(diagnostic, "DiagnosticMessage"), directory, key);
  for (const Json &note : partOf(diagnostic, "Notes"))
    addToKey(note, directory, key);
  return key;
}

} // namespace

void MergedFixes::add(const std::string &fixes) {
  for (const Json &document : readYaml(fixes, "fixes that clang-tidy wrote"))
    for (const Json &diagnostic : partOf(document, "Diagnostics"))
      if (seen_.insert(keyOf(diagnostic)).second)
        diagnostics_.push_back(diagnostic);
}

std::string MergedFixes::text() const {
  return writeYaml({{"MainSourceFile", ""}, {"Diagnostics", diagnostics_}});
}

} // namespace selfconnect::scan
