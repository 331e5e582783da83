//===- gitlab_report.cpp - GitLab's code quality report -------------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "clean_text.h"
#include "finding_json.h"
#include "identity.h"
#include "source_root.h"
#include "standing.h"

#include <utility>

namespace selfconnect {

using Json = nlohmann::ordered_json;

namespace {

const char *severityOf(Standing standing) {
  switch (standing) {
  case Standing::Confirmed:
    return "critical";
  case Standing::WhenExhausted:
    return "major";
  case Standing::Found:
  case Standing::Unknown:
  case Standing::NotRun:
    return "minor";
  case Standing::Suppressed:
  case Standing::Refuted:
    break;
  }
  return "info";
}

/// An array of findings; what is refuted or suppressed is none.
class GitlabReporter final : public Reporter {
public:
  GitlabReporter(Write write, const std::string &sourceRoot)
      : write_(std::move(write)), root_(sourceRoot) {}

  void begin(const RunInfo & /*info*/) override { write_("["); }

  void finding(const JudgedFinding &judged) override {
    const Standing standing = standingOf(judged);
    if (!isFault(standing))
      return;
    const Finding &finding = judged.finding;
    std::string description = cleanText(finding.message);
    if (const std::string source = sourceSentence(finding.source);
        !source.empty())
      description += "; " + source;
    for (const std::string &sentence : verdictSentences(judged.verdicts))
      description += "; " + sentence;
    const Json entry{
        {"description", std::move(description)},
        {"check_name", cleanText(finding.check)},
        {"fingerprint", hexadecimal(finding.identity)},
        {"severity", severityOf(standing)},
        {"location",
         {{"path", cleanText(root_.path(finding.place.file))},
          {"lines",
           {{"begin", finding.place.line ? finding.place.line : 1}}}}}};
    write_((std::exchange(isFirst_, false) ? "\n  " : ",\n  ") +
           dumped(entry, 1));
  }

  void end(const Summary & /*summary*/) override {
    write_(isFirst_ ? "]\n" : "\n]\n");
  }

private:
  Write write_;
  SourceRoot root_;
  bool isFirst_ = true;
};

} // namespace

std::unique_ptr<Reporter> gitlabReporter(Write write,
                                         const std::string &sourceRoot) {
  return std::make_unique<GitlabReporter>(std::move(write), sourceRoot);
}

} // namespace selfconnect
