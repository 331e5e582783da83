//===- exec.h - a program of the user, where no server is -------*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_EXEC_EXEC_H
#define SELFCONNECT_EXEC_EXEC_H

#include "exec_result.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace selfconnect {

struct ExecOptions {
  std::uint16_t port = 0;
  std::string file; ///< the program's file
  std::vector<std::string> arguments;
  std::chrono::duration<double> timeout{10};
  /// When to start a server on the port, if at all.
  std::optional<std::chrono::duration<double>> serveAfter;
  bool outputToStderr = false; ///< what the program writes to stdout
};

/// Runs the program in a network of its own, where nobody listens and where the
/// first port that connect() draws is `port`, and observes what it does with a
/// connection to itself. It ends with the program's last process, or at the
/// time limit. Throws EnvironmentError.
/// SIGINT, SIGTERM and SIGHUP end it early, which `interruptedBy` tells.
ExecResult exec(const ExecOptions &options);

} // namespace selfconnect

#endif // SELFCONNECT_EXEC_EXEC_H
