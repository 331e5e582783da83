//===- tries_plot.h - tries against prediction, as a curve ------*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef SELFCONNECT_REPORT_TRIES_PLOT_H
#define SELFCONNECT_REPORT_TRIES_PLOT_H

#include "selfconnect/prediction.h"

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace selfconnect {

/// The probability to have met itself by so many tries, up to the tries within
/// which 99.9 % have, and where a run stood. Lengths are those of the page's
/// SVG.
struct TriesPlot {
  std::string curve; ///< the data of a path
  double x = 0;      ///< of the run
  double y = 0;
  std::vector<std::pair<double, std::string>> ticks; ///< x and words
  std::string label;                                 ///< the same in words
};

TriesPlot plotTries(const Prediction &prediction, std::uint64_t tries);

} // namespace selfconnect

#endif // SELFCONNECT_REPORT_TRIES_PLOT_H
