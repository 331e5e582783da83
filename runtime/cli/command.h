//===- command.h - how a command joins the selfconnect program --*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Each command is one pair of files, <name>_command.{h,cpp}, with a function
///
///   void addNameCommand(CLI::App &app, Command &chosen);
///
/// that adds the subcommand and its options. When the user's choice falls on
/// it, its callback sets `chosen`, which main() then runs. What a command
/// throws is reported by main(): InputError as exit code 2, EnvironmentError as
/// exit code 3.
///
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_CLI_COMMAND_H
#define SELFCONNECT_CLI_COMMAND_H

#include "exit_code.h"

#include <CLI/CLI.hpp>

#include <functional>

namespace selfconnect::cli {

using Command = std::function<ExitCode()>;

} // namespace selfconnect::cli

#endif // SELFCONNECT_CLI_COMMAND_H
