//===- standing.cpp - how bad a finding is, over all environments ---------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "standing.h"

#include "clean_text.h"

#include <fmt/format.h>

#include <algorithm>

namespace selfconnect {
namespace {

Standing standingOf(VerdictKind kind) {
  switch (kind) {
  case VerdictKind::Confirmed:
    return Standing::Confirmed;
  case VerdictKind::ConfirmedWhenExhausted:
    return Standing::WhenExhausted;
  case VerdictKind::Refuted:
    return Standing::Refuted;
  case VerdictKind::Unknown:
    return Standing::Unknown;
  case VerdictKind::NotRun:
    return Standing::NotRun;
  }
  return Standing::Found;
}

} // namespace

Standing standingOf(const JudgedFinding &judged) {
  if (judged.finding.suppressed)
    return Standing::Suppressed;
  if (judged.verdicts.empty())
    return Standing::Found;
  Standing worst = Standing::Refuted;
  for (const Verdict &verdict : judged.verdicts)
    worst = std::min(worst, standingOf(verdict.kind));
  return worst;
}

const char *standingName(Standing standing) {
  switch (standing) {
  case Standing::Confirmed:
    return verdictName(VerdictKind::Confirmed);
  case Standing::WhenExhausted:
    return verdictName(VerdictKind::ConfirmedWhenExhausted);
  case Standing::Found:
    return "found";
  case Standing::Unknown:
    return verdictName(VerdictKind::Unknown);
  case Standing::NotRun:
    return verdictName(VerdictKind::NotRun);
  case Standing::Suppressed:
    return "suppressed";
  case Standing::Refuted:
    return verdictName(VerdictKind::Refuted);
  }
  return "";
}

bool isFault(Standing standing) {
  return standing != Standing::Suppressed && standing != Standing::Refuted;
}

std::string environmentName(const JudgedRange &range) {
  return range.name.empty() ? range.source : range.name;
}

std::string verdictSentence(const Verdict &verdict) {
  return verdictSentences({verdict}).front();
}

std::vector<std::string>
verdictSentences(const std::vector<Verdict> &verdicts) {
  std::vector<std::string> sentences;
  for (auto first = verdicts.begin(); first != verdicts.end(); ++first) {
    const auto agrees = [&](const Verdict &other) {
      return other.kind == first->kind && other.reason == first->reason &&
             other.assumed == first->assumed;
    };
    if (std::any_of(verdicts.begin(), first, agrees))
      continue; // said already
    std::string environments;
    for (const Verdict &verdict : verdicts) {
      if (!agrees(verdict))
        continue;
      const std::string ports = verdict.range.range.str();
      const std::string name = cleanText(environmentName(verdict.range));
      environments += environments.empty() ? "" : ", ";
      environments +=
          name == ports ? ports : fmt::format("{} ({})", name, ports);
    }
    const std::string assumption =
        first->assumed
            ? fmt::format(", assuming {}", cleanText(first->assumed->str()))
            : "";
    sentences.push_back(fmt::format("{} on {}{}: {}", verdictName(first->kind),
                                    environments, assumption,
                                    cleanText(first->reason)));
  }
  return sentences;
}

} // namespace selfconnect
