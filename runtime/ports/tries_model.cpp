//===- tries_model.cpp - how many tries until the hit ---------------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "selfconnect/tries_model.h"

#include "ring_walk.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace selfconnect {
namespace {

/// Below, strides span much of the ring, and the walk itself is short.
constexpr unsigned closedFormFrom = 50;

/// After which time, in seconds, class E starts its walk anew.
constexpr double epoch = 10;

/// By how much a standard normal number exceeds `limit` on average, counted as
/// 0 where it does not.
double meanExcess(double limit) {
  constexpr double pi = 3.14159265358979323846;
  return std::exp(-limit * limit / 2) / std::sqrt(2 * pi) -
         limit * std::erfc(limit / std::sqrt(2.0)) / 2;
}

/// The probability to miss in 0, 1, 2 ... tries.
std::vector<double> tableOf(ports::RingWalk walk) {
  constexpr double nothing = 1e-15;
  std::vector<double> missed = {1};
  while (missed.back() > nothing)
    missed.push_back(walk.step());
  return missed;
}

} // namespace

TriesModel::TriesModel(unsigned candidates, KernelClass kernelClass)
    : TriesModel(candidates, kernelClass, ReservedBlocks()) {
  if (candidates > 0 && candidates < closedFormFrom)
    walked_ = tableOf(ports::RingWalk(candidates, kernelClass));
}

TriesModel::TriesModel(unsigned candidates, KernelClass kernelClass,
                       const ReservedBlocks &reserved)
    : class_(kernelClass), candidates_(candidates) {
  const ports::Strides strides = ports::stridesOf(kernelClass);
  const double mean = ports::meanStride(strides);
  const double turn = reserved.turn > 0 ? reserved.turn : candidates;
  turn_ = turn / mean;
  hit_ = reserved.turn > 0 ? reserved.hit : 1 / mean;
  double variance = 0;
  for (const auto &[stride, probability] : strides)
    variance += (stride - mean) * (stride - mean) * probability;
  spread_ = candidates > 0 ? variance / (mean * mean * turn_) : 0;
  if (reserved.turn <= 0) {
    starts_ = {{1, 0, 1}};
    return;
  }
  first_ = reserved.run / static_cast<double>(candidates);
  starts_ = {{reserved.open / candidates, 0, reserved.open / turn}};
  for (const ReservedBlocks::Block &block : reserved.blocks)
    starts_.push_back({block.starts / candidates, block.distance / turn, 0});
}

TriesModel TriesModel::walking(const std::vector<bool> &usable,
                               KernelClass kernelClass) {
  TriesModel model(static_cast<unsigned>(usable.size()), kernelClass);
  model.walked_ = tableOf(ports::RingWalk(usable, kernelClass));
  return model;
}

TriesModel TriesModel::independent(double hit) {
  TriesModel model;
  model.independent_ = hit > 0;
  model.hit_ = hit;
  return model;
}

bool TriesModel::isPlain() const { return first_ == 0 && walked_.empty(); }

bool TriesModel::startsAnew() const {
  return class_ == KernelClass::E || class_ == KernelClass::E1;
}

/// Each turn on which the walk passes the port leaves 1 - q of what was missed
/// so far. From starts that are spread over a part of a turn, it passes the
/// port evenly over that part: linear between two corners per turn. After a
/// number of tries it is not `turns` on for certain, but spread about it,
/// normally; that rounds off each corner by the mean excess over it, and a step
/// alike.
double TriesModel::missed(double turns, const Starts &starts) const {
  turns -= starts.from;
  const double whole = std::max(std::floor(turns), 0.0);
  double part = turns >= 0 ? 1 : 0; // of the turn under way
  if (starts.width > 0)
    part = std::clamp((turns - whole) / starts.width, 0.0, 1.0);
  double missed = std::pow(1 - hit_, whole) * (1 - part * hit_);
  // Not even the longest strides, 8 with a mean of 4.5, get round by then.
  constexpr double sharpUpTo = 0.5626;
  const double deviation = std::sqrt(spread_ * (turns + starts.from));
  if ((starts.width > 0 && turns < sharpUpTo * starts.width) || deviation == 0)
    return missed;
  constexpr double farAway = 8; // deviations: less than rounding errors
  const double first =
      std::max(0.0, std::ceil(turns - farAway * deviation - 1));
  for (double turn = first; turn <= turns + farAway * deviation; ++turn) {
    const double passed = hit_ * std::pow(1 - hit_, turn);
    if (passed < 1e-18)
      break;
    if (starts.width > 0) {
      // The slope sets in at `turn`, but for the first, and ends `width` on.
      auto corner = [&](double at) {
        return deviation * meanExcess(std::abs(turns - at) / deviation);
      };
      missed += passed / starts.width *
                (corner(turn + starts.width) - (turn > 0 ? corner(turn) : 0));
    } else {
      const double away = (turns - turn) / deviation;
      const double behind = std::erfc(-away / std::sqrt(2.0)) / 2;
      missed += passed * ((turns >= turn ? 1 : 0) - behind);
    }
  }
  return missed;
}

