//===- step.h - say which step the system refused ---------------*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_SANDBOX_STEP_H
#define SELFCONNECT_SANDBOX_STEP_H

#include <string>

namespace selfconnect::detail {

/// "<step>: <object>: <strerror(errorNumber)>", and "; <mend>" unless that is
/// empty. Where a limit of the process is to blame, the mend is to raise it.
std::string describeFailure(const std::string &step, const std::string &object,
                            int errorNumber, const std::string &mend);

/// Throws EnvironmentError with that text.
/// Whether it is a limit of the process that was reached: that is to be raised
/// then, whatever else the step suggests.
bool isLimit(int errorNumber);

[[noreturn]] void failStep(const std::string &step, const std::string &object,
                           int errorNumber, const std::string &mend = "");

} // namespace selfconnect::detail

#endif // SELFCONNECT_SANDBOX_STEP_H
