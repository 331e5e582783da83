//===- tidy_runner.h - clang-tidy on many files -----------------*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef SELFCONNECT_SCAN_TIDY_RUNNER_H
#define SELFCONNECT_SCAN_TIDY_RUNNER_H

#include "tidy_options.h"
#include "tidy_program.h"
#include "unit.h"

#include <chrono>
#include <filesystem>
#include <functional>
#include <set>
#include <string>
#include <vector>

namespace selfconnect::scan {

/// What clang-tidy made of one unit.
struct UnitRun {
  std::string failure; ///< "" if the source has no error
  std::string output;  ///< as printed
  std::string fixes;   ///< YAML, "" without any
  std::string summary; ///< "" if it wrote none
  RemovedFlags removed;
  std::chrono::system_clock::time_point started;
};

using UnitDone = std::function<void(std::size_t unit, UnitRun run)>;

/// Runs those of the units, by index, and hands over each as it ends.
using RunUnits = std::function<void(const std::vector<std::size_t> &units,
                                    const UnitDone &)>;

struct RunnerOptions {
  TidyProgram program;
  TidyOptions tidy;
  std::filesystem::path scratch;
  unsigned jobs = 1;
  std::chrono::milliseconds timeout{0};
  bool wantsSummary = false;
};

/// Each command runs from a database of its own, with one entry. A flag that
/// clang rejects is taken out, and the unit runs again.
class TidyRunner {
public:
  TidyRunner(const std::vector<Unit> &units, RunnerOptions options);

  /// As RunUnits. Throws Interrupted, EnvironmentError.
  void run(const std::vector<std::size_t> &units, const UnitDone &done);

  /// How often clang-tidy was started.
  [[nodiscard]] std::size_t started() const { return started_; }

private:
  struct Job {
    std::size_t unit;
    std::vector<std::string> arguments; ///< for the compiler
    RemovedFlags removed;
    std::chrono::system_clock::time_point started;
  };

  std::filesystem::path folderOf(std::size_t unit) const;
  struct Program prepare(const Job &job) const;
  UnitRun finish(const Job &job, int status, bool isLate) const;

  const std::vector<Unit> &units_;
  RunnerOptions options_;
  std::vector<std::string> head_; ///< of each command line
  std::set<std::string> rejected_;
  std::size_t started_ = 0;
};

} // namespace selfconnect::scan

#endif // SELFCONNECT_SCAN_TIDY_RUNNER_H
