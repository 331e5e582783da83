//===- tidy_output.h - what clang-tidy says of one file ---------*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef SELFCONNECT_SCAN_TIDY_OUTPUT_H
#define SELFCONNECT_SCAN_TIDY_OUTPUT_H

#include "one_finding.h"

#include "../findings/source_files.h"

#include <nlohmann/json.hpp>

#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace selfconnect::scan {

/// A warning or an error with its notes and its lines of code, as printed.
struct PrintedDiagnostic {
  bool isError = false; ///< of the compiler
  bool isOurs = false;  ///< of a selfconnect-* check
  KnownFinding finding; ///< of ours
  std::string message;  ///< of an error: what is wrong, without the place
  std::string text;
};

/// Takes the output apart. Names of files become absolute and normalised, so
/// that a header is the same from wherever it is included; `directory` is where
/// the compilation runs.
std::vector<PrintedDiagnostic> readTidyOutput(std::string_view output,
                                              const std::string &directory);

/// Where the server of its port is in sight, the note that says so.
void addServer(PrintedDiagnostic &diagnostic, const Servers &servers);

/// The fixes of several files as one, each diagnostic once, in the form of
/// clang-tidy -export-fixes.
class MergedFixes {
public:
  /// Throws InputError if `fixes` is no such YAML.
  void add(const std::string &fixes);
  /// Takes out what is in `dropped`, and of ours what is there already.
  void keepOne(const std::set<FindingId> &dropped);
  /// Adds a note in front of the reproduce note of each finding of ours whose
  /// port has a server in sight.
  void addServers(const Servers &servers);
  [[nodiscard]] std::string text() const;

private:
  FindingId idOf(const nlohmann::ordered_json &diagnostic);

  std::set<std::string> seen_;
  SourceFiles sources_;
  nlohmann::ordered_json diagnostics_ = nlohmann::ordered_json::array();
};

} // namespace selfconnect::scan

#endif // SELFCONNECT_SCAN_TIDY_OUTPUT_H
