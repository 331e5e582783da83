//===- terminal.cpp - what a terminal is to be shown ----------------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "terminal.h"

#include "output.h"

#include <cstdio>
#include <cstdlib>
#include <map>
#include <string_view>
#include <unistd.h>

namespace selfconnect::cli {
namespace {

bool quiet = false;

std::string_view variable(const char *name) {
  const char *value = std::getenv(name);
  return value ? value : "";
}

/// Whether it is a terminal that knows control sequences.
bool isCapable(int fd) {
  const std::string_view kind = variable("TERM");
  return ::isatty(fd) != 0 && !kind.empty() && kind != "dumb";
}

} // namespace

CLI::Option *addColourOption(CLI::App &app, Colour &colour) {
  static const std::map<std::string, Colour> names{{"auto", Colour::Auto},
                                                   {"always", Colour::Always},
                                                   {"never", Colour::Never}};
  return app
      .add_option_function<std::string>(
          "--color",
          [&colour](const std::string &name) { colour = names.at(name); },
          "colour the text: auto (on a terminal, unless NO_COLOR is set; the "
          "default), always, never")
      ->check(CLI::IsMember({"auto", "always", "never"}))
      ->type_name("WHEN");
}

bool wantsColour(Colour colour, const std::string &output) {
  if (colour != Colour::Auto)
    return colour == Colour::Always;
  return isStandardOutput(output) && variable("NO_COLOR").empty() &&
         isCapable(STDOUT_FILENO);
}

CLI::Option *addQuietOption(CLI::App &app) {
  return app.add_flag_callback(
      "-q,--quiet", [] { quiet = true; }, "no progress and no warnings");
}

bool isQuiet() { return quiet; }

bool showsProgress() { return !quiet && isCapable(STDERR_FILENO); }

void showProgressLine(const std::string &line) {
  std::fprintf(stderr, "\r%s\x1b[K", line.c_str());
}

} // namespace selfconnect::cli
