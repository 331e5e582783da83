//===- finding_json.h - findings and verdicts as JSON -----------*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_REPORT_FINDING_JSON_H
#define SELFCONNECT_REPORT_FINDING_JSON_H

#include "selfconnect/display_paths.h"
#include "selfconnect/report.h"

#include <nlohmann/json.hpp>

#include <string>

namespace selfconnect {

/// As in `confirm --json`.
nlohmann::ordered_json toJson(const JudgedFinding &judged,
                              const DisplayPaths &paths);
nlohmann::ordered_json toJson(const Verdict &verdict);
nlohmann::ordered_json toJson(const JudgedRange &range);

/// What dump() makes of a value that stands `depth` levels deep in a document
/// of `indent` blanks per level; 0: all on one line. Valid whatever the texts
/// held.
std::string dumped(const nlohmann::ordered_json &value, unsigned depth = 0,
                   unsigned indent = 2);

} // namespace selfconnect

#endif // SELFCONNECT_REPORT_FINDING_JSON_H
