//===- statistics.h - a sample against its model -------------- -*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_CLI_STATISTICS_H
#define SELFCONNECT_CLI_STATISTICS_H

#include <cstdint>
#include <functional>
#include <vector>

namespace selfconnect::cli {

/// The value below or at which the share `probability` of the sorted, non-empty
/// sample lies; between two values, the middle of them.
double sampleQuantile(const std::vector<double> &sorted, double probability);
double sampleMean(const std::vector<double> &sample);

/// How far a sample is from a distribution at most, and how likely a sample of
/// that distribution is as far or further.
struct KolmogorovSmirnov {
  double distance = 0;
  double pValue = 1;
};

/// Of a sample of whole numbers, sorted and not empty, from the distribution
/// `within`. Both are step functions with steps at whole numbers, so they are
/// compared there; the p-value is that of a continuous distribution, which for
/// steps is too large rather than too small.
KolmogorovSmirnov
kolmogorovSmirnov(const std::vector<double> &sorted,
                  const std::function<double(double)> &within);

/// The probability of a distance as large in a sample of this size.
double kolmogorovPValue(double distance, std::size_t size);

} // namespace selfconnect::cli

#endif // SELFCONNECT_CLI_STATISTICS_H
