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
nlohmann::ordered_json reportOf(const RunReport &report) {
  ExecOptions options;
  options.port = 33334;
  return reportRun(options, Observer(options.port), report);
}

TEST(RunReport, WhatOnlyTheKernelSawLeavesItUndecided) {
  RunReport report;
  report.status = 0;
  report.counters = Counters{5, 2, 1, 0};
  auto json = reportOf(report);
  EXPECT_EQ(json["unseen"], 2);
  EXPECT_EQ(json["outcome"], "undecided");
  EXPECT_NE(execToText(json).find("may have met itself unseen"),
            std::string::npos);
}

TEST(RunReport, FailuresAndServersOfItsOwnAreNoConnectionsToItself) {
  RunReport report;
  report.status = 0;
  report.counters = Counters{5, 3, 2, 0};
  auto json = reportOf(report);
  EXPECT_EQ(json["unseen"], 0);
  EXPECT_EQ(json["outcome"], "no-attempt");
}

TEST(RunReport, WhoHasNotTriedByTheTimeLimitMayYetTry) {
  RunReport report;
  report.timedOut = true;
  report.counters = Counters{};
  EXPECT_EQ(reportOf(report)["outcome"], "undecided");
}

} // namespace
