//===- explain_command.cpp - selfconnect explain --------------------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "explain_command.h"

#include "common_options.h"
#include "output.h"

#include "selfconnect/explain.h"
#include "selfconnect/json_text.h"

#include <memory>

namespace selfconnect::cli {
namespace {

ExitCode runExplain(const ResultOptions &options) {
  Output output(options.output);
  Explanation explanation = explain(resolveKernelClass("host"));
  std::string report =
      options.json ? jsonText(toJson(explanation)) : toText(explanation);
  output.write(report);
  output.finish();
  return explanation.asExpected() ? ExitCode::Done : ExitCode::Hazard;
}

} // namespace

void addExplainCommand(CLI::App &app, Command &chosen) {
  auto *command =
      app.add_subcommand("explain", "Tries each condition of a self-connect on "
                                    "this kernel, and reports what happens");
  auto options = std::make_shared<ResultOptions>();
  addResultOptions(*command, *options);
  command->callback([&chosen, options] {
    chosen = [options] { return runExplain(*options); };
  });
}

} // namespace selfconnect::cli
