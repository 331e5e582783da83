//===- reproduce_command.h - selfconnect reproduce --------------*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_CLI_REPRODUCE_COMMAND_H
#define SELFCONNECT_CLI_REPRODUCE_COMMAND_H

#include "command.h"

#include "selfconnect/reproduce_note.h"

#include <optional>
#include <string>
#include <string_view>

namespace selfconnect::cli {

/// Adds `selfconnect reproduce`.
void addReproduceCommand(CLI::App &app, Command &chosen);

/// Reads the command of a reproduce note, "selfconnect reproduce
/// 127.0.0.1:33334 --socket=new", with the parser of the command itself; HOST
/// and PORT may stand for what is unknown. On failure returns nothing and sets
/// `error` to one line.
std::optional<ReproduceNote> parseReproduceNote(std::string_view command,
                                                std::string &error);

} // namespace selfconnect::cli

#endif // SELFCONNECT_CLI_REPRODUCE_COMMAND_H
