//===- prediction.h - can connect() draw this port, and when ----*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Which ports connect() draws as source ports, and how many tries a retry loop
/// needs on a quiet host until it draws the port that it connects to.
///
/// The model follows __inet_hash_connect() in net/ipv4/inet_hashtables.c: the
/// ports with the parity of the range's low end are walked first (the preferred
/// half), the other half only when none of the first is usable (Linux 4.6 and
/// later, commit 1580ab63fc9a); the walk moves on by 1 to 8 candidates per try
/// (5.18 and later and the stable kernels since mid-2022, commit ca7af0402550:
/// kernel class E).
///
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_PREDICTION_H
#define SELFCONNECT_PREDICTION_H

#include "selfconnect/port_range.h"
#include "selfconnect/reserved_ports.h"

#include <cstdint>
#include <string>

namespace selfconnect {

/// Whether a socket that connects without a bound port can be given a port.
enum class Drawable {
  No,            ///< outside the range, or reserved
  WhenExhausted, ///< only when every port considered before it is in use
  Yes,           ///< a candidate of the first walk
};

/// Why.
enum class DrawableReason {
  Candidate,     ///< Drawable::Yes
  OutsideRange,  ///< below low or above high
  Reserved,      ///< in the reserved list
  OtherHalf,     ///< other parity than the range's low end
  LastOfOddRange ///< the high end of a range with an odd number of ports: drawn
                 ///< only when the port two below it is unusable, of
                 ///< three ports never
};

struct Prediction {
  Drawable possible = Drawable::No;
  DrawableReason reason = DrawableReason::OutsideRange;
  /// Candidates of the first walk, N; reserved ports are not taken off.
  unsigned candidates = 0;
  /// Tries until the self-connect on a quiet host, from a random start of the
  /// walk. 0 unless possible is Yes.
  double medianTries = 0;
  double meanTries = 0;
  double p99Tries = 0;
};

/// The prediction for kernel class E.
Prediction predict(unsigned port, const PortRange &range,
                   const ReservedPorts &reserved);

/// One line: "port 33334 is inside the ephemeral port range 32768-60999, in its
/// preferred half".
std::string describePort(const Prediction &prediction, unsigned port,
                         const PortRange &range);

/// Probability, 0 to 1, that `tries` tries in a row from a random start meet a
/// port that is one of `candidates` candidates. Closed form, within 0.25 % of
/// the exact ring walk from 50 candidates on; exact k/N for tries <= N/8. For
/// fewer than 50 candidates the exact walk is used.
double probabilityWithin(double tries, unsigned candidates);

/// Probability that a client which tries `triesPerSecond` times a second meets
/// the port within `seconds`, for slow loops (a try every millisecond or
/// rarer): the kernel re-salts the walk every 10 s, so each try is a fresh 1/N.
double probabilityOverTime(double seconds, double triesPerSecond,
                           unsigned candidates);

/// Number of tries after which a self-connect was missed with a probability of
/// `missProbability` only.
std::uint64_t triesForMissProbability(double missProbability,
                                      unsigned candidates);

} // namespace selfconnect

#endif // SELFCONNECT_PREDICTION_H
