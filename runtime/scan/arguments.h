//===- arguments.h - a compiler's arguments, made fit for clang -*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef SELFCONNECT_SCAN_ARGUMENTS_H
#define SELFCONNECT_SCAN_ARGUMENTS_H

#include "compile_database.h"

#include <map>
#include <string>
#include <vector>

namespace selfconnect::scan {

/// Flags that were left out, by their spelling without a value.
using RemovedFlags = std::map<std::string, unsigned>;

/// The arguments of `command` as clang takes them: response files read,
/// compiler wrappers such as ccache gone, without what only GCC knows, without
/// precompiled headers and modules, and without -Werror, which would make an
/// error of a warning that GCC does not have. Throws InputError where a
/// response file cannot be read.
std::vector<std::string> clangArguments(const CompileCommand &command,
                                        RemovedFlags &removed);

/// A flag that clang said it cannot take, and how it said it:
///
///   error: unknown argument: '-fconserve-stack'
///
/// Empty if `message` says nothing of the kind.
std::string rejectedFlag(const std::string &message);

/// Takes `flag`, as rejectedFlag() has it, out of `arguments`. False if it is
/// not there.
bool removeFlag(std::vector<std::string> &arguments, const std::string &flag,
                RemovedFlags &removed);

} // namespace selfconnect::scan

#endif // SELFCONNECT_SCAN_ARGUMENTS_H
