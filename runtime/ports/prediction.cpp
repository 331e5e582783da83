//===- prediction.cpp - can connect() draw this port, and when ------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "selfconnect/prediction.h"

#include "ring_walk.h"
#include "tries_of_ports.h"

#include <algorithm>
#include <vector>

namespace selfconnect {
namespace {

/// The candidates of the first walk as places on a ring.
struct Ring {
  unsigned first; ///< the port of place 0
  unsigned step;  ///< from place to place
  unsigned size;

  [[nodiscard]] unsigned port(unsigned place) const {
    return first + place * step;
  }
  [[nodiscard]] bool contains(unsigned each) const {
    return each >= first && (each - first) % step == 0 &&
           (each - first) / step < size;
  }
};

bool knowsHalves(const PortRange &range, const Drawing &drawing) {
  switch (drawing.kernelClass) {
  case KernelClass::A:
  case KernelClass::E1:
    return false;
  case KernelClass::B: // each turn round an odd number changes the parity
    return range.size() % 2 == 0 || range.size() == 1;
  default:
    return true;
  }
}

Ring ringOf(const PortRange &range, const Drawing &drawing) {
  // An odd number of ports leaves the last one out; see LastOfOddRange.
  unsigned half = std::max(range.size() / 2, 1U);
  unsigned second = range.low + (range.size() > 1 ? 1U : 0U);
  switch (drawing.source) {
  case SourcePort::BindAny:
    return {second, 2, half};
  case SourcePort::BindAnyReuse:
    // Below four ports the kernel looks at all of them at once.
    return {second, 2, range.size() < 4 ? half : range.size() / 4};
  case SourcePort::Unbound:
    break;
  }
  if (!knowsHalves(range, drawing))
    return {range.low, 1, range.size()};
  return {range.low, 2, half};
}

/// The probability that a walk which comes from far below meets the port, whose
/// place is the last of `usable`; the others lie below it.
double meetingIn(const std::vector<bool> &usable, KernelClass kernelClass) {
  const ports::Strides strides = ports::stridesOf(kernelClass);
  const unsigned widest = strides.back().first;
  const auto port = static_cast<unsigned>(usable.size() - 1);
  // Which candidate a try that starts at each of them takes.
  std::vector<unsigned> taken(usable.size(), port);
  for (unsigned at = port; at-- > 0;)
    taken[at] = usable[at] ? at : taken[at + 1];

  // How likely a try starts there. Behind a block that the walk cannot leave
  // but at its end, one does for certain; else it is anywhere within a stride.
  std::vector<double> start(usable.size());
  unsigned begin = 0;
  for (unsigned at = 0, length = 0; at < port; ++at) {
    length = usable[at] ? 0 : length + 1;
    if (length + 1 >= 2 * widest && usable[at + 1] && at + 2 <= port)
      begin = at + 2;
  }
  if (begin > 0)
    start[begin] = 1;
  for (const auto &[stride, probability] : strides)
    for (unsigned at = 0; begin == 0 && at < std::min(stride, port + 1); ++at)
      start[at] += probability / ports::meanStride(strides);

  double hit = 0;
  for (unsigned at = begin; at <= port; ++at)
    if (taken[at] == port)
      hit += start[at];
    else
      for (const auto &[stride, probability] : strides)
        if (unsigned to = std::max(at + stride, taken[at] + 1); to <= port)
          start[to] += start[at] * probability;
  return std::min(hit, 1.0);
}

/// Whether each candidate is reserved, by its place.
std::vector<bool> reservedPlaces(const Ring &ring,
                                 const ReservedPorts &reserved) {
  std::vector<bool> places(ring.size);
  for (const PortRange &range : reserved.ranges())
    for (unsigned port = std::max<unsigned>(range.low, ring.first);
         port <= range.high && port <= ring.port(ring.size - 1); ++port)
      if (ring.contains(port))
        places[(port - ring.first) / ring.step] = true;
  return places;
}

/// The blocks of reserved candidates, seen from the port. A long one takes a
/// single try: the walk enters it 84/36 candidates deep on average and goes on
/// one behind the candidate after it; another 4.5 candidates would have taken
/// one try too.
ReservedBlocks blocksFrom(unsigned port, const Ring &ring,
                          const std::vector<bool> &reserved,
                          KernelClass kernelClass) {
  const bool random =
      kernelClass == KernelClass::E || kernelClass == KernelClass::E1;
  const double worthATry = random ? 84.0 / 36 - 1 + 4.5 : 0;
  ReservedBlocks result;
  result.open = ring.size;
  // Downward from the port: what was passed is the way from there to the port.
  unsigned place = (port - ring.first) / ring.step;
  double distance = 1; // the port itself
  unsigned length = 0; // of the block under way
  auto endBlock = [&](bool belowPort) {
    const bool isLong = length > worthATry;
    if (belowPort)
      result.run = 1 + length;
    else if (isLong)
      result.blocks.push_back({length + 1.0, distance - 1});
    if (belowPort || isLong)
      result.open -= length + 1; // with the candidate behind it
    distance += isLong ? worthATry : length;
    length = 0;
  };
  bool belowPort = true;
  for (unsigned below = 1; below < ring.size; ++below) {
    place = (place + ring.size - 1) % ring.size;
    if (reserved[place]) {
      ++length;
      continue;
    }
    if (belowPort || length > 0)
      endBlock(belowPort);
    belowPort = false;
    ++distance;
  }
  if (belowPort || length > 0)
    endBlock(belowPort);
  result.turn = distance;

  // By then the walk has forgotten where it came from.
  const unsigned known = std::min(64U, ring.size - 1);
  std::vector<bool> usable(known + 1);
  for (unsigned at = 0; at <= known; ++at) {
    const unsigned behind = (port - ring.first) / ring.step + ring.size - known;
    usable[at] = !reserved[(behind + at) % ring.size];
  }
  result.hit = meetingIn(usable, kernelClass);
  return result;
}

/// Up to here the walk itself is walked where some ports are reserved: strides
/// then count among the candidates, and it is quick.
constexpr unsigned walkedUpTo = 256;

/// From the port on, which candidates can be used.
std::vector<bool> usableFrom(unsigned port, const Ring &ring,
                             const std::vector<bool> &reserved) {
  std::vector<bool> usable;
  for (unsigned place = (port - ring.first) / ring.step;
       usable.size() < ring.size; place = (place + 1) % ring.size)
    usable.push_back(!reserved[place]);
  return usable;
}

/// \param reserved empty where no port is.
TriesModel modelOf(unsigned port, const Ring &ring,
                   const std::vector<bool> &reserved, const Drawing &drawing) {
  const bool none = reserved.empty();
  const ReservedBlocks blocks =
      none ? ReservedBlocks()
           : blocksFrom(port, ring, reserved, drawing.kernelClass);
  if (drawing.source != SourcePort::Unbound)
    return TriesModel::independent(static_cast<double>(blocks.run) / ring.size);
  if (none)
    return TriesModel(ring.size, drawing.kernelClass);
  if (ring.size <= walkedUpTo)
    return TriesModel::walking(usableFrom(port, ring, reserved),
                               drawing.kernelClass);
  return TriesModel(ring.size, drawing.kernelClass, blocks);
}

std::vector<bool> placesIfAny(const Ring &ring, const ReservedPorts &reserved) {
  return reserved.empty() ? std::vector<bool>()
                          : reservedPlaces(ring, reserved);
}

void predictTries(Prediction &prediction, unsigned port, const Ring &ring,
                  const ReservedPorts &reserved, const Drawing &drawing) {
  prediction.tries = modelOf(port, ring, placesIfAny(ring, reserved), drawing);
  prediction.medianTries = prediction.tries.quantile(0.5);
  prediction.p99Tries = prediction.tries.quantile(0.99);
  prediction.meanTries = prediction.tries.mean();
}

DrawableReason reasonOf(unsigned port, const PortRange &range, const Ring &ring,
                        const Drawing &drawing) {
  bool drawn = ring.contains(port);
  if (drawing.source != SourcePort::Unbound) {
    if (drawn)
      return DrawableReason::BindFirst;
    return drawingTurn(port, range, drawing) < 2
               ? DrawableReason::BindOtherHalf
               : DrawableReason::BindUpperHalf;
  }
  if (drawn)
    return ring.step == 1 && ring.size > 1 ? DrawableReason::EveryPort
                                           : DrawableReason::Candidate;
  if (range.size() % 2 == 1 && port == range.high)
    return DrawableReason::LastOfOddRange;
  return drawing.kernelClass == KernelClass::B ? DrawableReason::PortBelow
                                               : DrawableReason::OtherHalf;
}

/// The prediction without the tries.
Prediction place(unsigned port, const PortRange &range, const Ring &ring,
                 const ReservedPorts &reserved, const Drawing &drawing) {
  Prediction prediction;
  prediction.kernelClass = drawing.kernelClass;
  prediction.candidates = range.otherSystem ? 0 : ring.size;
  if (!range.contains(port)) {
    prediction.reason = DrawableReason::OutsideRange;
  } else if (range.otherSystem) {
    prediction.possible = Drawable::Unknown;
    prediction.reason = DrawableReason::OtherSystem;
  } else if (reserved.contains(port)) {
    prediction.reason = DrawableReason::Reserved;
  } else {
    prediction.reason = reasonOf(port, range, ring, drawing);
    // Of three ports the walk looks at the first two only.
    bool never = prediction.reason == DrawableReason::LastOfOddRange &&
                 range.size() == 3;
    prediction.possible = ring.contains(port) ? Drawable::Yes
                          : never             ? Drawable::No
                                              : Drawable::WhenExhausted;
  }
  return prediction;
}

} // namespace

unsigned drawingTurn(unsigned port, const PortRange &range,
                     const Drawing &drawing) {
  bool otherParity = port % 2 != range.low % 2;
  switch (drawing.source) {
  case SourcePort::BindAny:
    return otherParity ? 0 : 1;
  case SourcePort::BindAnyReuse: {
    bool upper = range.size() >= 4 && port >= range.low + range.size() / 4 * 2U;
    return (upper ? 2U : 0U) + (otherParity ? 0U : 1U);
  }
  case SourcePort::Unbound:
    break;
  }
  return knowsHalves(range, drawing) && otherParity ? 1 : 0;
}

Prediction predict(unsigned port, const PortRange &range,
                   const ReservedPorts &reserved, const Drawing &drawing) {
  const Ring ring = ringOf(range, drawing);
  Prediction prediction = place(port, range, ring, reserved, drawing);
  if (prediction.possible == Drawable::Yes)
    predictTries(prediction, port, ring, reserved, drawing);
  return prediction;
}

Drawable mayDraw(unsigned port, const PortRange &range,
                 const ReservedPorts &reserved, const Drawing &drawing) {
  return place(port, range, ringOf(range, drawing), reserved, drawing).possible;
}

std::vector<TriesModel> ports::triesOfPorts(const std::vector<unsigned> &ports,
                                            const PortRange &range,
                                            const ReservedPorts &reserved) {
  const Ring ring = ringOf(range, {});
  const std::vector<bool> places = placesIfAny(ring, reserved);
  std::vector<TriesModel> models;
  for (const unsigned port : ports)
    models.push_back(mayDraw(port, range, reserved) == Drawable::Yes
                         ? modelOf(port, ring, places, {})
                         : TriesModel());
  return models;
}

std::string describePort(const Prediction &prediction, unsigned port,
                         const PortRange &range) {
  std::string subject = "port " + std::to_string(port) + " is ";
  std::string inside =
      subject + "inside the ephemeral port range " + range.str() + ", ";
  std::string low = range.low % 2 == 0 ? "even" : "odd";
  std::string other = range.low % 2 == 0 ? "odd" : "even";
  switch (prediction.reason) {
  case DrawableReason::Candidate:
    return inside + "in its preferred half";
  case DrawableReason::OutsideRange:
    return subject + "outside the ephemeral port range " + range.str();
  case DrawableReason::Reserved:
    return subject + "reserved (net.ipv4.ip_local_reserved_ports)";
  case DrawableReason::OtherHalf:
    return inside + "reached only when all " + low + " ports of it are in use";
  case DrawableReason::LastOfOddRange:
    if (prediction.possible == Drawable::No)
      return subject + "the last of the three ports " + range.str() +
             " of the ephemeral port range, which is never drawn";
    return inside + "reached only when port " + std::to_string(range.high - 2) +
           " of it is in use";
  case DrawableReason::EveryPort:
    return inside + "all of which is drawn from";
  case DrawableReason::PortBelow:
    return inside + "reached only when port " + std::to_string(port - 1) +
           " of it is in use";
  case DrawableReason::BindFirst:
    return inside + "where bind() to port 0 draws first";
  case DrawableReason::BindOtherHalf:
    return inside + "where bind() to port 0 draws only when all " + other +
           " ports of it are in use";
  case DrawableReason::BindUpperHalf:
    return inside + "where bind() to port 0 with SO_REUSEADDR draws only when "
                    "the lower half of it is in use";
  case DrawableReason::OtherSystem:
    return subject + "inside the ephemeral port range " + range.str() + " of " +
           range.otherSystem;
  }
  return subject;
}

} // namespace selfconnect
