//===- github_report.cpp - annotations of GitHub Actions ------------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

//
// Lines that the runner takes as commands. It shows ten of a kind per step: the
// ten worst are printed, the rest is counted in one line more.
//
//===----------------------------------------------------------------------===//

#include "clean_text.h"
#include "source_root.h"
#include "standing.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <string_view>
#include <utility>
#include <vector>

namespace selfconnect {
namespace {

constexpr unsigned mostOfAKind = 10;

/// What ends a command or a property of it is escaped as the runner undoes it.
std::string escaped(std::string_view text, std::string_view special) {
  std::string result;
  for (const char c : text)
    if (special.find(c) != std::string_view::npos)
      result += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    else
      result += c;
  return result;
}
std::string escapedProperty(std::string_view text) {
  return escaped(cleanText(text), "%:,");
}
std::string escapedData(std::string_view text) {
  return escaped(text, "%\r\n");
}

class GithubReporter final : public Reporter {
public:
  GithubReporter(Write write, const std::string &sourceRoot)
      : write_(std::move(write)), root_(sourceRoot) {}

  void begin(const RunInfo & /*info*/) override {}

  void finding(const JudgedFinding &judged) override {
    const Standing standing = standingOf(judged);
    if (!isFault(standing))
      return;
    Kind &kind = kinds_.at(standing == Standing::Confirmed ? 0 : 1);
    ++kind.count;
    std::vector<std::string> &lines = kind.worstFirst[standing];
    if (lines.size() == mostOfAKind)
      return;
    const Finding &finding = judged.finding;
    std::string place =
        "file=" + escapedProperty(root_.path(finding.place.file));
    if (finding.place.line)
      place += fmt::format(",line={},col={}", finding.place.line,
                           finding.place.column);
    std::string words = cleanText(finding.message);
    if (const std::string source = sourceSentence(finding.source);
        !source.empty())
      words += "\n" + source;
    for (const std::string &sentence : verdictSentences(judged.verdicts))
      words += "\n" + sentence;
    words += "\n" + cleanText(finding.reproduce.str());
    lines.push_back(fmt::format("::{} {},title={}::{}\n", kind.name, place,
                                escapedProperty(finding.check),
                                escapedData(words)));
  }

  void end(const Summary &summary) override {
    std::string rest;
    for (const Kind &kind : kinds_) {
      unsigned left = mostOfAKind;
      for (const auto &[standing, lines] : kind.worstFirst)
        for (const std::string &line : lines)
          if (left > 0) {
            --left;
            write_(line);
          }
      if (const std::size_t more =
              kind.count - std::min<std::size_t>(kind.count, mostOfAKind))
        rest += fmt::format("{}{} more {}{}", rest.empty() ? "" : " and ", more,
                            kind.name, more == 1 ? "" : "s");
    }
    if (!rest.empty())
      write_(fmt::format("::notice title=selfconnect::{} of {} findings are "
                         "not annotated\n",
                         rest, summary.findings));
  }

private:
  struct Kind {
    const char *name;
    std::size_t count = 0;
    std::map<Standing, std::vector<std::string>> worstFirst = {};
  };
  Write write_;
  SourceRoot root_;
  std::array<Kind, 2> kinds_{{{"error"}, {"warning"}}};
};

} // namespace

std::unique_ptr<Reporter> githubReporter(Write write,
                                         const std::string &sourceRoot) {
  return std::make_unique<GithubReporter>(std::move(write), sourceRoot);
}

} // namespace selfconnect
