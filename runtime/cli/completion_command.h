//===- completion_command.h - selfconnect completion ------------*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_CLI_COMPLETION_COMMAND_H
#define SELFCONNECT_CLI_COMPLETION_COMMAND_H

#include "command.h"

namespace selfconnect::cli {

/// Adds `selfconnect completion`.
void addCompletionCommand(CLI::App &app, Command &chosen);

} // namespace selfconnect::cli

#endif // SELFCONNECT_CLI_COMPLETION_COMMAND_H
