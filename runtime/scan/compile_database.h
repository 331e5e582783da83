//===- compile_database.h - compile_commands.json ---------------*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef SELFCONNECT_SCAN_COMPILE_DATABASE_H
#define SELFCONNECT_SCAN_COMPILE_DATABASE_H

#include <string>
#include <vector>

namespace selfconnect::scan {

/// One compilation.
struct CompileCommand {
  std::string directory;              ///< absolute: where it runs
  std::string file;                   ///< absolute: what is compiled
  std::vector<std::string> arguments; ///< the compiler first

  friend bool operator==(const CompileCommand &,
                         const CompileCommand &) = default;
};

/// The file itself: `build`, or compile_commands.json in it. Throws InputError
/// where there is none.
std::string findCompileDatabase(const std::string &build);

/// Reads it whole; a command that it has twice comes once. A relative directory
/// starts at the database's folder. Throws InputError.
std::vector<CompileCommand> readCompileDatabase(const std::string &path);

} // namespace selfconnect::scan

#endif // SELFCONNECT_SCAN_COMPILE_DATABASE_H
