//===- exec_command.cpp - selfconnect exec --------------------------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "exec_command.h"

#include "common_options.h"
#include "output.h"
#include "program_argument.h"

#include "exec.h"
#include "selfconnect/json_text.h"
#include "selfconnect/port_range.h"

#include <memory>

namespace selfconnect::cli {
namespace {

struct ExecArguments {
  std::uint16_t port = 0;
  double timeoutSeconds = 10;
  double serveAfterSeconds = -1; ///< below 0: never
  ResultOptions result;
  std::vector<std::string> program;
};

ExitCode runExec(const ExecArguments &options) {
  Output output(options.result.output);
  ExecOptions exec;
  exec.port = options.port;
  exec.file = findProgram(options.program.front());
  exec.arguments = options.program;
  exec.timeout = std::chrono::duration<double>(options.timeoutSeconds);
  if (options.serveAfterSeconds >= 0)
    exec.serveAfter = std::chrono::duration<double>(options.serveAfterSeconds);
  exec.outputToStderr =
      options.result.json && isStandardOutput(options.result.output);

  const ExecResult result = selfconnect::exec(exec);
  output.write(options.result.json ? jsonText(toJson(result)) : toText(result));
  output.finish();
  constexpr int endedBySignal = 128;
  if (result.interruptedBy)
    return static_cast<ExitCode>(endedBySignal + *result.interruptedBy);
  if (result.outcome == RunOutcome::Undecided)
    return ExitCode::Environment;
  return result.outcome == RunOutcome::Believed ? ExitCode::Hazard
                                                : ExitCode::Done;
}

/// CLI11 takes 033334 for an octal number.
std::string isPort(const std::string &text) {
  std::string error;
  parsePort(text, error);
  return error;
}

} // namespace

void addExecCommand(CLI::App &app, Command &chosen) {
  auto *command = app.add_subcommand(
      "exec", "Runs your own client without a server, so that its connect() to "
              "PORT connects to itself, and reports what it does");
  command->footer("Exit code 1: the program believed a connection to itself "
                  "(wrote to it, kept it, or\nended with success); 0: it did "
                  "not, or never connected to itself; 3: undecided.");
  auto options = std::make_shared<ExecArguments>();
  command->add_option("PORT", options->port, "the port of the server")
      ->required()
      ->check(CLI::Validator(isPort, ""))
      ->type_name("");
  addSecondsOption(*command, "--timeout", options->timeoutSeconds,
                   "end the program after this time")
      ->capture_default_str();
  addSecondsOption(*command, "--serve-after", options->serveAfterSeconds,
                   "start a server on the port after this time, to see whether "
                   "the program reaches it");
  addResultOptions(*command, options->result)
      ->description("print JSON; what the program prints goes to stderr");
  addProgramArgument(*command, options->program);
  command->callback(
      [&chosen, options] { chosen = [options] { return runExec(*options); }; });
}

} // namespace selfconnect::cli