double TriesModel::missedAfter(double tries) const {
  if (first_ == 0)
    return missed(tries / turn_, starts_.front());
  if (tries <= 1)
    return 1 - first_ * tries;
  double sum = 0;
  for (const Starts &starts : starts_)
    sum += starts.share * missed((tries - 1) / turn_, starts);
  return sum;
}

double TriesModel::within(double tries) const {
  if (!(tries > 0))
    return 0;
  if (independent_)
    return -std::expm1(tries * std::log1p(-std::min(hit_, 1.0)));
  if (candidates_ == 0)
    return 0;
  if (!walked_.empty()) {
    const double last = static_cast<double>(walked_.size() - 1);
    return 1 - walked_[static_cast<std::size_t>(std::min(tries, last))];
  }
  return 1 - missedAfter(tries);
}

double TriesModel::quantile(double probability) const {
  double miss = 1 - probability;
  if (independent_)
    return hit_ >= 1 ? 1 : std::log(miss) / std::log1p(-hit_);
  if (candidates_ == 0)
    return 0;
  if (!walked_.empty()) {
    auto enough = std::find_if(walked_.begin(), walked_.end() - 1,
                               [&](double missed) { return missed <= miss; });
    return static_cast<double>(enough - walked_.begin());
  }
  double low = 0;
  double high = 1;
  while (missedAfter(high) > miss) {
    low = high;
    high *= 2;
  }
  for (int halving = 0; halving < 60; ++halving) {
    double middle = (low + high) / 2;
    (missedAfter(middle) > miss ? low : high) = middle;
  }
  return high;
}

double TriesModel::mean() const {
  if (independent_)
    return 1 / hit_;
  if (candidates_ == 0)
    return 0;
  // The sum over all t >= 0 of the probability to need more than t.
  if (!walked_.empty())
    return std::accumulate(walked_.begin(), walked_.end(), 0.0);
  // A uniform number of 1 to N has the mean (N + 1) / 2, for one.
  double half = hit_ < 1 ? 0 : 0.5;
  if (first_ == 0)
    return turn_ * (1 / hit_ - 0.5) + half;
  double mean = 1;
  for (const Starts &starts : starts_)
    mean += starts.share *
            (turn_ * (starts.from + starts.width / 2 + 1 / hit_ - 1) + half);
  return mean;
}

double TriesModel::turn() const { return independent_ ? 0 : turn_; }

std::uint64_t TriesModel::triesForMiss(double probability) const {
  return static_cast<std::uint64_t>(
      std::max(1.0, std::ceil(quantile(1 - probability))));
}

double TriesModel::overTime(double seconds, double triesPerSecond) const {
  if (candidates_ == 0 && !independent_)
    return 0;
  double tries = seconds * triesPerSecond;
  if (!startsAnew() || independent_)
    return within(tries);
  double perEpoch = epoch * triesPerSecond;
  if (perEpoch <= 1) // each try is the first one of its walk
    return -std::expm1(tries * std::log1p(-within(1)));
  if (isPlain() && perEpoch <= candidates_ / 8.0) // no turn within an epoch
    return -std::expm1(-tries * hit_ / turn_);
  double epochs = std::floor(seconds / epoch);
  return 1 - std::pow(1 - within(perEpoch), epochs) *
                 (1 - within(tries - epochs * perEpoch));
}

double TriesModel::medianSeconds(double triesPerSecond) const {
  double low = 0;
  double high = 1;
  while (overTime(high, triesPerSecond) < 0.5)
    high *= 2;
  for (int halving = 0; halving < 60; ++halving) {
    double middle = (low + high) / 2;
    (overTime(middle, triesPerSecond) < 0.5 ? low : high) = middle;
  }
  return high;
}

double TriesModel::meanSeconds(double triesPerSecond) const {
  if (!startsAnew() || independent_)
    return mean() / triesPerSecond;
  double perEpoch = epoch * triesPerSecond;
  if (perEpoch <= 1)
    return 1 / within(1) / triesPerSecond;
  if (isPlain() && perEpoch <= candidates_ / 8.0)
    return turn_ / hit_ / triesPerSecond;
  // The area above the distribution: that of one epoch, over and over.
  constexpr int steps = 1000;
  double area = 0;
  for (int step = 0; step < steps; ++step)
    area += (1 - within(perEpoch * (step + 0.5) / steps)) * epoch / steps;
  return area / within(perEpoch);
}

} // namespace selfconnect
