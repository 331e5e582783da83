//===- ring_walk.cpp - the exact walk over few candidates -----------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ring_walk.h"

namespace selfconnect::ports {

RingWalk::RingWalk(unsigned candidates)
    : next_(candidates == 0 ? 1 : candidates,
            1.0 / (candidates == 0 ? 1 : candidates)) {}

double RingWalk::step() {
  constexpr unsigned strides = 8;
  missed_ -= next_[0];
  std::vector<double> after(next_.size());
  for (std::size_t at = 1; at < next_.size(); ++at)
    for (unsigned stride = 1; stride <= strides; ++stride)
      after[(at + stride) % next_.size()] += next_[at] / strides;
  next_ = std::move(after);
  return missed_;
}

std::uint64_t RingWalk::triesUntilMissed(double probability) {
  // What rounding leaves behind must not keep the loop going.
  constexpr double nothing = 1e-15;
  std::uint64_t tries = 0;
  for (; missed_ > probability && missed_ > nothing; ++tries)
    step();
  return tries;
}

} // namespace selfconnect::ports
