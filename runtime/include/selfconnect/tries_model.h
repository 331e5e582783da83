//===- tries_model.h - how many tries until the hit ----------- -*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The number of tries that a retry loop needs on a quiet host, from a random
/// start of the kernel's walk, as a probability distribution.
///
/// The walk goes round a ring of N candidates. Per turn it lands on the port
/// with the probability q: the mean of a stride is 1/q candidates, so that N q
/// tries make a turn. For strides of 1 to 8 (class E) q is 2/9, for class D
/// 16/17, for A to C 1. Below the port, candidates that cannot be used send the
/// walk on to it and raise q.
///
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_TRIES_MODEL_H
#define SELFCONNECT_TRIES_MODEL_H

#include "selfconnect/kernel_class.h"

#include <cstdint>

namespace selfconnect {

class TriesModel {
public:
  /// One port of `candidates`; 0 for a port that is never drawn.
  /// \param run 1 + the number of unusable candidates directly below the port.
  /// \param turn the candidates that a turn takes tries for; less than
  ///     `candidates` when some cannot be used. 0: all.
  explicit TriesModel(unsigned candidates,
                      KernelClass kernelClass = KernelClass::E,
                      unsigned run = 1, double turn = 0);
  /// Of a port that is never met.
  TriesModel() : TriesModel(0) {}
  /// Each try draws anew, with this probability of a hit: bind() to port 0.
  static TriesModel independent(double hit);

  /// Probability, 0 to 1, that `tries` tries in a row meet the port. Closed
  /// form, within 0.0025 of the exact ring walk from 50 candidates on; exact
  /// below 50 candidates, and k/N for k <= N/8 tries.
  [[nodiscard]] double within(double tries) const;
  /// The tries within which the port is met with this probability; 0 if never.
  [[nodiscard]] double quantile(double probability) const;
  [[nodiscard]] double mean() const;
  /// The tries after which the port was missed with this probability only.
  [[nodiscard]] std::uint64_t triesForMiss(double probability) const;

  /// Probability to meet the port within `seconds`. Kernels of class E start
  /// the walk anew every ten seconds, so that each try of a slow loop is a
  /// fresh one of N.
  [[nodiscard]] double overTime(double seconds, double triesPerSecond) const;
  [[nodiscard]] double meanSeconds(double triesPerSecond) const;
  [[nodiscard]] double medianSeconds(double triesPerSecond) const;

private:
  [[nodiscard]] bool walksExactly() const;
  [[nodiscard]] bool startsAnew() const;

  KernelClass class_;
  unsigned candidates_;
  unsigned run_;
  double turn_; ///< tries of one turn
  double hit_;  ///< q: probability of a hit per turn
  bool independent_ = false;
};

} // namespace selfconnect

#endif // SELFCONNECT_TRIES_MODEL_H
