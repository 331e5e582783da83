//===- wording_test.cpp - numbers in words -------------------------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "wording.h"

#include <gtest/gtest.h>

namespace selfconnect::cli {
namespace {

TEST(Wording, DurationsHaveTheUnitThatAPersonWouldTake) {
  EXPECT_EQ(duration(0.1), "0.1 s");
  EXPECT_EQ(duration(1), "1 s");
  EXPECT_EQ(duration(100), "100 s");
  EXPECT_EQ(duration(110 * 60), "110 min");
  EXPECT_EQ(duration(14116), "3.9 h");
  EXPECT_EQ(duration(14116 * 5), "20 h");
  EXPECT_EQ(duration(400.0 * 86400), "400 days");
  EXPECT_EQ(duration(9.78e3 * 6 * 86400), "161 years");
  EXPECT_EQ(duration(1e15), "more than 1000 years");
}

TEST(Wording, PercentagesHaveNoExponent) {
  EXPECT_EQ(percent(0.000708), "0.0708 %");
  EXPECT_EQ(percent(0.225), "22.5 %");
  EXPECT_EQ(percent(1e-5), "0.001 %");
  EXPECT_EQ(percent(1e-9), "less than 0.001 %");
  EXPECT_EQ(percent(0), "0 %");
  EXPECT_EQ(percent(1), "more than 99.9 %");
}

} // namespace
} // namespace selfconnect::cli
