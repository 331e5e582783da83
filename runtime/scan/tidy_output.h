//===- tidy_output.h - what clang-tidy says of one file ---------*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef SELFCONNECT_SCAN_TIDY_OUTPUT_H
#define SELFCONNECT_SCAN_TIDY_OUTPUT_H

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
  std::string message;  ///< of an error: what is wrong, without the place
  std::string text;
};

/// Takes the output apart. Names of files become absolute and normalised, so
/// that a header is the same from wherever it is included; `directory` is where
/// the compilation runs.
std::vector<PrintedDiagnostic> readTidyOutput(std::string_view output,
                                              const std::string &directory);

/// The fixes of several files as one, each diagnostic once, in the form of
/// clang-tidy -export-fixes.
class MergedFixes {
public:
  /// Throws InputError if `fixes` is no such YAML.
  void add(const std::string &fixes);
  [[nodiscard]] std::string text() const;

private:
  std::set<std::string> seen_;
  nlohmann::ordered_json diagnostics_ = nlohmann::ordered_json::array();
};

} // namespace selfconnect::scan

#endif // SELFCONNECT_SCAN_TIDY_OUTPUT_H
