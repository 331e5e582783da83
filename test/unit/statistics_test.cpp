//===- statistics_test.cpp - samples with known distances -----------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "statistics.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

namespace selfconnect::cli {
namespace {

/// Uniform on 1 to 10.
double uniform(double value) {
  return std::clamp(std::floor(value), 0.0, 10.0) / 10;
}

double distance(const std::vector<double> &sorted) {
  return kolmogorovSmirnov(sorted, uniform).distance;
}

TEST(KolmogorovSmirnov, ASampleEqualToItsModelIsNotAway) {
  KolmogorovSmirnov same =
      kolmogorovSmirnov({1, 2, 3, 4, 5, 6, 7, 8, 9, 10}, uniform);
  EXPECT_NEAR(same.distance, 0, 1e-12);
  EXPECT_EQ(same.pValue, 1);
}

// By hand: the greatest difference of the two step functions.
TEST(KolmogorovSmirnov, DistancesByHand) {
  EXPECT_NEAR(distance({1, 2, 3, 4}), 0.6, 1e-12); // at 4: 1 against 0.4
  EXPECT_NEAR(distance({3, 8}), 0.2, 1e-12);       // before and at each
  EXPECT_NEAR(distance({5, 5}), 0.5, 1e-12);       // at 5: 1 against 0.5
  EXPECT_NEAR(distance({1, 10}), 0.4, 1e-12);      // at 1, and before 10
  EXPECT_NEAR(distance({10}), 0.9, 1e-12);         // before 10: 0 against 0.9
}

// The limiting distribution, N. Smirnov, "Table for estimating the goodness of
// fit", Ann. Math. Statist. 19 (1948): the usual points of 50, 10, 5 and 1 %.
TEST(KolmogorovPValue, IsKolmogorovsDistributionForLargeSamples) {
  constexpr std::size_t size = 100000000;
  auto tail = [](double lambda) {
    return kolmogorovPValue(lambda / 10000, size);
  };
  EXPECT_NEAR(tail(0.8276), 0.50, 0.0005);
  EXPECT_NEAR(tail(1.2238), 0.10, 0.0005);
  EXPECT_NEAR(tail(1.3581), 0.05, 0.0005);
  EXPECT_NEAR(tail(1.36), 0.049, 0.0006);
  EXPECT_NEAR(tail(1.63), 0.010, 0.0003);
  EXPECT_EQ(tail(0), 1);
  EXPECT_LT(tail(5), 1e-20);
}

// F. J. Massey, "The Kolmogorov-Smirnov test for goodness of fit", J. Amer.
// Statist. Assoc. 46 (1951), table 1: the points of 5 % for small samples.
TEST(KolmogorovPValue, HoldsForSmallSamples) {
  EXPECT_NEAR(kolmogorovPValue(0.410, 10), 0.05, 0.003);
  EXPECT_NEAR(kolmogorovPValue(0.294, 20), 0.05, 0.003);
}

// Around the place where the series is cut off nothing jumps.
TEST(KolmogorovPValue, FallsWithTheDistance) {
  double before = 1;
  for (double away = 0; away <= 0.3; away += 0.0005) {
    double now = kolmogorovPValue(away, 100);
    EXPECT_LE(now, before + 1e-9) << away;
    EXPECT_GE(now, before - 0.02) << away;
    before = now;
  }
  EXPECT_LT(before, 1e-6);
}

TEST(SampleQuantile, TakesTheMiddleBetweenTwo) {
  EXPECT_EQ(sampleQuantile({1, 2, 3, 4}, 0.5), 2.5);
  EXPECT_EQ(sampleQuantile({1, 2, 3}, 0.5), 2);
  EXPECT_EQ(sampleQuantile({1, 2, 3}, 1), 3);
  EXPECT_EQ(sampleMean({1, 2, 6}), 3);
}

} // namespace
} // namespace selfconnect::cli
