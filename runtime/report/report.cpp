//===- report.cpp - what all reports share --------------------------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "selfconnect/report.h"

#include <utility>

namespace selfconnect {

std::size_t Summary::count(VerdictKind kind) const {
  const auto found = verdicts.find(kind);
  return found == verdicts.end() ? 0 : found->second;
}

void Reports::add(std::unique_ptr<Reporter> reporter) {
  reporters_.push_back(std::move(reporter));
}

void Reports::begin(const RunInfo &info) {
  for (const auto &reporter : reporters_)
    reporter->begin(info);
}

void Reports::finding(const JudgedFinding &judged) {
  ++summary_.findings;
  if (judged.finding.suppressed)
    ++summary_.suppressed;
  else
    for (const Verdict &verdict : judged.verdicts)
      ++summary_.verdicts[verdict.kind];
  for (const auto &reporter : reporters_)
    reporter->finding(judged);
}

const Summary &Reports::end(std::map<std::string, unsigned> skipped) {
  summary_.skipped = std::move(skipped);
  for (const auto &reporter : reporters_)
    reporter->end(summary_);
  return summary_;
}

} // namespace selfconnect
