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
/// walk on to it and raise q. As the strides of a turn are random, so are the
/// tries that it takes: their spread counts where a turn all but decides.
///
/// The first try is another matter where ports are reserved. The walk starts at
/// any candidate, one that cannot be used as well: a block of them sends all
/// starts inside it to the candidate behind it. If that is the port, the try
/// meets it; if not, the rest of the walk begins behind the block.
///
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_TRIES_MODEL_H
#define SELFCONNECT_TRIES_MODEL_H

#include "selfconnect/kernel_class.h"

#include <cstdint>
#include <vector>

namespace selfconnect {

/// What candidates that cannot be used make of the ring. A block of them counts
/// as such if it is longer than what the walk takes tries for anyway.
struct ReservedBlocks {
  /// 1 + the unusable candidates directly below the port.
  unsigned run = 1;
  /// The probability that a turn meets the port.
  double hit = 0;
  /// The starts that are in no block, nor in `run`.
  double open = 0;
  /// The candidates that a turn takes tries for.
  double turn = 0;
  /// A block elsewhere: how many starts it sends to the candidate behind it,
  /// and the candidates that the walk takes tries for from there to the port.
  struct Block {
    double starts, distance;
  };
  std::vector<Block> blocks;
};

class TriesModel {
public:
  /// One port of `candidates`; 0 for a port that is never drawn.
  explicit TriesModel(unsigned candidates,
                      KernelClass kernelClass = KernelClass::E);
  /// The same where some candidates cannot be used.
  TriesModel(unsigned candidates, KernelClass kernelClass,
             const ReservedBlocks &reserved);
  /// Of a port that is never met.
  TriesModel() : TriesModel(0) {}
  /// Of a ring on which not all can be used: exact, and costly for many
  /// candidates. The port is candidate 0.
  static TriesModel walking(const std::vector<bool> &usable,
                            KernelClass kernelClass);
  /// Each try draws anew, with this probability of a hit: bind() to port 0.
  static TriesModel independent(double hit);

  /// Probability, 0 to 1, that `tries` tries in a row meet the port. Closed
  /// form, within 0.0025 of the exact ring walk from 50 candidates on; exact
  /// below 50 candidates or by walking(), and k/N for k <= N/8 tries. With
  /// unusable candidates within 0.06 from 250 candidates on, and exact for one
  /// try.
  [[nodiscard]] double within(double tries) const;
  /// The tries within which the port is met with this probability; 0 if never.
  [[nodiscard]] double quantile(double probability) const;
  [[nodiscard]] double mean() const;
  /// At least the tries of one turn: what a start right behind the port, as
  /// after a hit, takes more than a random one. 0 if each try draws anew.
  [[nodiscard]] double turn() const;
  /// The tries after which the port was missed with this probability only.
  [[nodiscard]] std::uint64_t triesForMiss(double probability) const;

  /// Probability to meet the port within `seconds`. Kernels of class E start
  /// the walk anew every ten seconds, so that each try of a slow loop is a
  /// fresh one of N.
  [[nodiscard]] double overTime(double seconds, double triesPerSecond) const;
  [[nodiscard]] double meanSeconds(double triesPerSecond) const;
  [[nodiscard]] double medianSeconds(double triesPerSecond) const;

private:
  /// A share of the starts: a part of a turn, from `from` on, over which they
  /// are spread evenly; all at one place if `width` is 0. In turns.
  struct Starts {
    double share, from, width;
  };

  /// The closed form of the probability to miss.
  [[nodiscard]] double missedAfter(double tries) const;
  [[nodiscard]] double missed(double turns, const Starts &starts) const;
  /// Whether all tries of the first turn have the same chance.
  [[nodiscard]] bool isPlain() const;
  [[nodiscard]] bool startsAnew() const;

  KernelClass class_;
  unsigned candidates_;
  double turn_;   ///< tries of one turn
  double hit_;    ///< q: probability of a hit per turn
  double spread_; ///< the variance of the place after one turn, in turns
  /// Probability that the first try hits, where that differs from later ones.
  double first_ = 0;
  std::vector<Starts> starts_; ///< of those that the first try did not end
  bool independent_ = false;
  /// Where the walk was walked: the probability to miss in 0, 1, 2 ... tries.
  std::vector<double> walked_;
};

} // namespace selfconnect

#endif // SELFCONNECT_TRIES_MODEL_H
