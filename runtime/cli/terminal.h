//===- terminal.h - what a terminal is to be shown --------------*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_CLI_TERMINAL_H
#define SELFCONNECT_CLI_TERMINAL_H

#include <CLI/CLI.hpp>

#include <string>

namespace selfconnect::cli {

/// --color. "auto" colours what goes to a terminal that can show it, unless
/// NO_COLOR is set and not empty.
enum class Colour { Auto, Always, Never };

CLI::Option *addColourOption(CLI::App &app, Colour &colour);

/// Whether the result is to be coloured. `output` is what Output takes.
bool wantsColour(Colour colour, const std::string &output);

/// --quiet: no progress and no warnings. Errors are told in any case.
CLI::Option *addQuietOption(CLI::App &app);
bool isQuiet();

/// Whether stderr is a terminal on which a line can be written over, and may
/// be.
bool showsProgress();
/// Writes over the line of progress; "" takes it away.
void showProgressLine(const std::string &line);

} // namespace selfconnect::cli

#endif // SELFCONNECT_CLI_TERMINAL_H
