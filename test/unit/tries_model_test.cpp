//===- tries_model_test.cpp - each kernel class by its numbers ------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "selfconnect/prediction.h"

#include "ring_walk.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <vector>

namespace selfconnect {
namespace {

constexpr PortRange usual = {32768, 60999}; // 28232 ports, 14116 of a parity

Prediction predictAs(unsigned port, Drawing drawing,
                     const char *reserved = "") {
  std::string error;
  return predict(port, usual, parseReservedPorts(reserved, error).value(),
                 drawing);
}

// A full turn of a counter that goes on by one: uniform on 1 to N. Class A
// draws from every port of the range, C from one parity.
TEST(TriesModel, AAndCAreUniform) {
  struct Row {
    KernelClass kernelClass;
    unsigned port, candidates;
  };
  for (const Row &row :
       {Row{KernelClass::A, 33333, 28232}, Row{KernelClass::B, 33334, 14116},
        Row{KernelClass::C, 33334, 14116}}) {
    SCOPED_TRACE(kernelClassName(row.kernelClass));
    Prediction prediction = predictAs(row.port, {row.kernelClass});
    const double n = row.candidates;
    EXPECT_EQ(prediction.possible, Drawable::Yes);
    EXPECT_EQ(prediction.candidates, row.candidates);
    EXPECT_NEAR(prediction.meanTries, (n + 1) / 2, 1e-6);
    EXPECT_NEAR(prediction.medianTries, n / 2, 1e-6);
    EXPECT_NEAR(prediction.p99Tries, 0.99 * n, 1e-6);
    EXPECT_NEAR(prediction.tries.within(n - 1), 1 - 1 / n, 1e-9);
    EXPECT_EQ(prediction.tries.within(n), 1); // N at most
  }
  EXPECT_EQ(predictAs(33333, {KernelClass::C}).possible,
            Drawable::WhenExhausted);
}

TEST(TriesModel, CIsUniformOnAFewCandidatesToo) {
  TriesModel model(10, KernelClass::C);
  for (unsigned tries = 0; tries <= 10; ++tries)
    EXPECT_NEAR(model.within(tries), tries / 10.0, 1e-12);
  EXPECT_NEAR(model.mean(), 5.5, 1e-9);
}

// c579bd1b4021 goes 17/16 candidates on at the mean: a turn of 16 N / 17 tries
// meets the port with 16/17, so the mean is 16/17 (17/16 - 1/2) N = 0.529 N,
// and three turns leave (1/17)^3 = 0.02 %.
TEST(TriesModel, DMissesOneTurnOfSeventeen) {
  const double n = 14116;
  TriesModel model(14116, KernelClass::D);
  EXPECT_NEAR(model.mean(), 9.0 / 17 * n, 1e-6);
  EXPECT_NEAR(model.quantile(0.5), n / 2, 1e-6);
  EXPECT_NEAR(model.within(3 * 16 * n / 17), 1 - std::pow(1.0 / 17, 3), 1e-5);
}

// IP_LOCAL_PORT_RANGE over the whole range: every port is a candidate. Median
// and mean are those of the exact walk over 28232 places.
TEST(TriesModel, E1DrawsFromEveryPort) {
  for (unsigned port : {33333U, 33334U}) {
    Prediction prediction = predictAs(port, {KernelClass::E1});
    EXPECT_EQ(prediction.possible, Drawable::Yes);
    EXPECT_EQ(prediction.candidates, 28232U);
    EXPECT_NEAR(prediction.medianTries, 17445, 17445 * 0.0025);
    EXPECT_NEAR(prediction.meanTries, 25086, 25086 * 0.0025);
  }
}

// The limits that tries_model.h states.
TEST(TriesModel, EIsWithinItsBoundOfTheExactWalk) {
  for (unsigned candidates : {50U, 51U, 64U, 100U, 500U, 1000U}) {
    SCOPED_TRACE(candidates);
    TriesModel model(candidates);
    ports::RingWalk walk(candidates);
    double away = 0;
    for (unsigned tries = 1; tries <= 3 * candidates; ++tries)
      away = std::max(away, std::abs(1 - walk.step() - model.within(tries)));
    EXPECT_LE(away, 0.0025);
  }
}

TEST(TriesModel, EIsExactForAnEighthOfATurn) {
  TriesModel model(800);
  ports::RingWalk walk(800);
  for (unsigned tries = 1; tries <= 100; ++tries) {
    EXPECT_NEAR(1 - walk.step(), tries / 800.0, 1e-12);
    EXPECT_NEAR(model.within(tries), tries / 800.0, 1e-12);
  }
}

// 0.884 N ln(1/e) with N = 14116 and e = 1e-6 is 172 400 to the hundred.
TEST(TriesModel, ELimit) {
  EXPECT_NEAR(static_cast<double>(TriesModel(14116).triesForMiss(1e-6)), 172400,
              172400 * 0.0025);
}

// From a start just past the port, a try later than t is needed as often as N
// times the chance that a random start hits on try t + 1 (the walk is
// stationary). Measured on 100 ports (2000 runs): median 36, mean 50.8, p90
// 110, p99 210; Kac's theorem says a mean of N = 50.
TEST(RingWalk, FromJustPastThePortTheMeanIsN) {
  ports::RingWalk walk(50);
  double mean = 0;
  unsigned median = 0;
  unsigned p90 = 0;
  unsigned p99 = 0;
  double before = 1;
  for (unsigned tries = 0; tries < 3000; ++tries) {
    double later = 50 * (before - walk.step());
    before = walk.missed();
    mean += later;
    median += later > 0.5;
    p90 += later > 0.1;
    p99 += later > 0.01;
  }
  EXPECT_NEAR(mean, 50, 1e-6);
  EXPECT_NEAR(median, 36, 1);
  EXPECT_NEAR(p90, 110, 4);
  EXPECT_NEAR(p99, 210, 7);
}

/// The chance of a try that is not the first one.
double laterTry(const Prediction &prediction) {
  return prediction.tries.within(2) - prediction.tries.within(1);
}

// Reserved candidates right below the port are passed over to it. Measured
// tries from hit to hit on the usual range, 300 runs: 3730 with four reserved
// (the exact walk: 3764), 3132 with seven (3136). The first try starts
// anywhere: at one of five, or eight, candidates it goes to the port.
TEST(TriesModel, ReservedNeighboursHelp) {
  Prediction four = predictAs(40000, {}, "39992,39994,39996,39998");
  EXPECT_NEAR(1 / laterTry(four), 3764, 3764 * 0.0025);
  EXPECT_NEAR(four.tries.within(1), 5.0 / 14116, 1e-12);
  Prediction seven =
      predictAs(40000, {}, "39986,39988,39990,39992,39994,39996,39998");
  EXPECT_NEAR(1 / laterTry(seven), 3136, 3136 * 0.0025);
  EXPECT_NEAR(seven.tries.within(1), 8.0 / 14116, 1e-12);
  // Met on each turn, but a turn takes 3137 tries only on average: their
  // standard deviation is sqrt(5.25 * 3137) / 4.5 = 28.5.
  EXPECT_LT(seven.tries.within(3140), 0.998);
  EXPECT_GT(seven.tries.within(3137 + 5 * 28.5), 1 - 1e-6);
  EXPECT_GT(seven.tries.triesForMiss(1e-6), 3137 + 3 * 28.5);
  EXPECT_LT(four.tries.within(3140), 0.84);
  // Ports of the other parity, and those above, are not passed over to it.
  EXPECT_NEAR(predictAs(40000, {}, "39999,40001,40002").tries.within(1),
              1.0 / 14116, 0.01 / 14116);
}

/// Of so many candidates, those directly below the port are reserved.
TriesModel withReservedBelow(unsigned candidates, unsigned below) {
  const PortRange range = {40000,
                           static_cast<std::uint16_t>(39999 + 2 * candidates)};
  const unsigned port = range.low + candidates / 2 * 2;
  ReservedPorts reserved;
  reserved.add({static_cast<std::uint16_t>(port - 2 * below),
                static_cast<std::uint16_t>(port - 1)});
  return predict(port, range, reserved).tries;
}

// The ends of a turn are spread by sqrt(5.25 N / 4.5^3), 8 of 222 tries for
// N = 1000.
TEST(TriesModel, ReservedNeighboursByTheExactWalk) {
  constexpr unsigned size = 1000;
  for (unsigned run : {5U, 8U}) {
    SCOPED_TRACE(run);
    std::vector<bool> usable(size, true);
    for (unsigned below = 1; below < run; ++below)
      usable[size - below] = false;
    ports::RingWalk walk(usable, KernelClass::E);
    const TriesModel model = withReservedBelow(size, run - 1);
    double away = 0;
    for (unsigned tries = 1; tries <= size; ++tries)
      away = std::max(away, std::abs(1 - walk.step() - model.within(tries)));
    EXPECT_LE(away, 0.01);
  }
}

unsigned triesUntilMissed(ports::RingWalk walk, double probability) {
  unsigned tries = 1;
  while (walk.step() > probability)
    ++tries;
  return tries;
}

// Where each turn hits, all of a quantile is in the spread of the last turn.
TEST(TriesModel, ReservedNeighboursDoNotEndTheTailAtATurn) {
  constexpr unsigned size = 500;
  std::vector<bool> usable(size, true);
  for (unsigned below = 1; below < 8; ++below)
    usable[size - below] = false;
  const TriesModel model = withReservedBelow(size, 7);
  for (double miss : {1e-2, 1e-6})
    EXPECT_NEAR(static_cast<double>(model.triesForMiss(miss)),
                triesUntilMissed({usable, KernelClass::E}, miss), 2);
}

// Twelve of fifty candidates reserved, directly below the port: each turn meets
// it, but one of eight tries on average is often longer.
TEST(TriesModel, ReservedPortsOfASmallRangeAreWalkedAround) {
  std::string error;
  Prediction prediction =
      predict(33334, {33300, 33399},
              parseReservedPorts("33310-33333", error).value(), {});
  std::vector<bool> usable(50, true);
  for (unsigned below = 1; below <= 12; ++below)
    usable[50 - below] = false;
  ports::RingWalk walk(usable, KernelClass::E);
  double mean = 1;
  for (unsigned tries = 1; tries <= 30; ++tries) {
    mean += walk.step();
    EXPECT_NEAR(prediction.tries.within(tries), 1 - walk.missed(), 1e-12);
  }
  EXPECT_NEAR(prediction.meanTries, mean, 1e-9);
  EXPECT_EQ(prediction.p99Tries,
            triesUntilMissed({usable, KernelClass::E}, 0.01));
  EXPECT_GT(prediction.p99Tries, 10);
}

// From right behind the port (see RingWalk below), a turn more than from
// anywhere is enough.
TEST(TriesModel, OneTurnMoreCoversAStartBehindThePort) {
  constexpr unsigned size = 64;
  TriesModel model(size);
  ports::RingWalk walk(size);
  auto limit = static_cast<double>(model.triesForMiss(1e-6)) + model.turn();
  double before = 1;
  for (double tries = 0; tries < limit; ++tries) {
    before = walk.missed();
    walk.step();
  }
  EXPECT_LE(size * (before - walk.missed()), 1e-6);
}

// A fresh draw per try, of the other parity; with SO_REUSEADDR of the lower
// half of the range only. ln 2 N' is the median, ln 10 N' the 90 %.
TEST(TriesModel, BindFirstIsGeometric) {
  Prediction any = predictAs(33333, {KernelClass::E, SourcePort::BindAny});
  EXPECT_EQ(any.candidates, 14116U);
  EXPECT_NEAR(any.meanTries, 14116, 1e-6);
  EXPECT_NEAR(any.medianTries, 14116 * std::log(2), 1);
  EXPECT_NEAR(any.tries.quantile(0.9), 14116 * std::log(10), 2);
  EXPECT_NEAR(any.tries.within(1), 1.0 / 14116, 1e-12);
  Prediction reuse =
      predictAs(33333, {KernelClass::E, SourcePort::BindAnyReuse});
  EXPECT_EQ(reuse.candidates, 7058U);
  EXPECT_NEAR(reuse.meanTries, 7058, 1e-6);
  EXPECT_NEAR(reuse.medianTries, 7058 * std::log(2), 1);

  EXPECT_EQ(predictAs(33334, {KernelClass::E, SourcePort::BindAny}).possible,
            Drawable::WhenExhausted);
  EXPECT_EQ(
      predictAs(59999, {KernelClass::E, SourcePort::BindAnyReuse}).possible,
      Drawable::WhenExhausted);
}

// 07f4c90062f8 starts at an even offset and goes on by two. Round an even
// number of ports it stays with one parity; round an odd one it changes the
// parity at each turn, so that every port is drawn.
TEST(TriesModel, BDependsOnHowManyPortsThereAre) {
  const ReservedPorts none;
  const Drawing b = {KernelClass::B};
  const PortRange even = {40000, 40099};
  const PortRange odd = {40000, 40100};
  EXPECT_EQ(predict(40050, even, none, b).possible, Drawable::Yes);
  EXPECT_EQ(predict(40050, even, none, b).candidates, 50U);
  Prediction above = predict(40051, even, none, b);
  EXPECT_EQ(above.possible, Drawable::WhenExhausted);
  EXPECT_EQ(above.reason, DrawableReason::PortBelow); // its scan goes on by one
  for (unsigned port : {40050U, 40051U, 40100U}) {
    SCOPED_TRACE(port);
    Prediction drawn = predict(port, odd, none, b);
    EXPECT_EQ(drawn.possible, Drawable::Yes);
    EXPECT_EQ(drawn.reason, DrawableReason::EveryPort);
    EXPECT_EQ(drawn.candidates, 101U);
    EXPECT_NEAR(drawn.meanTries, 51, 0.5); // uniform on 1 to 101
  }
}

// A hundred candidates reserved far from the port: the walk crosses them in a
// try. It enters such a run 84/36 candidates deep, passes to the one behind it,
// and saves 100 - 84/36 + 1 - 4.5 candidates of its turn against a run that is
// free. The chance of each turn is the same, so all tries shrink alike, but for
// the starts inside the run, 100 of 14116.
TEST(TriesModel, ReservedPortsElsewhereShortenTheTurn) {
  Prediction bare = predictAs(40000, {});
  Prediction reserved = predictAs(40000, {}, "50000-50198");
  const double saved = 100 - (84.0 / 36 - 1 + 4.5);
  EXPECT_NEAR(reserved.meanTries / bare.meanTries, 1 - saved / 14116, 1e-3);
  EXPECT_NEAR(reserved.medianTries / bare.medianTries, 1 - saved / 14116, 1e-3);
  // A single one saves nothing: the walk steps over it anyway.
  EXPECT_NEAR(predictAs(40000, {}, "50000").meanTries, bare.meanTries, 1e-4);
}

// The same by the exact walk on a ring of 1000, of which 400 are reserved.
// Where the walk enters the run, its place is spread once more, so that the
// turn ends less sharply than without it.
TEST(TriesModel, ReservedPortsElsewhereByTheExactWalk) {
  constexpr unsigned size = 1000;
  constexpr unsigned skipped = 400;
  std::vector<bool> usable(size, true);
  std::string list;
  const PortRange range = {40000, 41999};
  for (unsigned place = 300; place < 300 + skipped; ++place)
    usable[place] = false;
  std::string error;
  Prediction prediction = predict(
      40000, range, parseReservedPorts("40600-41398", error).value(), {});
  ports::RingWalk walk(usable, KernelClass::E);
  double away = 0;
  for (unsigned tries = 1; tries <= 3 * size; ++tries)
    away = std::max(away,
                    std::abs(1 - walk.step() - prediction.tries.within(tries)));
  EXPECT_LE(away, 0.04);
  // Without taking them into account it is far off.
  EXPECT_GT(
      std::abs(TriesModel(size).within(500) - prediction.tries.within(500)),
      0.1);
}

// All starts in a block of reserved ports lead to the port behind it: 117 of
// 500 candidates and the port itself, 167 of 14116.
TEST(TriesModel, FirstTryLeavesABlockByItsEnd) {
  std::string error;
  const Prediction small =
      predict(33334, {33000, 33999},
              parseReservedPorts("33100-33333,33500-33900", error).value());
  EXPECT_NEAR(small.tries.within(1), 118.0 / 500, 1e-12);
  const Prediction usualRange = predictAs(33334, {}, "33000-33333");
  EXPECT_NEAR(usualRange.tries.within(1), 168.0 / 14116, 1e-12);
  // One try each time that a slow loop finds the walk started anew.
  EXPECT_NEAR(usualRange.tries.overTime(60, 1.0 / 60), 168.0 / 14116, 1e-9);
  // Ten tries of each start: the first with 168 of 14116, the others with 4.5.
  const double perStart = usualRange.tries.within(10);
  EXPECT_NEAR(perStart, (168 + 9 * 4.5) / 14116, 1e-6);
  EXPECT_NEAR(usualRange.tries.overTime(3600, 1),
              1 - std::pow(1 - perStart, 360), 1e-9);
}

// Blocks of any length, anywhere, against the exact walk: the first try
// exactly, the others as closely as tries_model.h says.
TEST(TriesModel, ReservedBlocksByTheExactWalk) {
  std::mt19937 random(7);
  auto upTo = [&](unsigned most) {
    return static_cast<unsigned>(random() % (most + 1));
  };
  for (unsigned round = 0; round < 60; ++round) {
    const unsigned size = 300 + upTo(700);
    const PortRange range = {40000,
                             static_cast<std::uint16_t>(39999 + 2 * size)};
    ReservedPorts reserved;
    for (unsigned block = upTo(5); block > 0; --block) {
      const unsigned low = 40000 + upTo(2 * size - 1);
      const unsigned high =
          std::min<unsigned>(range.high, low + upTo(round % 2 ? 20 : size / 4));
      reserved.add(
          {static_cast<std::uint16_t>(low), static_cast<std::uint16_t>(high)});
    }
    unsigned port = 40000 + 2 * upTo(size - 1);
    if (round % 3 == 0 && !reserved.empty()) // right behind a block
      port = (reserved.ranges().front().high + 2U) / 2 * 2;
    if (!range.contains(port) || reserved.contains(port))
      continue;
    SCOPED_TRACE(reserved.str() + " " + std::to_string(port));
    std::vector<bool> usable(size);
    for (unsigned place = 0; place < size; ++place)
      usable[place] =
          !reserved.contains(40000 + 2 * (((port - 40000) / 2 + place) % size));
    ports::RingWalk walk(usable, KernelClass::E);
    const TriesModel model = predict(port, range, reserved).tries;
    EXPECT_NEAR(1 - walk.step(), model.within(1), 1e-9);
    double away = 0;
    for (unsigned tries = 2; tries <= size; ++tries)
      away = std::max(away, std::abs(1 - walk.step() - model.within(tries)));
    EXPECT_LE(away, 0.06);
  }
}

// Every 10 s class E starts its walk elsewhere. At 10 000 tries per second that
// is after 100 000 tries, seven turns; what then remains is missed as often
// again in the next ten seconds.
TEST(TriesModel, FastLoopsMissEpochByEpoch) {
  TriesModel model(14116);
  const double epoch = model.within(100000);
  EXPECT_NEAR(model.overTime(10, 10000), epoch, 1e-12);
  EXPECT_NEAR(1 - model.overTime(20, 10000), (1 - epoch) * (1 - epoch), 1e-12);
  EXPECT_NEAR(1 - model.overTime(25, 10000),
              (1 - epoch) * (1 - epoch) * (1 - model.within(50000)), 1e-12);
  // Other classes go on where they were: all is met within a turn.
  EXPECT_EQ(TriesModel(14116, KernelClass::C).overTime(2, 10000), 1);
}

} // namespace
} // namespace selfconnect
