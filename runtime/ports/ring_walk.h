//===- ring_walk.h - the kernel's walk, try by try ------------ -*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The exact distribution behind the closed form: the probability to stand at
/// each candidate of the ring, moved on try by try.
///
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_PORTS_RING_WALK_H
#define SELFCONNECT_PORTS_RING_WALK_H

#include "selfconnect/kernel_class.h"

#include <utility>
#include <vector>

namespace selfconnect::ports {

/// How far the walk goes per try, in candidates, and how likely each is.
using Strides = std::vector<std::pair<unsigned, double>>;
Strides stridesOf(KernelClass kernelClass);
double meanStride(const Strides &strides);

class RingWalk {
public:
  /// From a random start. The port is candidate 0.
  explicit RingWalk(unsigned candidates,
                    KernelClass kernelClass = KernelClass::E);
  /// `usable` has a place for each candidate; a try that would start at an
  /// unusable one takes the next usable one, and the walk goes on behind it.
  RingWalk(const std::vector<bool> &usable, KernelClass kernelClass);

  /// Takes one more try and returns missed().
  double step();
  /// Probability that the tries taken so far all missed the port.
  [[nodiscard]] double missed() const { return missed_; }

private:
  void walkOn(std::size_t from, double probability);

  Strides strides_;
  /// How many unusable candidates a try that starts here passes over.
  std::vector<unsigned> skipped_;
  /// The probability to have missed so far and to stand at each candidate next.
  std::vector<double> next_;
  std::vector<double> after_;
  double missed_ = 1;
};

} // namespace selfconnect::ports

#endif // SELFCONNECT_PORTS_RING_WALK_H
