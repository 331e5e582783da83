//===- main.cpp - the selfconnect command ---------------------------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "arguments.h"
#include "command.h"
#include "completion_command.h"
#include "confirm_command.h"
#include "exec_command.h"
#include "explain_command.h"
#include "guard_command.h"
#include "host_command.h"
#include "output.h"
#include "predict_command.h"
#include "range_command.h"
#include "report_options.h"
#include "reproduce_command.h"
#include "scan_command.h"

#include "selfconnect/quote.h"
#include "selfconnect/reproduce.h"

#include <algorithm>
#include <exception>
#include <sstream>
#include <string>
#include <vector>

using namespace selfconnect;
using namespace selfconnect::cli;

namespace {

ExitCode fail(ExitCode code, const std::string &message) {
  printError(message);
  return code;
}

/// --help and --version.
void printAnswer(const CLI::App &app, const CLI::Success &asked) {
  std::ostringstream answer;
  app.exit(asked, answer, answer);
  Output output;
  output.write(answer.str());
  output.finish();
}

ExitCode run(int argc, char **argv) {
  CLI::App app("Shows the TCP self-connect hazard: a client that retries "
               "connect() to a port of the ephemeral port range, with no "
               "server listening, ends up connected to itself.",
               "selfconnect");
  app.set_version_flag("--version", "selfconnect " SELFCONNECT_VERSION);
  app.require_subcommand(1);
  app.footer("Exit codes: 0 nothing wrong or done, 1 hazard found or confirmed "
             "(reproduce: not reproduced),\n2 usage or bad input, 3 this "
             "environment cannot tell, 128 + N when ended by signal N.");

  Command chosen;
  addRangeCommand(app, chosen);
  addPredictCommand(app, chosen);
  addReproduceCommand(app, chosen);
  addExplainCommand(app, chosen);
  addConfirmCommand(app, chosen);
  addScanCommand(app, chosen);
  addExecCommand(app, chosen);
  addGuardCommand(app, chosen);
  addHostCommand(app, chosen);
  addCompletionCommand(app, chosen);

  const std::vector<std::string> words = withProgramMark(
      app, std::vector<std::string>(argv + std::min(argc, 1), argv + argc));
  try {
    // It takes them from the back.
    app.parse(std::vector<std::string>(words.rbegin(), words.rend()));
  } catch (const CLI::Success &help) { // --help, --version
    printAnswer(app, help);
    return ExitCode::Done;
  } catch (const CLI::ParseError &error) {
    std::string first = words.empty() ? "" : words.front();
    auto isFirst = [&](const CLI::App *each) {
      return each->get_name() == first;
    };
    bool isOption = first.empty() || first.front() == '-';
    if (!isOption && app.get_subcommands(isFirst).empty())
      return fail(ExitCode::BadInput, "unknown command " + quote(first) +
                                          "; selfconnect --help lists them");
    const std::string unknown = unknownOption(app, words);
    return fail(ExitCode::BadInput, unknown.empty() ? error.what() : unknown);
  }
  return chosen();
}

} // namespace

int main(int argc, char **argv) {
  holdStandardStreams();
  endChildrenOnInterrupt();
  setCommandLine(argc, argv);
  ExitCode code = ExitCode::Done;
  try {
    code = run(argc, argv);
  } catch (const InputError &error) {
    code = fail(ExitCode::BadInput, error.what());
  } catch (const EnvironmentError &error) {
    code = fail(ExitCode::Environment, error.what());
  } catch (const std::exception &error) {
    code = fail(ExitCode::Environment, error.what());
  }
  return static_cast<int>(code);
}
