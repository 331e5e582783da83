//===- tries_plot.cpp - tries against prediction, as a curve --------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "tries_plot.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace selfconnect {
namespace {

constexpr double left = 20;
constexpr double right = 196;
constexpr double top = 8;
constexpr double bottom = 72;
constexpr int points = 32;
constexpr double shownShare = 0.999;

/// 28232 is "28k": room is scarce.
std::string shortNumber(double number) {
  return number < 1000 ? fmt::format("{:.0f}", number)
                       : fmt::format("{:.0f}k", number / 1000);
}

} // namespace

TriesPlot plotTries(const Prediction &prediction, std::uint64_t tries) {
  const auto made = static_cast<double>(tries);
  const double last =
      std::max({prediction.tries.quantile(shownShare), made, 1.0});
  const auto xOf = [&](double at) { return left + (right - left) * at / last; };
  const auto yOf = [&](double at) {
    return bottom - (bottom - top) * prediction.tries.within(at);
  };
  TriesPlot plot;
  for (int i = 0; i <= points; ++i) {
    const double at = last * i / points;
    plot.curve +=
        fmt::format("{}{:.1f} {:.1f}", i ? "L" : "M", xOf(at), yOf(at));
  }
  plot.x = std::round(xOf(made) * 10) / 10;
  plot.y = std::round(yOf(made) * 10) / 10;
  for (const double at : {0.0, last / 2, last})
    plot.ticks.emplace_back(std::min(std::round(xOf(at)), right - 6),
                            shortNumber(at));
  plot.label = fmt::format(
      "{} tries; by then {:.0f} % of such loops have connected to themselves. "
      "Half of them need up to {:.0f} tries, 99 % up to {:.0f}.",
      tries, 100 * prediction.tries.within(made), prediction.medianTries,
      prediction.p99Tries);
  return plot;
}

} // namespace selfconnect
