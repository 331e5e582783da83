//===- arguments.h - the words of the command line --------------*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_CLI_ARGUMENTS_H
#define SELFCONNECT_CLI_ARGUMENTS_H

#include <CLI/CLI.hpp>

#include <string>
#include <vector>

namespace selfconnect::cli {

/// Puts "--" before PROGRAM where the user did not: what stands behind it are
/// the program's own options. `words` are without the name of the command
/// itself.
std::vector<std::string> withProgramMark(const CLI::App &app,
                                         std::vector<std::string> words);

/// What is to be said of words that CLI11 refuses, if they have an option that
/// is none: it tells of what is missing first. "" otherwise.
std::string unknownOption(const CLI::App &app,
                          const std::vector<std::string> &words);

/// The option for a program and its arguments; see program_argument.h.
inline constexpr const char *programName = "PROGRAM";

} // namespace selfconnect::cli

#endif // SELFCONNECT_CLI_ARGUMENTS_H
