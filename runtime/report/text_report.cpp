//===- text_report.cpp - the report for people ----------------------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
//   client.c:12:5: warning: retried connect() ... [selfconnect-retry-loop]
//     source changed since clang-tidy ran: ...
//     confirmed: 127.0.0.1:33334 on 32768-60999: the loop connected ...
//       evidence: 127.0.0.1:33334 -> 127.0.0.1:33334 ESTABLISHED, ...
//
//===----------------------------------------------------------------------===//

#include "selfconnect/quote.h"
#include "selfconnect/report.h"

#include <fmt/format.h>

#include <iterator>
#include <utility>

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

/// Text from outside on one line, without what could disturb a terminal, and no
/// command to a runner of CI.
std::string placeText(const Place &place) {
  std::string file = printable(displayPath(place.file));
  if (isCommandOfCi(file))
    file.insert(0, "./");
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
  const std::string ports = verdict.range.range.str();
  const std::string &name = verdict.range.name;
  fmt::format_to(
      std::back_inserter(text), "  {}: {}{} on {}: {}{}\n",
      paint(verdictName(verdict.kind), colourOf(verdict.kind), colour),
      target.str(), verdict.assumed ? " (assumed)" : "",
      name.empty() ? ports : fmt::format("{} ({})", printable(name), ports),
      printable(verdict.reason),
      verdict.method ? fmt::format(" ({} method)", methodName(*verdict.method))
                     : "");
  if (verdict.evidence)
    fmt::format_to(std::back_inserter(text), "    evidence: {}\n",
                   evidenceText(*verdict.evidence));
}

/// With several ranges there are more verdicts than findings.
std::string summaryText(const Summary &summary, std::size_t ranges) {
  const std::size_t count = summary.findings;
  std::string text = fmt::format("{} finding{}", count, count == 1 ? "" : "s");
  if (ranges > 1)
    text += fmt::format(" on {} ranges", ranges);
  const char *separator = ": ";
  for (const VerdictKind kind : allVerdictKinds)
    if (const std::size_t number = summary.count(kind)) {
      text += fmt::format("{}{} {}", separator, number, verdictName(kind));
      separator = ", ";
    }
  if (summary.suppressed)
    text += fmt::format("{}{} suppressed", separator, summary.suppressed);
  separator = "; skipped: ";
  for (const auto &[reason, number] : summary.skipped) {
    text += fmt::format("{}{} {}", separator, number, reason);
    separator = ", ";
  }
  return text + "\n";
}

class TextReporter final : public Reporter {
public:
  TextReporter(Write write, bool colour)
      : write_(std::move(write)), colour_(colour) {}

  void begin(const RunInfo &info) override { ranges_ = info.ranges.size(); }

  void finding(const JudgedFinding &judged) override {
    const Finding &finding = judged.finding;
    if (finding.suppressed) // counted, and no warning any more
      return;
    std::string text =
        fmt::format("{}: {} {} [{}]\n", placeText(finding.place),
                    paint("warning:", "35", colour_),
                    printable(finding.message), printable(finding.check));
    if (const std::string source = sourceSentence(finding.source);
        !source.empty())
      text += "  " + source + "\n";
    for (const Verdict &verdict : judged.verdicts)
      addVerdict(text, judged, verdict, colour_);
    write_(text);
  }

  void end(const Summary &summary) override {
    write_(summaryText(summary, ranges_));
  }

private:
  Write write_;
  bool colour_;
  std::size_t ranges_ = 1;
};

} // namespace

std::unique_ptr<Reporter> textReporter(Write write, bool colour) {
  return std::make_unique<TextReporter>(std::move(write), colour);
}

} // namespace selfconnect
