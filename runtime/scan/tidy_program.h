//===- tidy_program.h - the clang-tidy that has our checks ------*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef SELFCONNECT_SCAN_TIDY_PROGRAM_H
#define SELFCONNECT_SCAN_TIDY_PROGRAM_H

#include <string>
#include <vector>

namespace selfconnect::scan {

/// A clang-tidy that has been tried and knows our checks.
struct TidyProgram {
  std::string path;                ///< absolute
  std::string module;              ///< to be loaded; "" where it is inside
  std::string version;             ///< what --version prints
  std::vector<std::string> checks; ///< ours that it has

  /// The head of each command line.
  [[nodiscard]] std::vector<std::string> command() const;
  /// What it is made of: another text after an upgrade.
  [[nodiscard]] std::string identity() const;
};

/// Where to look: the folder of this program, and of its modules.
struct Installation {
  std::string binFolder;
  std::vector<std::string> moduleFolders;
};

/// `wanted`, a name or a path, or if that is empty the first that works of:
/// selfconnect-clang-tidy beside this program, and for each module, the newest
/// LLVM first, the clang-tidy of that LLVM. Files go to `scratch`, a folder.
/// Throws InputError if `wanted` is no program, EnvironmentError where none has
/// our checks.
TidyProgram findTidyProgram(const std::string &wanted,
                            const Installation &installation,
                            const std::string &scratch);

/// `name` as a path; looked for in PATH if it has no slash. "" if there is
/// none.
std::string findExecutable(const std::string &name);

} // namespace selfconnect::scan

#endif // SELFCONNECT_SCAN_TIDY_PROGRAM_H
