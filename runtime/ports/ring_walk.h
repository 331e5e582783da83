//===- ring_walk.h - the exact walk over few candidates ---------*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The kernel's walk over the candidates of the first pass as a Markov chain on
/// a ring: it starts anywhere and moves on by 1 to 8 candidates per try, each
/// stride as likely. For few candidates, where one stride can span the ring and
/// the closed form in prediction.cpp is off.
///
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_PORTS_RING_WALK_H
#define SELFCONNECT_PORTS_RING_WALK_H

#include <cstdint>
#include <vector>

namespace selfconnect::ports {

class RingWalk {
public:
  explicit RingWalk(unsigned candidates);

  /// Takes one more try and returns missed().
  double step();
  /// Probability that the tries taken so far all missed the port.
  [[nodiscard]] double missed() const { return missed_; }
  /// Takes tries until missed() is at most `probability`; returns how many were
  /// taken in all.
  std::uint64_t triesUntilMissed(double probability);

private:
  /// The probability to have missed so far and to stand at each candidate next;
  /// the port is candidate 0.
  std::vector<double> next_;
  double missed_ = 1;
};

} // namespace selfconnect::ports

#endif // SELFCONNECT_PORTS_RING_WALK_H
