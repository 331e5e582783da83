//===- report_session.cpp - from findings to reports ----------------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "selfconnect/report_session.h"

#include "baseline.h"
#include "identity.h"
#include "source_root.h"

#include <fmt/format.h>

#include <optional>
#include <utility>

namespace selfconnect {
namespace {

/// How many entries of a baseline that match nothing are listed.
constexpr std::size_t mostListed = 20;

/// Leaves out what differs from one run to the next.
void stabilise(Verdict &verdict) {
  if (verdict.kind == VerdictKind::Confirmed)
    verdict.reason = "the loop connected to itself";
  verdict.tries = 0;
  verdict.seconds = 0;
  if (verdict.evidence)
    verdict.evidence->procNetTcp.clear(); // has an inode
}

} // namespace

struct ReportSession::Parts {
  Parts(const ReportOptions &given, RunInfo told, OpenReport how)
      : options(given), info(std::move(told)), openFile(std::move(how)),
        root(given.sourceRoot) {}

  /// A new file, to be finished at the end.
  Write open(const std::string &path) {
    return files.emplace_back(openFile(path)).write;
  }

  /// A line for each entry of the baseline that matches nothing any more.
  [[nodiscard]] std::vector<std::string> describeGone() const;

  ReportOptions options;
  RunInfo info;
  OpenReport openFile;
  SourceRoot root;
  std::vector<ReportFile> files;
  Reports reports;
  std::optional<Baseline> known;
  std::map<std::string, unsigned> skipped;
  Summary summary;
};

std::vector<std::string> ReportSession::Parts::describeGone() const {
  std::vector<std::string> lines;
  std::size_t left = 0;
  for (const Identity &entry :
       known ? known->unmatched() : std::vector<Identity>()) {
    if (options.covers && !options.covers(entry.file))
      continue;
    if (lines.size() < mostListed)
      lines.push_back(
          fmt::format("baseline: no longer matches anything: {}: {} [{}]",
                      entry.file, entry.code, entry.check));
    else
      ++left;
  }
  if (left)
    lines.push_back(
        fmt::format("baseline: {} more no longer match anything", left));
  return lines;
}

ReportSession::ReportSession(const ReportOptions &options, RunInfo info,
                             const std::string &output, const OpenReport &open,
                             bool colour)
    : parts_(std::make_unique<Parts>(options, std::move(info), open)) {
  Parts &p = *parts_;
  const std::string &root = options.sourceRoot;
  if (!options.baseline.empty())
    p.known.emplace(options.baseline);
  const Write write = p.open(output);
  p.reports.add(options.json     ? jsonReporter(write)
                : options.github ? githubReporter(write, root)
                                 : textReporter(write, colour));
  if (!options.sarif.empty())
    p.reports.add(
        sarifReporter(p.open(options.sarif),
                      {root, options.sarifRefuted, !options.baseline.empty()}));
  if (!options.junit.empty())
    p.reports.add(junitReporter(p.open(options.junit), root));
  if (!options.gitlab.empty())
    p.reports.add(gitlabReporter(p.open(options.gitlab), root));
  if (!options.html.empty())
    p.reports.add(htmlReporter(p.open(options.html), root));
}

ReportSession::~ReportSession() = default;

std::vector<std::string> ReportSession::begin(Findings &read) {
  Parts &p = *parts_;
  Identities identities(p.root);
  for (const auto &[now, before] : p.options.renamed)
    identities.renamed(p.root.path(before), p.root.path(now));
  BaselineWriter current;
  std::erase_if(read.findings, [&](Finding &finding) {
    const Identity identity = identities.identify(finding);
    if (finding.suppressed)
      return false;
    current.add(identity);
    if (!p.known || !p.known->takes(finding.identity))
      return false;
    ++read.skipped["known"];
    return true;
  });
  if (!p.options.writeBaseline.empty())
    current.write(p.open(p.options.writeBaseline));
  p.skipped = read.skipped;
  p.reports.begin(p.info);
  return p.describeGone();
}

void ReportSession::finding(JudgedFinding judged) {
  if (parts_->options.stable)
    for (Verdict &verdict : judged.verdicts)
      stabilise(verdict);
  parts_->reports.finding(judged);
}

const Summary &ReportSession::end() {
  Parts &p = *parts_;
  p.summary = p.reports.end(p.skipped);
  // One that cannot be written leaves all that were there.
  for (const ReportFile &file : p.files)
    if (file.flush)
      file.flush();
  for (const ReportFile &file : p.files)
    file.finish();
  return p.summary;
}

bool ReportSession::fails() const {
  const Summary &summary = parts_->summary;
  switch (parts_->options.failOn) {
  case FailOn::WhenExhausted:
    if (summary.count(VerdictKind::ConfirmedWhenExhausted))
      return true;
    [[fallthrough]];
  case FailOn::Confirmed:
    return summary.count(VerdictKind::Confirmed) > 0;
  case FailOn::Found:
    return summary.findings > summary.suppressed;
  case FailOn::Never:
    break;
  }
  return false;
}

} // namespace selfconnect
