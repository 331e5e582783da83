//===- trials.h - several runs of reproduce, and their sum ---- -*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_CLI_TRIALS_H
#define SELFCONNECT_CLI_TRIALS_H

#include "selfconnect/reproduce.h"
#include "statistics.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace selfconnect::cli {

struct Trials {
  /// The result that stands for all: the first that self-connected with a
  /// proof, else the first.
  ReproduceResult exemplary;
  std::vector<Trial> all; ///< the exemplary one, too
};

/// Runs `count` trials, `jobs` of them at a time. The first that self-connects
/// is proved in full; of the others it is only made sure. Each begins at a
/// random place of the kernel's walk.
Trials runTrials(ReproduceOptions options, std::uint64_t count,
                 std::uint64_t jobs, const ReproduceCallbacks &callbacks);

/// What the trials should show, or nothing where the model does not say: the
/// loop ran where others walk too, or was ended by a limit.
std::optional<TriesModel> trialsModel(const Trials &trials);

/// The JSON of the exemplary result with `trials` and `summary` added.
nlohmann::ordered_json trialsToJson(const Trials &trials);

/// The text of that result and a few lines about all.
std::string trialsToText(const Trials &trials);

} // namespace selfconnect::cli

#endif // SELFCONNECT_CLI_TRIALS_H
