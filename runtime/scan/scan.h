//===- scan.h - clang-tidy with our checks over a project -------*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef SELFCONNECT_SCAN_SCAN_H
#define SELFCONNECT_SCAN_SCAN_H

#include "arguments.h"
#include "nolint.h"
#include "tidy_options.h"
#include "tidy_output.h"
#include "tidy_program.h"

#include <chrono>
#include <functional>
#include <set>
#include <string>
#include <vector>

namespace selfconnect::scan {

struct ScanOptions {
  std::string build = "."; ///< the folder of the database, or the database
  bool isAll = true;       ///< else `files` says which
  std::vector<std::string> files; ///< files or folders
  std::string diffBase;           ///< report what changed since; "": all
  std::string clangTidy;          ///< a program, or ""
  TidyOptions tidy;
  unsigned jobs = 1;
  std::chrono::milliseconds fileTimeout{0};
  bool across = true;
  std::string summaries; ///< their folder; "": .selfconnect beside the database
  std::vector<std::string> otherSummaries; ///< folders of other projects
  Installation installation;
};

struct FailedFile {
  std::string file;
  std::string reason;
};

struct ScanResult {
  std::size_t analysed = 0; ///< translation units without a failure
  std::vector<FailedFile> failed;
  unsigned passes = 0;
  std::size_t jobs = 0; ///< how many times clang-tidy ran on a file
  RemovedFlags removed;
  std::vector<PrintedDiagnostic> printed; ///< warnings, each once
  std::string fixes;                      ///< merged YAML; "" without any
  std::vector<HiddenFinding> hidden;      ///< by NOLINT
  std::set<std::string> sources;          ///< files that were read
  std::size_t summarised = 0;             ///< units that have a summary
  bool isUnsettled = false;               ///< some facts did not come to rest
};

/// What a person may want to see while it runs.
struct ScanProgress {
  std::function<void(unsigned pass, std::size_t done, std::size_t all)> step;
  std::function<void(const std::string &)> say; ///< one line
};

/// Throws InputError, EnvironmentError, Interrupted.
ScanResult scan(const ScanOptions &options, const ScanProgress &progress);

} // namespace selfconnect::scan

#endif // SELFCONNECT_SCAN_SCAN_H
