//===- completion_command.cpp - selfconnect completion --------------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "completion_command.h"

#include "common_options.h"
#include "completion.h"
#include "output.h"

#include <memory>
#include <string>

namespace selfconnect::cli {

void addCompletionCommand(CLI::App &app, Command &chosen) {
  auto *command = app.add_subcommand(
      "completion", "Prints a script that makes a shell complete commands and "
                    "options");
  struct Options {
    std::string shell;
    std::string output;
  };
  auto options = std::make_shared<Options>();
  command->add_option("shell", options->shell, "the shell that reads it")
      ->check(CLI::IsMember({"bash", "zsh", "fish"}))
      ->type_name("SHELL")
      ->required();
  addOutputOption(*command, options->output);
  command->callback([&app, &chosen, options] {
    chosen = [&app, options] {
      Output output(options->output);
      output.write(completionScript(app, options->shell));
      output.finish();
      return ExitCode::Done;
    };
  });
}

} // namespace selfconnect::cli
