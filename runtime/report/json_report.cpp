//===- json_report.cpp - confirm --json -----------------------------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "finding_json.h"

#include <utility>

namespace selfconnect {

using Json = nlohmann::ordered_json;

namespace {

class JsonReporter final : public Reporter {
public:
  explicit JsonReporter(Write write) : write_(std::move(write)) {}

  void begin(const RunInfo &info) override {
    files_ = info.files;
    Json ranges = Json::array();
    for (const JudgedRange &range : info.ranges)
      ranges.push_back(toJson(range));
    write_("{\n  \"schema\": 1,\n  \"ranges\": " + dumped(ranges, 1) +
           ",\n  \"findings\": [");
  }

  void finding(const JudgedFinding &judged) override {
    write_((isFirst_ ? "\n    " : ",\n    ") +
           dumped(toJson(judged, paths_), 2));
    isFirst_ = false;
  }

  void end(const Summary &summary) override {
    Json skipped = Json::object();
    for (const auto &[reason, count] : summary.skipped)
      skipped[reason] = count;
    Json counts = Json::object();
    for (const VerdictKind kind : allVerdictKinds)
      counts[verdictName(kind)] = summary.count(kind);
    if (summary.suppressed)
      counts["suppressed"] = summary.suppressed;
    write_((isFirst_ ? "],\n  \"skipped\": " : "\n  ],\n  \"skipped\": ") +
           dumped(skipped, 1) + ",\n  \"summary\": " + dumped(counts, 1) +
           (files_.is_null() ? "" : ",\n  \"files\": " + dumped(files_, 1)) +
           "\n}\n");
  }

private:
  Write write_;
  DisplayPaths paths_;
  Json files_;
  bool isFirst_ = true;
};

} // namespace

std::unique_ptr<Reporter> jsonReporter(Write write) {
  return std::make_unique<JsonReporter>(std::move(write));
}

} // namespace selfconnect
