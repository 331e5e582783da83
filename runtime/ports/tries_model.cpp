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

/// The probability that a walk with these strides lands on one of `run`
/// candidates in a row, once per turn: the sum of P(stride > j) for j below
/// `run`, divided by the mean stride.
double hitPerTurn(const ports::Strides &strides, unsigned run) {
  double hit = 0;
  for (unsigned below = 0; below < run; ++below)
    for (const auto &[stride, probability] : strides)
      hit += stride > below ? probability : 0;
  return std::min(1.0, hit / ports::meanStride(strides));
}

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

TriesModel::TriesModel(unsigned candidates, KernelClass kernelClass,
                       unsigned run, double turn)
    : class_(kernelClass), candidates_(candidates) {
  const ports::Strides strides = ports::stridesOf(kernelClass);
  const double mean = ports::meanStride(strides);
  turn_ = (turn > 0 ? turn : candidates) / mean;
  hit_ = hitPerTurn(strides, run);
  double variance = 0;
  for (const auto &[stride, probability] : strides)
    variance += (stride - mean) * (stride - mean) * probability;
  spread_ = candidates > 0 ? variance / (mean * mean * turn_) : 0;
  if (candidates > 0 && candidates < closedFormFrom && run == 1)
    walked_ = tableOf(ports::RingWalk(candidates, kernelClass));
}

TriesModel TriesModel::walking(const std::vector<bool> &usable,
                               KernelClass kernelClass) {
  TriesModel model(static_cast<unsigned>(usable.size()), kernelClass);
  model.walked_ = tableOf(ports::RingWalk(usable, kernelClass));
  model.hit_ = model.within(1) * model.turn_;
  return model;
}

TriesModel TriesModel::independent(double hit) {
  TriesModel model;
  model.independent_ = hit > 0;
  model.hit_ = hit;
  return model;
}

bool TriesModel::startsAnew() const {
  return class_ == KernelClass::E || class_ == KernelClass::E1;
}

/// From a random start, the walk has passed the port x or x + 1 times, rounded
/// down, when it is x turns on: linear between whole turns. After a number of
/// tries it is not x turns on for certain, but spread about it, normally; that
/// rounds off each corner by the mean excess over it.
double TriesModel::missed(double turns) const {
  const double whole = std::floor(turns);
  double missed = std::pow(1 - hit_, whole) * (1 - (turns - whole) * hit_);
  // Not even the longest strides, 8 with a mean of 4.5, get round by then.
  constexpr double sharpUpTo = 0.5626;
  const double deviation = std::sqrt(spread_ * turns);
  if (turns < sharpUpTo || deviation == 0)
    return missed;
  constexpr double farAway = 8; // deviations: less than rounding errors
  const double first = std::max(1.0, std::ceil(turns - farAway * deviation));
  if (std::pow(1 - hit_, first - 1) < 1e-18)
    return missed;
  for (double corner = first; corner <= turns + farAway * deviation; ++corner) {
    const double away = std::abs(turns - corner) / deviation;
    missed += hit_ * hit_ * std::pow(1 - hit_, corner - 1) * deviation *
              meanExcess(away);
  }
  return missed;
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
  return 1 - missed(tries / turn_);
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
  double whole = hit_ < 1 ? std::floor(std::log(miss) / std::log1p(-hit_)) : 0;
  // Without the spread, which only adds to it.
  double low = whole + (1 - miss / std::pow(1 - hit_, whole)) / hit_;
  double high = low;
  while (missed(high) > miss)
    high += 1;
  for (int halving = 0; halving < 50; ++halving) {
    double middle = (low + high) / 2;
    (missed(middle) > miss ? low : high) = middle;
  }
  return high * turn_;
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
  return turn_ * (1 / hit_ - 0.5) + half;
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
  double perTry = hit_ / turn_;
  double perEpoch = epoch * triesPerSecond;
  if (perEpoch <= candidates_ / 8.0) // no turn is done within an epoch
    return -std::expm1(-tries * perTry);
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
  if (perEpoch <= candidates_ / 8.0)
    return turn_ / hit_ / triesPerSecond;
  // The area above the distribution: that of one epoch, over and over.
  constexpr int steps = 1000;
  double area = 0;
  for (int step = 0; step < steps; ++step)
    area += (1 - within(perEpoch * (step + 0.5) / steps)) * epoch / steps;
  return area / within(perEpoch);
}

} // namespace selfconnect
