//===- wording.h - numbers in words -----------------------------*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_CLI_WORDING_H
#define SELFCONNECT_CLI_WORDING_H

#include <string>

namespace selfconnect::cli {

/// 0.000708 is "0.0708 %".
std::string percent(double probability);

/// 14116 is "3.9 h".
std::string duration(double seconds);

} // namespace selfconnect::cli

#endif // SELFCONNECT_CLI_WORDING_H
