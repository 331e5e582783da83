//===- predict_command.cpp - selfconnect predict --------------------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "predict_command.h"

#include "common_options.h"

namespace selfconnect::cli {

void addPredictCommand(CLI::App &app, Command &chosen) {
  auto *command = app.add_subcommand(
      "predict", "Tells whether a client can meet itself, and when");
  command->callback([&chosen] { chosen = [] { return ExitCode::Done; }; });
}

} // namespace selfconnect::cli
