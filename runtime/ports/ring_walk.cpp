//===- ring_walk.cpp - the kernel's walk, try by try ----------------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ring_walk.h"

#include <algorithm>
#include <numeric>

namespace selfconnect::ports {

Strides stridesOf(KernelClass kernelClass) {
  switch (kernelClass) {
  case KernelClass::A:
  case KernelClass::B:
  case KernelClass::C:
    return {{1, 1.0}};
  case KernelClass::D:
    return {{1, 15.0 / 16}, {2, 1.0 / 16}};
  case KernelClass::E:
  case KernelClass::E1:
    break;
  }
  Strides strides;
  for (unsigned stride = 1; stride <= 8; ++stride)
    strides.emplace_back(stride, 1.0 / 8);
  return strides;
}

double meanStride(const Strides &strides) {
  double mean = 0;
  for (const auto &[stride, probability] : strides)
    mean += stride * probability;
  return mean;
}

RingWalk::RingWalk(unsigned candidates, KernelClass kernelClass)
    : RingWalk(std::vector<bool>(std::max(candidates, 1U), true), kernelClass) {
}

RingWalk::RingWalk(const std::vector<bool> &usable, KernelClass kernelClass)
    : strides_(stridesOf(kernelClass)), skipped_(usable.size()),
      next_(usable.size(), 1.0 / static_cast<double>(usable.size())),
      after_(usable.size()) {
  for (std::size_t from = 0; from < usable.size(); ++from)
    while (skipped_[from] < usable.size() &&
           !usable[(from + skipped_[from]) % usable.size()])
      ++skipped_[from];
}

/// The next try starts behind the candidate taken, or a stride behind the start
/// of this one, whichever is further.
void RingWalk::walkOn(std::size_t from, double probability) {
  for (const auto &[stride, share] : strides_) {
    std::size_t to = from + std::max(stride, skipped_[from] + 1);
    if (to >= after_.size())
      to %= after_.size();
    after_[to] += probability * share;
  }
}

double RingWalk::step() {
  std::fill(after_.begin(), after_.end(), 0.0);
  for (std::size_t from = 0; from < next_.size(); ++from)
    if ((from + skipped_[from]) % next_.size() != 0)
      walkOn(from, next_[from]);
  std::swap(next_, after_);
  // Not by taking off what hits: rounding errors would be left in the end.
  missed_ = std::accumulate(next_.begin(), next_.end(), 0.0);
  return missed_;
}

} // namespace selfconnect::ports
