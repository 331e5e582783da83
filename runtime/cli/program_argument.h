//===- program_argument.h - "-- PROGRAM ARGS..." ----------------*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_CLI_PROGRAM_ARGUMENT_H
#define SELFCONNECT_CLI_PROGRAM_ARGUMENT_H

#include <CLI/CLI.hpp>

#include <string>
#include <vector>

namespace selfconnect::cli {

/// PROGRAM ARGS..., the rest of the command line; options of ours stand before
/// it.
CLI::Option *addProgramArgument(CLI::App &command,
                                std::vector<std::string> &program);

/// The arguments as execvp() wants them; valid as long as `program` is.
std::vector<char *> execArguments(std::vector<std::string> &program);

/// The file that execvp() would run. Throws InputError if there is none.
std::string findProgram(const std::string &name);

} // namespace selfconnect::cli

#endif // SELFCONNECT_CLI_PROGRAM_ARGUMENT_H
