//===- scan_command.h - selfconnect scan ------------------------*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef SELFCONNECT_CLI_SCAN_COMMAND_H
#define SELFCONNECT_CLI_SCAN_COMMAND_H

#include "command.h"

namespace selfconnect::cli {

void addScanCommand(CLI::App &app, Command &chosen);

} // namespace selfconnect::cli

#endif // SELFCONNECT_CLI_SCAN_COMMAND_H
