//===- trials.h - several runs of reproduce, and their sum ------*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_CLI_TRIALS_H
#define SELFCONNECT_CLI_TRIALS_H

#include "selfconnect/reproduce.h"

#include <string>
#include <vector>

namespace selfconnect::cli {

/// The result that stands for all: the first that self-connected, else the
/// first.
const ReproduceResult &exemplary(const std::vector<ReproduceResult> &trials);

/// The JSON of that result with `trials` and `summary` added.
nlohmann::ordered_json trialsToJson(const std::vector<ReproduceResult> &trials);

/// The text of that result and one line about all.
std::string trialsToText(const std::vector<ReproduceResult> &trials);

} // namespace selfconnect::cli

#endif // SELFCONNECT_CLI_TRIALS_H
