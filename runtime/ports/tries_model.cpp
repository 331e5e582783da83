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

} // namespace

TriesModel::TriesModel(unsigned candidates, KernelClass kernelClass,
                       unsigned run, double turn)
    : class_(kernelClass), candidates_(candidates), run_(run),
      turn_((turn > 0 ? turn : candidates) /
            ports::meanStride(ports::stridesOf(kernelClass))),
      hit_(hitPerTurn(ports::stridesOf(kernelClass), run)) {}

TriesModel TriesModel::independent(double hit) {
  TriesModel model;
  model.independent_ = hit > 0;
  model.hit_ = hit;
  return model;
}

bool TriesModel::walksExactly() const {
  return !independent_ && candidates_ < closedFormFrom && run_ == 1;
}

bool TriesModel::startsAnew() const {
  return class_ == KernelClass::E || class_ == KernelClass::E1;
}

double TriesModel::within(double tries) const {
  if (!(tries > 0))
    return 0;
  if (independent_)
    return -std::expm1(tries * std::log1p(-std::min(hit_, 1.0)));
  if (candidates_ == 0)
    return 0;
  if (walksExactly()) {
    ports::RingWalk walk(candidates_, class_);
    for (double done = 1; done <= tries && walk.missed() > 1e-15; ++done)
      walk.step();
    return 1 - walk.missed();
  }
  double turns = tries / turn_;
  double whole = std::floor(turns);
  return 1 - std::pow(1 - hit_, whole) * (1 - (turns - whole) * hit_);
}

double TriesModel::quantile(double probability) const {
  double miss = 1 - probability;
  if (independent_)
    return hit_ >= 1 ? 1 : std::log(miss) / std::log1p(-hit_);
  if (candidates_ == 0)
    return 0;
  if (walksExactly())
    return static_cast<double>(
        ports::RingWalk(candidates_, class_).triesUntilMissed(miss));
  double whole = hit_ < 1 ? std::floor(std::log(miss) / std::log1p(-hit_)) : 0;
  return (whole + (1 - miss / std::pow(1 - hit_, whole)) / hit_) * turn_;
}

double TriesModel::mean() const {
  if (independent_)
    return 1 / hit_;
  if (candidates_ == 0)
    return 0;
  if (!walksExactly()) {
    // A uniform number of 1 to N has the mean (N + 1) / 2, for one.
    double half = hit_ < 1 ? 0 : 0.5;
    return turn_ * (1 / hit_ - 0.5) + half;
  }
  // The sum over all t >= 0 of the probability to need more than t.
  ports::RingWalk walk(candidates_, class_);
  double mean = 1;
  while (walk.step() > 1e-12)
    mean += walk.missed();
  return mean;
}

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
