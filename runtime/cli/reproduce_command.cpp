//===- reproduce_command.cpp - selfconnect reproduce ----------------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "reproduce_command.h"

#include "common_options.h"

#include <nlohmann/json.hpp>

#include <cstdio>
#include <memory>

namespace selfconnect::cli {
namespace {

struct Options {
  std::string target;
  std::string range = "host";
  std::string reserved;
  LoopOptions loop;
  bool json = false;
};

ExitCode run(const Options &options) {
  Target target = resolveTarget(options.target);
  NamedRange range = resolveRange(options.range);
  ReproduceOptions loop;
  loop.host = *target.host;
  loop.port = *target.port;
  loop.range = range.range;
  loop.rangeSource = range.source;
  loop.reserved = resolveReserved(options.reserved, range);
  options.loop.applyTo(loop);

  ReproduceResult result = reproduce(loop);
  std::string report =
      options.json ? toJson(result).dump(2) + "\n" : toText(result);
  std::fputs(report.c_str(), stdout);
  return result.outcome == Outcome::SelfConnected ? ExitCode::Done
                                                  : ExitCode::Hazard;
}

std::shared_ptr<Options> addOptions(CLI::App &command) {
  auto options = std::make_shared<Options>();
  addTargetArgument(command, options->target);
  addRangeOption(command, options->range);
  addReservedOption(command, options->reserved);
  addSocketOption(command, options->loop);
  addMethodOption(command, options->loop);
  addIsolationOption(command, options->loop);
  addMaxTriesOption(command, options->loop);
  addTimeoutOption(command, options->loop);
  addJsonOption(command, options->json);
  return options;
}

} // namespace

void addReproduceCommand(CLI::App &app, Command &chosen) {
  auto *command = app.add_subcommand(
      "reproduce", "Makes a socket connect to itself, and proves it");
  auto options = addOptions(*command);
  command->callback(
      [&chosen, options] { chosen = [options] { return run(*options); }; });
}

std::optional<ReproduceNote> parseReproduceNote(std::string_view command,
                                                std::string &error) {
  constexpr std::string_view program = "selfconnect reproduce ";
  if (command.substr(0, program.size()) != program) {
    error = "it does not begin with '" + std::string(program) + "'";
    return std::nullopt;
  }
  command.remove_prefix(program.size());

  CLI::App app;
  app.set_help_flag();
  auto options = addOptions(app);
  try {
    app.parse(std::string(command));
  } catch (const CLI::ParseError &parseError) {
    error = parseError.what();
    return std::nullopt;
  }
  auto target = parseTarget(options->target, error);
  if (!target)
    return std::nullopt;
  return ReproduceNote{*target, parseSocketMode(options->loop.socket).value()};
}

} // namespace selfconnect::cli
