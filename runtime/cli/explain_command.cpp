//===- explain_command.cpp - selfconnect explain --------------------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "explain_command.h"

#include "common_options.h"

#include "selfconnect/explain.h"

#include <nlohmann/json.hpp>

#include <cstdio>
#include <memory>

namespace selfconnect::cli {
namespace {

ExitCode run(bool json) {
  Explanation explanation = explain(resolveKernelClass("host"));
  std::string report =
      json ? toJson(explanation).dump(2) + "\n" : toText(explanation);
  std::fputs(report.c_str(), stdout);
  return explanation.asExpected() ? ExitCode::Done : ExitCode::Hazard;
}

} // namespace

void addExplainCommand(CLI::App &app, Command &chosen) {
  auto *command = app.add_subcommand(
      "explain", "Shows the conditions of a self-connect: takes each away, "
                 "live, and tells what happens");
  auto json = std::make_shared<bool>(false);
  addJsonOption(*command, *json);
  command->callback(
      [&chosen, json] { chosen = [json] { return run(*json); }; });
}

} // namespace selfconnect::cli
