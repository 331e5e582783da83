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
//       Notes:                           (same shape as DiagnosticMessage)
//         - Message:         'reproduce with: ...'
//       BuildDirectory:  '/src/build'
//
//===----------------------------------------------------------------------===//

#include "fixes_yaml.h"

#include "selfconnect/quote.h"

#include "source_files.h"

#include <yaml-cpp/yaml.h>

#include <charconv>

namespace selfconnect {
namespace {

/// Builds "fixes.yaml:12" from a node.
class Origin {
public:
  explicit Origin(const std::string &input) : input_(input) {}

  [[nodiscard]] std::string of(const YAML::Mark &mark) const {
    return mark.is_null() ? input_
                          : input_ + ":" + std::to_string(mark.line + 1);
  }
  [[nodiscard]] std::string of(const YAML::Node &node) const {
    return of(node.Mark());
  }

private:
  const std::string &input_;
};

const char *const againMend = "; write it again with clang-tidy -export-fixes";

/// The text under `key`, which clang-tidy always writes.
std::string text(const YAML::Node &map, const char *key, const Origin &origin) {
  const YAML::Node value = map[key];
  if (!value || !value.IsScalar())
    refuse(origin.of(map),
           std::string("diagnostic without ") + key + againMend);
  return value.Scalar();
}

DiagnosticPart readPart(const YAML::Node &map, const std::string &directory,
                        const Origin &origin) {
  if (!map.IsMap())
    refuse(origin.of(map),
           std::string("diagnostic without a message") + againMend);
  DiagnosticPart part;
  part.message = text(map, "Message", origin);
  part.origin = origin.of(map["Message"]);
  part.place.file = absolutePath(text(map, "FilePath", origin), directory);

  const std::string offset = text(map, "FileOffset", origin);
  std::uint64_t value = 0;
  const char *end = offset.data() + offset.size();
  const auto [stop, failure] = std::from_chars(offset.data(), end, value);
  if (failure != std::errc() || stop != end)
    refuse(origin.of(map["FileOffset"]),
           "FileOffset '" + offset + "' is no number" + againMend);
  part.offset = value;
  return part;
}

Diagnostic readDiagnostic(const YAML::Node &map, const std::string &check,
                          const Origin &origin) {
  const YAML::Node message = map["DiagnosticMessage"];
  if (!message)
    refuse(origin.of(map),
           std::string("diagnostic without a message") + againMend);
  const YAML::Node build = map["BuildDirectory"];
  const std::string directory =
      build && build.IsScalar() ? build.Scalar() : std::string();

  Diagnostic diagnostic;
  diagnostic.check = check;
  diagnostic.main = readPart(message, directory, origin);
  if (const YAML::Node notes = map["Notes"])
    for (const YAML::Node &note : notes)
      diagnostic.notes.push_back(readPart(note, directory, origin));
  return diagnostic;
}

void readDocument(const YAML::Node &document, const Origin &origin,
                  Diagnostics &result) {
  if (!document.IsMap() || !document["Diagnostics"])
    refuse(origin.of(document),
           "YAML, but no list of clang-tidy diagnostics; give the "
           "file that clang-tidy -export-fixes wrote");
  // run-clang-tidy writes MainSourceFile last, so it is missing where the end
  // is.
  if (!document["MainSourceFile"] || !document["MainSourceFile"].IsScalar() ||
      !document["Diagnostics"].IsSequence())
    refuse(origin.of(document),
           std::string("fixes file is cut off") + againMend);

  for (const YAML::Node &map : document["Diagnostics"]) {
    if (!map.IsMap())
      refuse(origin.of(map),
             std::string("diagnostic without a name") + againMend);
    const std::string check = text(map, "DiagnosticName", origin);
    if (check.starts_with(checkPrefix))
      result.ours.push_back(readDiagnostic(map, check, origin));
    else if (check == "clang-diagnostic-error")
      ++result.compilerErrors;
    else
      ++result.otherChecks;
  }
}

/// clang-tidy opens with "---" and closes with "...": a file that ends earlier
/// may still be good YAML, with findings missing.
bool isCutOff(std::string_view text) {
  const auto end = text.find_last_not_of(" \t\r\n");
  return text.starts_with("---") && text.find("\nDiagnostics:") != text.npos &&
         !text.substr(0, end + 1).ends_with("\n...");
}

} // namespace

Diagnostics parseFixesYaml(const std::string &text, const std::string &input) {
  if (isCutOff(text))
    refuse(input, std::string("fixes file is cut off: it opens with '---' but "
                              "lacks the closing '...'") +
                      againMend);
  const Origin origin(input);
  std::vector<YAML::Node> documents;
  try {
    documents = YAML::LoadAll(text);
  } catch (const YAML::Exception &e) {
    refuse(origin.of(e.mark),
           "no valid YAML, cut off perhaps (" + e.msg + ")" + againMend);
  }
  Diagnostics result;
  for (const YAML::Node &document : documents)
    readDocument(document, origin, result);
  return result;
}

} // namespace selfconnect
