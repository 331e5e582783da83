//===- common_options.h - options that commands share -----------*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// One place for the options that several commands have: their names, help and
/// checks are the same wherever they appear.
///
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_CLI_COMMON_OPTIONS_H
#define SELFCONNECT_CLI_COMMON_OPTIONS_H

#include "selfconnect/port_range.h"
#include "selfconnect/reproduce.h"
#include "selfconnect/reserved_ports.h"

#include <CLI/CLI.hpp>

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

namespace selfconnect::cli {

/// A port range and what the user wrote.
struct NamedRange {
  PortRange range;
  std::string source; ///< "host", "linux", "32769-60999"
  std::string name;   ///< "laptop" of "laptop=host"; empty without one
};

/// --range values: "host", a preset's name or LOW-HIGH, and NAME= before it.
/// Throws InputError, or EnvironmentError if the host's range cannot be read.
NamedRange resolveRange(const std::string &text);

/// Each of them; no two have the same name.
std::vector<NamedRange> resolveRanges(const std::vector<std::string> &texts);

/// --reserved value: "host" or a list. "" stands for the default: the host's
/// reserved ports for the host's range, none for any other. Another system's
/// range has none, whatever is given: they are a setting of Linux.
ReservedPorts resolveReserved(const std::string &text, const NamedRange &range);

/// HOST:PORT with both known. Throws InputError.
Target resolveTarget(const std::string &text);

/// --range RANGE
CLI::Option *addRangeOption(CLI::App &app, std::string &text);
/// --range RANGE, any number of them
CLI::Option *addRangesOption(CLI::App &app, std::vector<std::string> &texts);
/// --reserved LIST
CLI::Option *addReservedOption(CLI::App &app, std::string &text);

/// How a command prints its result: --json, --output, --quiet.
struct ResultOptions {
  bool json = false;
  std::string output; ///< what Output takes
};

/// --output, as Output takes it.
CLI::Option *addOutputOption(CLI::App &app, std::string &file);

/// Returns the option --json.
CLI::Option *addResultOptions(CLI::App &app, ResultOptions &options);

/// HOST:PORT
CLI::Option *addTargetArgument(CLI::App &app, std::string &text);

/// --kernel-class value: "host", which is calibrated, or a class by name. Where
/// the host's class cannot be told, E.
KernelClass resolveKernelClass(const std::string &text);
/// --kernel-class CLASS
CLI::Option *addKernelClassOption(CLI::App &app, std::string &text);

/// The options of the attempt loop: --socket, --method, --isolation,
/// --max-tries, --timeout, --reuseaddr, --bind-any-port.
struct LoopOptions {
  std::string socket = "new";
  std::string method = "natural";
  std::string isolation = "netns";
  std::uint64_t maxTries = 0;     ///< 0: by the model
  std::uint64_t triesPerCall = 0; ///< 0: the loop has no bound
  double timeoutSeconds = 60;
  bool reuseaddr = false;
  bool bindAnyPort = false;

  /// Copies them into `options`.
  void applyTo(ReproduceOptions &options) const;
};

/// Each of them can be left out where a command has no use for it.
CLI::Option *addSocketOption(CLI::App &app, LoopOptions &options);
CLI::Option *addMethodOption(CLI::App &app, LoopOptions &options);
CLI::Option *addIsolationOption(CLI::App &app, LoopOptions &options);
/// --tries: the bound of the loop.
CLI::Option *addTriesPerCallOption(CLI::App &app, LoopOptions &options);
CLI::Option *addMaxTriesOption(CLI::App &app, LoopOptions &options);
CLI::Option *addTimeoutOption(CLI::App &app, LoopOptions &options);

/// What a client does to its socket: --reuseaddr, --bind-any-port.
void addClientOptions(CLI::App &app, bool &reuseaddr, bool &bindAnyPort);

constexpr auto anyCount = std::numeric_limits<std::uint64_t>::max();

/// A whole number from 1 to `most`.
CLI::Option *addCountOption(CLI::App &app, const std::string &name,
                            std::uint64_t &count, const std::string &help,
                            std::uint64_t most = anyCount);

/// "100ms", "5s", "2m", "1h" or a bare number of seconds, more than 0.
CLI::Option *addSecondsOption(CLI::App &app, const std::string &name,
                              double &seconds, const std::string &help);

} // namespace selfconnect::cli

#endif // SELFCONNECT_CLI_COMMON_OPTIONS_H
