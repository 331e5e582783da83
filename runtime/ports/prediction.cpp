//===- prediction.cpp - can connect() draw this port, and when ------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "selfconnect/prediction.h"

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

/// 1 + the reserved candidates directly below the port.
unsigned runBelow(unsigned port, const Ring &ring,
                  const ReservedPorts &reserved) {
  unsigned place = (port - ring.first) / ring.step;
  unsigned run = 1;
  for (; run < ring.size; ++run) {
    place = (place + ring.size - 1) % ring.size;
    if (!reserved.contains(ring.port(place)))
      break;
  }
  return run;
}

/// The candidates that take tries. A long run of reserved ones takes a single
/// try: the walk enters it 84/36 candidates deep on average and goes on one
/// behind the candidate after it; another 4.5 candidates would have taken one
/// try too.
double turnOf(const Ring &ring, const ReservedPorts &reserved,
              KernelClass kernelClass) {
  bool random = kernelClass == KernelClass::E || kernelClass == KernelClass::E1;
  const double worthATry = random ? 84.0 / 36 - 1 + 4.5 : 0;
  double turn = ring.size;
  unsigned run = 0;
  auto endRun = [&] {
    turn -= std::max(0.0, run - worthATry);
    run = 0;
  };
  unsigned last = 0;
  for (const PortRange &each : reserved.ranges())
    for (unsigned port = each.low; port <= each.high; ++port) {
      if (!ring.contains(port))
        continue;
      if (port != last + ring.step)
        endRun();
      ++run;
      last = port;
    }
  endRun();
  return std::max(turn, 1.0);
}

/// Up to here the walk itself is walked where some ports are reserved: strides
/// then count among the candidates, and it is quick.
constexpr unsigned walkedUpTo = 256;

/// From the port on, which candidates can be used.
std::vector<bool> usableFrom(unsigned port, const Ring &ring,
                             const ReservedPorts &reserved) {
  std::vector<bool> usable;
  for (unsigned place = (port - ring.first) / ring.step;
       usable.size() < ring.size; place = (place + 1) % ring.size)
    usable.push_back(!reserved.contains(ring.port(place)));
  return usable;
}

void predictTries(Prediction &prediction, unsigned port, const Ring &ring,
                  const ReservedPorts &reserved, const Drawing &drawing) {
  bool none = reserved.empty();
  unsigned run = none ? 1 : runBelow(port, ring, reserved);
  if (drawing.source == SourcePort::Unbound && !none && ring.size <= walkedUpTo)
    prediction.tries = TriesModel::walking(usableFrom(port, ring, reserved),
                                           drawing.kernelClass);
  else if (drawing.source == SourcePort::Unbound)
    prediction.tries =
        TriesModel(ring.size, drawing.kernelClass, run,
                   none ? 0 : turnOf(ring, reserved, drawing.kernelClass));
  else
    prediction.tries =
        TriesModel::independent(static_cast<double>(run) / ring.size);
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
