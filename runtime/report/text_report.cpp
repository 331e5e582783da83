//===- text_report.cpp - the report for people ----------------------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
//   client.c:12:5: warning: retried connect() ... [selfconnect-retry-loop]
//     confirmed: 127.0.0.1:33334 on 32768-60999: the loop connected ...
//       evidence: 127.0.0.1:33334 -> 127.0.0.1:33334 ESTABLISHED, ...
//
//===----------------------------------------------------------------------===//

#include "selfconnect/quote.h"
#include "selfconnect/report.h"

#include <fmt/format.h>

#include <iterator>

namespace selfconnect {
namespace {

const char *colourOf(VerdictKind kind) {
  switch (kind) {
  case VerdictKind::Confirmed:
    return "31"; // red
  case VerdictKind::ConfirmedWhenExhausted:
    return "33"; // yellow
  case VerdictKind::Refuted:
    return "32"; // green
  case VerdictKind::Unknown:
  case VerdictKind::NotRun:
    return "36"; // cyan
  }
  return "0";
}

std::string paint(const std::string &text, const char *code, bool colour) {
  return colour ? fmt::format("\x1b[1;{}m{}\x1b[0m", code, text) : text;
}

/// Text from outside on one line, without what could disturb a terminal.
std::string placeText(const Place &place) {
  const std::string file = printable(displayPath(place.file));
  return place.line ? fmt::format("{}:{}:{}", file, place.line, place.column)
                    : file;
}

std::string evidenceText(const Evidence &evidence) {
  const auto orUnknown = [](const std::string &text) {
    return text.empty() ? "not known" : text;
  };
  return fmt::format(
      "{} -> {} {}; a server's bind: {}, after close() {}, after a reset {}",
      evidence.local, evidence.peer, evidence.tcpState,
      orUnknown(evidence.serverBind), orUnknown(evidence.serverBindAfterClose),
      orUnknown(evidence.serverBindAfterReset));
}

void addVerdict(std::string &text, const JudgedFinding &judged,
                const Verdict &verdict, bool colour) {
  const Target &target =
      verdict.assumed ? *verdict.assumed : judged.finding.reproduce.target;
  fmt::format_to(
      std::back_inserter(text), "  {}: {} on {}: {}{}\n",
      paint(verdictName(verdict.kind), colourOf(verdict.kind), colour),
      target.str(), verdict.range.range.str(), printable(verdict.reason),
      verdict.method ? fmt::format(" ({} method)", methodName(*verdict.method))
                     : "");
  if (verdict.evidence)
    fmt::format_to(std::back_inserter(text), "    evidence: {}\n",
                   evidenceText(*verdict.evidence));
}

std::string summaryText(const Report &report) {
  const std::size_t count = report.findings.size();
  std::string text = fmt::format("{} finding{}", count, count == 1 ? "" : "s");
  const char *separator = ": ";
  for (const VerdictKind kind : allVerdictKinds)
    if (const unsigned number = report.count(kind)) {
      text += fmt::format("{}{} {}", separator, number, verdictName(kind));
      separator = ", ";
    }
  separator = "; skipped: ";
  for (const auto &[reason, number] : report.skipped) {
    text += fmt::format("{}{} {}", separator, number, reason);
    separator = ", ";
  }
  return text + "\n";
}

} // namespace

std::string textReport(const Report &report, bool colour) {
  std::string text;
  for (const JudgedFinding &judged : report.findings) {
    const Finding &finding = judged.finding;
    text += fmt::format("{}: {} {} [{}]\n", placeText(finding.place),
                        paint("warning:", "35", colour),
                        printable(finding.message), printable(finding.check));
    for (const Verdict &verdict : judged.verdicts)
      addVerdict(text, judged, verdict, colour);
  }
  return text + summaryText(report);
}

} // namespace selfconnect
