//===- exit_code.h - what the command says by its exit code -----*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_CLI_EXIT_CODE_H
#define SELFCONNECT_CLI_EXIT_CODE_H

namespace selfconnect::cli {

/// The same for all commands.
enum class ExitCode {
  Done = 0,        ///< done, nothing wrong
  Hazard = 1,      ///< hazard found or confirmed; reproduce: not reproduced
  BadInput = 2,    ///< usage or bad input
  Environment = 3, ///< this environment cannot tell
};

} // namespace selfconnect::cli

#endif // SELFCONNECT_CLI_EXIT_CODE_H
