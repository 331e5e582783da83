//===- prediction.cpp - can connect() draw this port, and when ------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "selfconnect/prediction.h"

#include "ring_walk.h"

#include <algorithm>
#include <cmath>

namespace selfconnect {
namespace {

/// From this many candidates on the closed form is within 0.25 % of the exact
/// walk.
constexpr unsigned closedFormFrom = 50;

/// One turn around the ring takes candidates / meanStride tries and meets a
/// given candidate with probability 1 / meanStride, independently of the turns
/// before: strides of 1 to 8, each as likely.
constexpr double meanStride = 4.5;
constexpr double missPerTurn = 1 - 1 / meanStride;

/// The number of tries within which the port is met with `probability`.
double closedFormQuantile(double probability, unsigned candidates) {
  double miss = 1 - probability;
  double turns = std::floor(std::log(miss) / std::log(missPerTurn));
  double rest = (1 - miss / std::pow(missPerTurn, turns)) * meanStride;
  return (turns + rest) * candidates / meanStride;
}

void predictTries(Prediction &prediction) {
  unsigned candidates = prediction.candidates;
  if (candidates >= closedFormFrom) {
    prediction.medianTries = closedFormQuantile(0.5, candidates);
    prediction.p99Tries = closedFormQuantile(0.99, candidates);
    prediction.meanTries = candidates * (8.0 / 9.0);
    return;
  }
  prediction.medianTries =
      static_cast<double>(ports::RingWalk(candidates).triesUntilMissed(0.5));
  prediction.p99Tries =
      static_cast<double>(ports::RingWalk(candidates).triesUntilMissed(0.01));
  // The mean is the sum over all t >= 0 of the probability to need more than t.
  ports::RingWalk walk(candidates);
  for (prediction.meanTries = 1; walk.step() > 1e-12;)
    prediction.meanTries += walk.missed();
}

} // namespace

Prediction predict(unsigned port, const PortRange &range,
                   const ReservedPorts &reserved) {
  Prediction prediction;
  // An odd number of ports leaves the last one out; see LastOfOddRange.
  prediction.candidates = std::max(range.size() / 2, 1U);
  bool preferred = port % 2 == range.low % 2;
  bool last = range.size() % 2 == 1 && range.size() > 1 && port == range.high;

  if (!range.contains(port)) {
    prediction.reason = DrawableReason::OutsideRange;
  } else if (reserved.contains(port)) {
    prediction.reason = DrawableReason::Reserved;
  } else if (last) {
    // Of three ports the walk looks at the first two only.
    prediction.possible =
        range.size() == 3 ? Drawable::No : Drawable::WhenExhausted;
    prediction.reason = DrawableReason::LastOfOddRange;
  } else if (!preferred) {
    prediction.possible = Drawable::WhenExhausted;
    prediction.reason = DrawableReason::OtherHalf;
  } else {
    prediction.possible = Drawable::Yes;
    prediction.reason = DrawableReason::Candidate;
    predictTries(prediction);
  }
  return prediction;
}

std::string describePort(const Prediction &prediction, unsigned port,
                         const PortRange &range) {
  std::string subject = "port " + std::to_string(port) + " is ";
  std::string inside =
      subject + "inside the ephemeral port range " + range.str() + ", ";
  switch (prediction.reason) {
  case DrawableReason::Candidate:
    return inside + "in its preferred half";
  case DrawableReason::OutsideRange:
    return subject + "outside the ephemeral port range " + range.str();
  case DrawableReason::Reserved:
    return subject + "reserved (net.ipv4.ip_local_reserved_ports)";
  case DrawableReason::OtherHalf:
    return inside + "reached only when all " +
           (range.low % 2 == 0 ? "even" : "odd") + " ports of it are in use";
  case DrawableReason::LastOfOddRange:
    if (prediction.possible == Drawable::No)
      return subject + "the last of the three ports " + range.str() +
             " of the ephemeral port range, which is never drawn";
    return inside + "reached only when port " + std::to_string(range.high - 2) +
           " of it is in use";
  }
  return subject;
}

double probabilityWithin(double tries, unsigned candidates) {
  if (candidates == 0 || !(tries > 0))
    return 0;
  if (candidates < closedFormFrom) {
    ports::RingWalk walk(candidates);
    for (double done = 1; done <= tries && walk.missed() > 1e-15; ++done)
      walk.step();
    return 1 - walk.missed();
  }
  double turns = tries * meanStride / candidates;
  double whole = std::floor(turns);
  return 1 - std::pow(missPerTurn, whole) * (1 - (turns - whole) / meanStride);
}

double probabilityOverTime(double seconds, double triesPerSecond,
                           unsigned candidates) {
  if (candidates == 0)
    return 0;
  return -std::expm1(-seconds * triesPerSecond / candidates);
}

std::uint64_t triesForMissProbability(double missProbability,
                                      unsigned candidates) {
  if (candidates < closedFormFrom)
    return ports::RingWalk(candidates).triesUntilMissed(missProbability);
  return static_cast<std::uint64_t>(
      std::ceil(closedFormQuantile(1 - missProbability, candidates)));
}

} // namespace selfconnect
