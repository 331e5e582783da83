//===- report_test.cpp - verdicts for people and for machines -------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "selfconnect/report.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <filesystem>

namespace selfconnect {
namespace {

using Json = nlohmann::ordered_json;

/// All that is reported on in one run.
struct Report {
  std::vector<JudgedRange> ranges;
  std::vector<JudgedFinding> findings;
  std::map<std::string, unsigned> skipped;
};

/// What a reporter makes of it.
template <typename Make> std::string written(const Report &report, Make make) {
  std::string text;
  Reports reports;
  reports.add(make([&](std::string_view part) { text += part; }));
  RunInfo info;
  info.ranges = report.ranges;
  reports.begin(info);
  for (const JudgedFinding &judged : report.findings)
    reports.finding(judged);
  reports.end(report.skipped);
  return text;
}

std::string jsonReport(const Report &report) {
  return written(report, [](Write write) { return jsonReporter(write); });
}

std::string textReport(const Report &report, bool colour) {
  return written(report,
                 [colour](Write write) { return textReporter(write, colour); });
}

/// Two findings on one range: a confirmed one and one without a line.
Report sample() {
  Report report;
  report.ranges = {{{32768, 60999}, "linux", {}}};
  report.skipped = {{"other-check", 4}};

  JudgedFinding confirmed;
  confirmed.finding.check = "selfconnect-retry-loop";
  confirmed.finding.place = {"/src/a.c", 12, 5};
  confirmed.finding.message = "retried";
  FindingNote &note = confirmed.finding.notes.emplace_back();
  note.place = {"/src/a.c", 11, 1};
  note.message = "the loop is here";
  confirmed.finding.reproduce = {{"127.0.0.1", 33334}, SocketMode::New};
  Verdict verdict;
  verdict.range = report.ranges[0];
  verdict.kind = VerdictKind::Confirmed;
  verdict.reason = "at last";
  verdict.method = Method::Natural;
  verdict.tries = 3156;
  verdict.triesPerCall = 5;
  Evidence &evidence = verdict.evidence.emplace();
  evidence.local = evidence.peer = "127.0.0.1:33334";
  evidence.tcpState = "ESTABLISHED";
  evidence.serverBind = "EADDRINUSE";
  evidence.serverBindAfterReset = "ok";
  confirmed.verdicts = {verdict};

  JudgedFinding unknown;
  unknown.finding.check = "selfconnect-retry-loop";
  unknown.finding.place = {"/src/gone.c", 0, 0};
  unknown.finding.source = SourceState::Missing;
  unknown.finding.message = "retried";
  unknown.finding.reproduce = {{"127.0.0.1", std::nullopt}, SocketMode::Same};
  verdict = Verdict();
  verdict.range = report.ranges[0];
  verdict.kind = VerdictKind::Unknown;
  verdict.reason = "no port";
  unknown.verdicts = {verdict};

  report.findings = {confirmed, unknown};
  return report;
}

TEST(JsonReport, HasTheFieldsOfTheContract) {
  const Json json = Json::parse(jsonReport(sample()));
  const Json expected = Json::parse(R"({
    "schema": 1,
    "ranges": [{"low": 32768, "high": 60999, "source": "linux",
                "environment": "linux", "reserved": []}],
    "findings": [
      {"check": "selfconnect-retry-loop", "file": "/src/a.c", "line": 12,
       "column": 5, "source": "as-read", "message": "retried",
       "notes": [{"file": "/src/a.c", "line": 11, "column": 1,
                  "message": "the loop is here"}],
       "target": "127.0.0.1:33334", "socket": "new", "suppressed": false,
       "verdicts": [
         {"environment": "linux",
          "range": "32768-60999", "verdict": "confirmed", "reason": "at last",
          "assumed": null, "method": "natural", "tries": 3156, "calls": 632, "try_of_call": 1,
          "seconds": 0.0,
          "evidence": {"local": "127.0.0.1:33334", "peer": "127.0.0.1:33334",
                       "tcp_state": "ESTABLISHED", "proc_net_tcp": null,
                       "echo": false, "server_bind": "EADDRINUSE",
                       "server_bind_after_close": null,
                       "server_bind_after_reset": "ok",
                       "server_bind_reuseaddr": null,
                       "server_bind_after_close_reuseaddr": null,
                       "server_bind_after_reset_reuseaddr": null}}]},
      {"check": "selfconnect-retry-loop", "file": "/src/gone.c", "line": null,
       "column": null, "source": "missing", "message": "retried", "notes": [],
       "target": "127.0.0.1:PORT", "socket": "same", "suppressed": false,
       "verdicts": [
         {"environment": "linux",
          "range": "32768-60999", "verdict": "unknown", "reason": "no port",
          "assumed": null, "method": null, "tries": null, "calls": null,
          "try_of_call": null, "seconds": null,
          "evidence": null}]}],
    "skipped": {"other-check": 4},
    "summary": {"confirmed": 1, "confirmed-when-exhausted": 0, "refuted": 0,
                "unknown": 1, "not-run": 0}})");
  EXPECT_EQ(json, expected);
}

TEST(JsonReport, IsValidWhateverTheInputHeld) {
  Report report = sample();
  report.findings[0].finding.message = "\xff\xfe\x01";
  report.findings[0].finding.place.file = "/\xc3.c";
  EXPECT_TRUE(Json::accept(jsonReport(report)));
}

// The layout is that of one document printed as a whole.
TEST(JsonReport, LooksLikeOneDocument) {
  const std::string text = jsonReport(sample());
  EXPECT_EQ(text, Json::parse(text).dump(2) + "\n");
  const std::string empty = jsonReport(Report());
  EXPECT_EQ(empty, Json::parse(empty).dump(2) + "\n");
}

TEST(Reports, WhatCannotBeWrittenIsAnError) {
  Reports reports;
  reports.add(textReporter(
      [](std::string_view) { throw EnvironmentError("full"); }, false));
  reports.begin({});
  EXPECT_THROW(reports.finding(sample().findings[0]), EnvironmentError);
  EXPECT_THROW(reports.end({}), EnvironmentError);
}

TEST(TextReport, FileNamesAreNoCommandsToARunner) {
  const std::string here = std::filesystem::current_path();
  Report report = sample();
  report.findings[0].finding.place.file = here + "/::error::x.c";
  EXPECT_TRUE(textReport(report, false).starts_with("./::error::x.c:12:5: "));
}

TEST(TextReport, FindingVerdictEvidenceSummary) {
  EXPECT_EQ(
      textReport(sample(), false),
      "/src/a.c:12:5: warning: retried [selfconnect-retry-loop]\n"
      "  confirmed: 127.0.0.1:33334 on 32768-60999: at last (natural method)\n"
      "    evidence: 127.0.0.1:33334 -> 127.0.0.1:33334 ESTABLISHED; a "
      "server's bind: EADDRINUSE, after close() not known, after a reset ok\n"
      "/src/gone.c: warning: retried [selfconnect-retry-loop]\n"
      "  unknown: 127.0.0.1:PORT on 32768-60999: no port\n"
      "2 findings: 1 confirmed, 1 unknown; skipped: 4 other-check\n");
}

TEST(TextReport, ColoursOnlyWhenAskedFor) {
  EXPECT_EQ(textReport(sample(), false).find('\x1b'), std::string::npos);
  EXPECT_NE(textReport(sample(), true).find("\x1b[1;31mconfirmed\x1b[0m"),
            std::string::npos);
}

TEST(TextReport, InputCannotSteerTheTerminal) {
  Report report = sample();
  report.findings[0].finding.message = "a\x1b[2Jb\nc";
  // And U+009B, as which some terminals take ESC and [.
  report.findings[0].finding.check =
      "selfconnect-\x1b[31mred\n\xc2\x9bm\xc3\xa9";
  const std::string text = textReport(report, false);
  EXPECT_NE(text.find("warning: a?[2Jb?c [selfconnect-?[31mred??m\xc3\xa9]"),
            std::string::npos)
      << text;
}

TEST(TextReport, AssumedTargetIsShown) {
  Report report = sample();
  report.findings[1].verdicts[0].assumed = Target{"127.0.0.1", 40000};
  EXPECT_NE(
      textReport(report, false).find("unknown: 127.0.0.1:40000 (assumed) on "),
      std::string::npos);
}

TEST(TextReport, NothingFound) {
  EXPECT_EQ(textReport(Report(), false), "0 findings\n");
}

} // namespace
} // namespace selfconnect
