//===- range_command.cpp - selfconnect range ------------------------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "range_command.h"

#include "common_options.h"

namespace selfconnect::cli {

void addRangeCommand(CLI::App &app, Command &chosen) {
  auto *command =
      app.add_subcommand("range", "Shows this machine's ephemeral port range");
  command->callback([&chosen] { chosen = [] { return ExitCode::Done; }; });
}

} // namespace selfconnect::cli
