//===- tidy_options.h - what clang-tidy is told -----------------*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef SELFCONNECT_SCAN_TIDY_OPTIONS_H
#define SELFCONNECT_SCAN_TIDY_OPTIONS_H

#include <map>
#include <string>
#include <vector>

namespace selfconnect::scan {

/// Options of the checks by name, as in CheckOptions.
using CheckOptions = std::map<std::string, std::string>;

struct TidyOptions {
  std::string checks = "-*,selfconnect-*";
  std::string config; ///< YAML in place of the .clang-tidy files, or ""
  std::string headerFilter = ".*";
  std::vector<std::string> extraArguments; ///< for the compiler
  CheckOptions checkOptions;
};

/// The value of clang-tidy's --config: `config` with `options` added, or, if
/// that is empty, the .clang-tidy files of each source with `options` added.
/// Throws InputError if `config` is no YAML that clang-tidy takes.
std::string tidyConfig(const std::string &config, const CheckOptions &options);

/// All arguments but the program, the database and the file.
std::vector<std::string> tidyArguments(const TidyOptions &options,
                                       const CheckOptions &more);

} // namespace selfconnect::scan

#endif // SELFCONNECT_SCAN_TIDY_OPTIONS_H
