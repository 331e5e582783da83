//===- completion.h - what a shell completes --------------------*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_CLI_COMPLETION_H
#define SELFCONNECT_CLI_COMPLETION_H

#include <CLI/CLI.hpp>

#include <string>

namespace selfconnect::cli {

/// The completion script for "bash", "zsh" or "fish", of the commands and
/// options that `app` has.
std::string completionScript(const CLI::App &app, const std::string &shell);

} // namespace selfconnect::cli

#endif // SELFCONNECT_CLI_COMPLETION_H
