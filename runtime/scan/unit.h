//===- unit.h - one job of a scan -------------------------------*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef SELFCONNECT_SCAN_UNIT_H
#define SELFCONNECT_SCAN_UNIT_H

#include "arguments.h"
#include "compile_database.h"

#include <string>
#include <vector>

namespace selfconnect::scan {

/// One translation unit of the project.
struct Unit {
  std::string id; ///< names its files: the same in every place and on every run
  CompileCommand command; ///< the arguments fit for clang
  RemovedFlags removed;
  std::string failure; ///< why it cannot be analysed at all, or ""
};

/// The C and C++ of the database, sorted by file. Paths in ids start at `root`.
std::vector<Unit> makeUnits(std::vector<CompileCommand> commands,
                            const std::string &root);

/// Which of `units` the paths name: their indexes. A folder names all that is
/// in it. Throws InputError where a path names none.
std::vector<std::size_t> chooseUnits(const std::vector<Unit> &units,
                                     const std::vector<std::string> &paths);

} // namespace selfconnect::scan

#endif // SELFCONNECT_SCAN_UNIT_H
