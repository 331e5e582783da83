//===- statistics.cpp - a sample against its model ------------------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "statistics.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace selfconnect::cli {

double sampleQuantile(const std::vector<double> &sorted, double probability) {
  double place = probability * static_cast<double>(sorted.size());
  auto below = static_cast<std::size_t>(std::floor(place));
  if (below >= sorted.size())
    return sorted.back();
  bool between = place == std::floor(place) && below > 0;
  return between ? (sorted[below - 1] + sorted[below]) / 2 : sorted[below];
}

double sampleMean(const std::vector<double> &sample) {
  return std::accumulate(sample.begin(), sample.end(), 0.0) /
         static_cast<double>(sample.size());
}

KolmogorovSmirnov
kolmogorovSmirnov(const std::vector<double> &sorted,
                  const std::function<double(double)> &within) {
  KolmogorovSmirnov result;
  const auto size = static_cast<double>(sorted.size());
  for (std::size_t i = 0; i < sorted.size();) {
    std::size_t end = i;
    while (end < sorted.size() && sorted[end] == sorted[i])
      ++end;
    // The share of the sample just before this value, and at it.
    double before =
        std::abs(static_cast<double>(i) / size - within(sorted[i] - 1));
    double at = std::abs(static_cast<double>(end) / size - within(sorted[i]));
    result.distance = std::max({result.distance, before, at});
    i = end;
  }
  result.pValue = kolmogorovPValue(result.distance, sorted.size());
  return result;
}

double kolmogorovPValue(double distance, std::size_t size) {
  // Kolmogorov's series, with Stephens's correction for small samples.
  double root = std::sqrt(static_cast<double>(size));
  double lambda = (root + 0.12 + 0.11 / root) * distance;
  if (lambda < 0.2)
    return 1; // the series converges no more; the rest is below 1e-12
  double sum = 0;
  for (int k = 1; k <= 100; ++k)
    sum += (k % 2 ? 2 : -2) * std::exp(-2.0 * k * k * lambda * lambda);
  return std::clamp(sum, 0.0, 1.0);
}

} // namespace selfconnect::cli
