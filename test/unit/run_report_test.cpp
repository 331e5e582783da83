//===- run_report_test.cpp - what a run comes to --------------------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "run_report.h"

#include <gtest/gtest.h>

using namespace selfconnect;
using namespace selfconnect::detail;

namespace {

/// Of a run in which no call and no look at the sockets has shown anything.
ExecResult reportOf(const RunReport &report) {
  ExecOptions options;
  options.port = 33334;
  return reportRun(options, Observer(options.port), report);
}

TEST(RunReport, WhatOnlyTheKernelSawLeavesItUndecided) {
  RunReport report;
  report.status = 0;
  report.counters = Counters{5, 2, 1, 0};
  const ExecResult result = reportOf(report);
  EXPECT_EQ(result.unseen, 2U);
  EXPECT_EQ(result.outcome, RunOutcome::Undecided);
  EXPECT_NE(toText(result).find("may have met itself unseen"),
            std::string::npos);
}

TEST(RunReport, FailuresAndServersOfItsOwnAreNoConnectionsToItself) {
  RunReport report;
  report.status = 0;
  report.counters = Counters{5, 3, 2, 0};
  const ExecResult result = reportOf(report);
  EXPECT_EQ(result.unseen, 0U);
  EXPECT_EQ(result.outcome, RunOutcome::NoAttempt);
}

TEST(RunReport, WhoHasNotTriedByTheTimeLimitMayYetTry) {
  RunReport report;
  report.timedOut = true;
  report.counters = Counters{};
  EXPECT_EQ(reportOf(report).outcome, RunOutcome::Undecided);
}

TEST(RunReport, IsTheSameBehindTheChannel) {
  ExecResult result;
  result.port = 33334;
  result.program = {"./client"};
  result.outcome = RunOutcome::Believed;
  result.reasons = {"so"};
  result.unseen = 3;
  result.verdicts = {{Belief::Believed, 1}};
  result.serverBinds = {{"ok", 2}};
  ExecProcess &process = result.processes.emplace_back();
  process.pid = 2;
  process.threads = {{2, "client", 5}};
  process.obstacles = {{"bound", 1}};
  process.outcome = RunOutcome::NotSelfConnected;
  ExecSocket &socket = process.sockets.emplace_back();
  socket.wrote = "hello";
  socket.verdict = Belief::Noticed;
  result.server = ExecServer{1.5, "EADDRINUSE", 1};
  result.end.signal = 9;
  result.interruptedBy = 2;
  for (const ExecResult &each : {result, ExecResult()}) {
    const ExecResult again = execResultFrom(toJson(each));
    EXPECT_EQ(toJson(again), toJson(each));
    EXPECT_EQ(toText(again), toText(each));
  }
}

} // namespace
