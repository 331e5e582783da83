//===- method_ports.cpp - what a method reserves, and when it is of use ---===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "method_ports.h"

namespace selfconnect::detail {
namespace {

/// Every port of the range but `port`.
void reserveOthers(ReservedPorts &reserved, const PortRange &range,
                   std::uint16_t port) {
  if (range.low < port)
    reserved.add({range.low, static_cast<std::uint16_t>(port - 1)});
  if (port < range.high)
    reserved.add({static_cast<std::uint16_t>(port + 1), range.high});
}

/// The ports with the parity of the range's low end, but `port`.
void reservePreferredHalf(ReservedPorts &reserved, const PortRange &range,
                          std::uint16_t port) {
  for (unsigned each = range.low; each <= range.high; each += 2)
    if (each != port)
      reserved.add(
          {static_cast<std::uint16_t>(each), static_cast<std::uint16_t>(each)});
}

} // namespace

std::optional<std::string> whyImpossible(const ReproduceOptions &options,
                                         const Prediction &prediction) {
  std::string port = describePort(prediction, options.port, options.range);
  if (prediction.possible == Drawable::No)
    return port;
  if (prediction.possible == Drawable::WhenExhausted &&
      options.method == Method::Natural)
    return port + "; try --method=exhausted";
  if (prediction.possible == Drawable::Yes &&
      options.method == Method::Exhausted)
    return port + ", which this method takes out of use; try --method=natural";
  return std::nullopt;
}

ReservedPorts reservedForMethod(const ReproduceOptions &options) {
  ReservedPorts reserved = options.reserved;
  switch (options.method) {
  case Method::Natural:
    break;
  case Method::Forced:
    reserveOthers(reserved, options.range, options.port);
    break;
  case Method::Exhausted:
    reservePreferredHalf(reserved, options.range, options.port);
    break;
  }
  return reserved;
}

} // namespace selfconnect::detail
