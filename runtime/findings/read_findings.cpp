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
#include "tidy_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

namespace selfconnect {
namespace fs = std::filesystem;

namespace {

bool isNamedYaml(const fs::path &file) {
  return file.extension() == ".yaml" || file.extension() == ".yml";
}

bool isYaml(const std::string &file, std::string_view begin) {
  if (begin.starts_with("\xef\xbb\xbf")) // a byte order mark
    begin.remove_prefix(3);
  return isNamedYaml(file) || begin.starts_with("---") ||
         begin.starts_with("Diagnostics:") ||
         begin.starts_with("MainSourceFile:");
}

/// The file, or those in the folder.
std::vector<std::string> expand(const std::string &path) {
  std::error_code failure;
  if (path == "-" || !fs::is_directory(path, failure))
    return {path};
  std::vector<std::string> files;
  for (fs::directory_iterator entry(path, failure), end;
       !failure && entry != end; entry.increment(failure))
    if (isNamedYaml(entry->path()))
      files.push_back(entry->path().string());
  if (failure)
    refuse(path, failure.message() + "; give the files in it");
  if (files.empty())
    refuse(path, "a folder without *.yaml or *.yml; give the folder of "
                 "clang-tidy's fixes, or the file that clang-tidy "
                 "-export-fixes wrote");
  std::ranges::sort(files);
  return files;
}

void requireOurs(bool isAny, const OtherDiagnostics &others,
                 const std::vector<std::string> &files) {
  if (isAny || !others.count())
    return;
  const std::string input = files.size() > 1       ? "all files"
                            : files.front() == "-" ? "<stdin>"
                                                   : files.front();
  refuse(input, fmt::format(
                    "no finding of a selfconnect-* check among {} of others{};"
                    " run clang-tidy with the module loaded and -checks=-*,"
                    "selfconnect-*",
                    others.count(),
                    others.compilerErrors ? " (some are compile errors)" : ""));
}

} // namespace

Findings readFindings(const std::vector<std::string> &paths,
                      const NoteParser &parseNote) {
  std::vector<std::string> files;
  for (const std::string &path : paths)
    std::ranges::copy(expand(path), std::back_inserter(files));

  Collector collector(parseNote);
  OtherDiagnostics others;
  bool isAny = false;
  for (const std::string &file : files) {
    InputFile input(file);
    const auto take = [&](Diagnostic diagnostic) {
      isAny = true;
      collector.add(std::move(diagnostic), input.name(), input.writtenAt());
    };
    const OtherDiagnostics some = isYaml(file, input.peek())
                                      ? readFixesYaml(input, take)
                                      : readTidyText(input, take);
    others.otherChecks += some.otherChecks;
    others.compilerErrors += some.compilerErrors;
  }
  requireOurs(isAny, others, files);
  return collector.finish(others);
}

} // namespace selfconnect
