//===- prediction_test.cpp - the model against what was measured ----------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "selfconnect/prediction.h"

#include <gtest/gtest.h>

#include <cmath>

namespace selfconnect {
namespace {

PortRange range(unsigned low, unsigned high) {
  return {static_cast<std::uint16_t>(low), static_cast<std::uint16_t>(high)};
}

Prediction predictIn(unsigned port, PortRange in, const char *reserved = "") {
  std::string error;
  return predict(port, in, parseReservedPorts(reserved, error).value());
}

/// The closed form promises 0.25 %.
void expectNear(double value, double expected) {
  EXPECT_NEAR(value, expected, expected * 0.0025);
}

// Median and p99 by the exact propagation of the walk over the ring, not by the
// closed form under test; the mean of a renewal walk is N (1 - 1/9).
TEST(Prediction, MatchesTheExactWalk) {
  struct Row {
    PortRange range;
    unsigned port, candidates;
    double median, mean, p99;
  };
  const Row rows[] = {
      {range(32768, 60999), 33334, 14116, 8724, 12548, 57564},
      {range(32768, 61000), 33334, 14116, 8724, 12548, 57564},
      {range(32769, 60999), 33333, 14115, 8723, 12547, 57560},
      {range(1024, 65535), 33334, 32256, 19934, 28672, 131540},
      {range(1025, 65000), 33333, 31988, 19769, 28434, 130450},
      {range(10240, 65535), 33334, 27648, 17086, 24576, 112750},
      {range(49152, 65535), 50000, 8192, 5063, 7282, 33407},
  };
  for (const Row &row : rows) {
    SCOPED_TRACE(row.range.str());
    Prediction prediction = predictIn(row.port, row.range);
    EXPECT_EQ(prediction.possible, Drawable::Yes);
    EXPECT_EQ(prediction.candidates, row.candidates);
    expectNear(prediction.medianTries, row.median);
    expectNear(prediction.meanTries, row.mean);
    expectNear(prediction.p99Tries, row.p99);
  }
}

// Five candidates: the walk was measured on 2000 runs too (median 3, mean 4.5,
// p99 18); a stride can span the ring, so the closed form would say 3.1.
TEST(Prediction, WalksFewCandidatesExactly) {
  Prediction prediction = predictIn(40000, range(40000, 40009));
  EXPECT_EQ(prediction.candidates, 5U);
  EXPECT_EQ(prediction.medianTries, 3);
  EXPECT_NEAR(prediction.meanTries, 4.6, 0.05);
  EXPECT_EQ(prediction.p99Tries, 19);
}

TEST(Prediction, OneCandidateTakesOneTry) {
  for (PortRange one : {range(40000, 40000), range(40001, 40001),
                        range(40000, 40001), range(40000, 40002)}) {
    SCOPED_TRACE(one.str());
    Prediction prediction = predictIn(one.low, one);
    EXPECT_EQ(prediction.possible, Drawable::Yes);
    EXPECT_EQ(prediction.candidates, 1U);
    EXPECT_EQ(prediction.medianTries, 1);
    EXPECT_NEAR(prediction.meanTries, 1, 1e-9);
    EXPECT_EQ(prediction.p99Tries, 1);
  }
}

TEST(Prediction, TellsTheHalves) {
  Prediction other = predictIn(33333, range(32768, 60999));
  EXPECT_EQ(other.possible, Drawable::WhenExhausted);
  EXPECT_EQ(other.reason, DrawableReason::OtherHalf);
  EXPECT_EQ(other.medianTries, 0);

  EXPECT_EQ(predictIn(33334, range(32769, 60999)).possible,
            Drawable::WhenExhausted);
  EXPECT_EQ(predictIn(40001, range(40000, 40001)).reason,
            DrawableReason::OtherHalf);
}

TEST(Prediction, TellsTheLastPortOfAnOddRange) {
  Prediction last = predictIn(61000, range(32768, 61000));
  EXPECT_EQ(last.possible, Drawable::WhenExhausted);
  EXPECT_EQ(last.reason, DrawableReason::LastOfOddRange);
  EXPECT_EQ(predictIn(60999, range(32769, 60999)).reason,
            DrawableReason::LastOfOddRange);
  EXPECT_EQ(predictIn(60998, range(32768, 61000)).possible, Drawable::Yes);
  // Of three ports the third is out of the walk's reach.
  EXPECT_EQ(predictIn(40002, range(40000, 40002)).possible, Drawable::No);
}

TEST(Prediction, TellsOutsideAndReserved) {
  for (unsigned port : {0U, 80U, 32767U, 61000U, 65535U, 65536U, 98870U}) {
    Prediction outside = predictIn(port, range(32768, 60999));
    EXPECT_EQ(outside.possible, Drawable::No) << port;
    EXPECT_EQ(outside.reason, DrawableReason::OutsideRange) << port;
  }
  Prediction reserved = predictIn(33334, range(32768, 60999), "33000-34000");
  EXPECT_EQ(reserved.possible, Drawable::No);
  EXPECT_EQ(reserved.reason, DrawableReason::Reserved);
  // A reserved neighbour changes nothing.
  EXPECT_EQ(predictIn(33334, range(32768, 60999), "33332").possible,
            Drawable::Yes);
}

// Neither halves nor reserved ports nor tries where the kernel is not Linux.
TEST(Prediction, LeavesOtherSystemsAlone) {
  const PortRange windows = {49152, 65535, "windows"};
  for (unsigned port : {49152U, 54338U, 54339U, 65535U}) {
    Prediction inside = predictIn(port, windows, "1-65535");
    EXPECT_EQ(inside.possible, Drawable::Unknown) << port;
    EXPECT_EQ(inside.reason, DrawableReason::OtherSystem) << port;
    EXPECT_EQ(inside.candidates, 0U);
    EXPECT_EQ(inside.medianTries, 0);
    EXPECT_EQ(inside.tries.within(1000), 0);
    EXPECT_EQ(describePort(inside, port, windows),
              "port " + std::to_string(port) +
                  " is inside the ephemeral port range 49152-65535 of windows");
  }
  Prediction outside = predictIn(33334, windows);
  EXPECT_EQ(outside.possible, Drawable::No);
  EXPECT_EQ(describePort(outside, 33334, windows),
            "port 33334 is outside the ephemeral port range 49152-65535");
}

// On every kernel, from every source: two functions answer the one question.
TEST(Prediction, SaysTheSameWithoutTheTries) {
  std::string error;
  const ReservedPorts reserved =
      parseReservedPorts("40002,40005", error).value();
  for (PortRange in : {range(40000, 40000), range(40000, 40002),
                       range(40000, 40009), range(40001, 40009)})
    for (KernelClass kernelClass :
         {KernelClass::A, KernelClass::B, KernelClass::E, KernelClass::E1})
      for (SourcePort source :
           {SourcePort::Unbound, SourcePort::BindAny, SourcePort::BindAnyReuse})
        for (unsigned port = 39999; port <= 40010; ++port)
          EXPECT_EQ(mayDraw(port, in, reserved, {kernelClass, source}),
                    predict(port, in, reserved, {kernelClass, source}).possible)
              << in.str() << " " << port;
}

TEST(Prediction, Words) {
  auto words = [](unsigned port, PortRange in, const char *reserved = "") {
    return describePort(predictIn(port, in, reserved), port, in);
  };
  EXPECT_EQ(words(33334, range(32768, 60999)),
            "port 33334 is inside the ephemeral port range 32768-60999, in its "
            "preferred half");
  EXPECT_EQ(words(33333, range(32768, 60999)),
            "port 33333 is inside the ephemeral port range 32768-60999, "
            "reached only when all even ports of it are in use");
  EXPECT_EQ(words(33334, range(32769, 60999)),
            "port 33334 is inside the ephemeral port range 32769-60999, "
            "reached only when all odd ports of it are in use");
  EXPECT_EQ(words(61000, range(32768, 61000)),
            "port 61000 is inside the ephemeral port range 32768-61000, "
            "reached only when port 60998 of it is in use");
  EXPECT_EQ(words(80, range(32768, 60999)),
            "port 80 is outside the ephemeral port range 32768-60999");
  EXPECT_EQ(words(33334, range(32768, 60999), "33334"),
            "port 33334 is reserved (net.ipv4.ip_local_reserved_ports)");
}

TEST(Probability, IsTriesByCandidatesWhileTheWalkCannotWrap) {
  for (unsigned candidates : {64U, 14116U})
    for (double tries : {1.0, 3.0, 8.0})
      EXPECT_NEAR(TriesModel(candidates).within(tries), tries / candidates,
                  1e-12);
}

// Pooled over 3400 runs on the default range; the spread of such a share is
// below 0.009, the limit here three times that.
TEST(Probability, MatchesMeasuredShares) {
  const double measured[][2] = {{1000, .067},  {3000, .217},  {5000, .317},
                                {10000, .546}, {20000, .801}, {40000, .954}};
  for (const auto &[tries, share] : measured)
    EXPECT_NEAR(TriesModel(14116).within(tries), share, 0.027) << tries;
}

TEST(Probability, GrowsWithoutAJumpFromNoneToCertainty) {
  for (unsigned candidates : {1U, 2U, 5U, 49U, 50U, 51U, 14116U}) {
    SCOPED_TRACE(candidates);
    EXPECT_EQ(TriesModel(candidates).within(0), 0);
    double before = 0;
    for (unsigned tries = 1; tries <= 20 * candidates;
         tries += 1 + candidates / 10) {
      double now = TriesModel(candidates).within(tries);
      EXPECT_GE(now, before - 1e-12);
      EXPECT_LE(now, 1);
      before = now;
    }
    EXPECT_GT(before, 0.999);
  }
}

TEST(Probability, ClosedFormAndExactWalkMeetAtTheirBorder) {
  // 49 candidates are walked, 50 are not: relative to N they must agree.
  for (double turns : {0.3, 0.62, 1.0, 2.0, 4.0})
    EXPECT_NEAR(TriesModel(49).within(turns * 49),
                TriesModel(50).within(turns * 50), 0.02);
}

// One try per second on the default range: 1 - exp(-3600/14116).
TEST(Probability, OverTime) {
  EXPECT_NEAR(TriesModel(14116).overTime(3600, 1), 0.225, 0.0005);
  EXPECT_NEAR(TriesModel(14116).overTime(86400, 0.2), 0.706, 0.0005);
  EXPECT_EQ(TriesModel(14116).overTime(0, 1), 0);
}

TEST(Limit, LeavesTheMissProbabilityAskedFor) {
  // 0.884 N ln(1/e): 172 400 for the default range.
  expectNear(static_cast<double>(TriesModel(14116).triesForMiss(1e-6)), 172400);
  for (unsigned candidates : {1U, 2U, 5U, 49U, 50U, 8192U, 14116U}) {
    SCOPED_TRACE(candidates);
    std::uint64_t limit = TriesModel(candidates).triesForMiss(1e-6);
    EXPECT_GE(TriesModel(candidates).within(static_cast<double>(limit)),
              1 - 1.001e-6);
    if (limit > 1) {
      EXPECT_LT(TriesModel(candidates).within(static_cast<double>(limit - 1)),
                1 - 0.999e-6);
    }
  }
}

} // namespace
} // namespace selfconnect
