//===- read_findings.cpp - from file names to findings --------------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "selfconnect/findings.h"

#include "collect.h"
#include "fixes_yaml.h"
#include "read_file.h"
#include "tidy_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

namespace selfconnect {
namespace {

bool isYaml(const std::string &file, std::string_view content) {
  return file.ends_with(".yaml") || file.ends_with(".yml") ||
         content.starts_with("---") || content.starts_with("Diagnostics:") ||
         content.starts_with("MainSourceFile:");
}

/// Whether an input without any diagnostic may pass for "nothing found". It may
/// not on a mere guess: a wrong file, or a clang-tidy that did not run, would
/// look clean.
void requireSignOfTidy(const std::string &input, std::string_view content) {
  if (content.find_first_not_of(" \t\r\n") == content.npos)
    refuse(input, "empty; clang-tidy prints nothing when it finds nothing "
                  "and when it does not run: look at its exit code, and if "
                  "that is 0 there is nothing to confirm");
  if (!mentionsTidyRun(content))
    refuse(input, "neither clang-tidy's YAML nor its text; give the "
                  "file of -export-fixes, or what clang-tidy printed");
}

Diagnostics parseContent(const std::string &file, const std::string &content) {
  const std::string input = file == "-" ? "<stdin>" : file;
  if (content.find('\0') != content.npos)
    refuse(input, "binary, or text in UTF-16; give clang-tidy's YAML "
                  "or its text in UTF-8");
  if (isYaml(file, content))
    // run-clang-tidy empties the file when it finds nothing.
    return content.empty() ? Diagnostics() : parseFixesYaml(content, input);

  Diagnostics result = parseTidyText(content, input);
  if (result.ours.empty() && !result.otherChecks && !result.compilerErrors)
    requireSignOfTidy(input, content);
  return result;
}

void requireOurs(const Diagnostics &all,
                 const std::vector<std::string> &files) {
  if (!all.ours.empty() || (!all.otherChecks && !all.compilerErrors))
    return;
  const std::string input = files.size() > 1       ? "all files"
                            : files.front() == "-" ? "<stdin>"
                                                   : files.front();
  refuse(input, fmt::format(
                    "no finding of a selfconnect-* check among {} of others{}; "
                    "run clang-tidy with the module loaded and -checks=-*,"
                    "selfconnect-*",
                    all.otherChecks + all.compilerErrors,
                    all.compilerErrors ? " (some are compile errors)" : ""));
}

} // namespace

Findings readFindings(const std::vector<std::string> &files,
                      const NoteParser &parseNote) {
  Diagnostics all;
  for (const std::string &file : files) {
    std::string error;
    const auto content = readFile(file, error);
    if (!content)
      refuse(file, error + "; give the file that clang-tidy "
                           "-export-fixes wrote, or its text");
    Diagnostics some = parseContent(file, *content);
    std::ranges::move(some.ours, std::back_inserter(all.ours));
    all.otherChecks += some.otherChecks;
    all.compilerErrors += some.compilerErrors;
  }
  requireOurs(all, files);
  return collectFindings(all, parseNote);
}

} // namespace selfconnect
