//===- method_ports.cpp - what a method reserves, and when it is of use ---===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "method_ports.h"

#include "selfconnect/error.h"

namespace selfconnect::detail {

void reserveOthers(ReservedPorts &reserved, const PortRange &range,
                   std::uint16_t port) {
  if (range.low < port)
    reserved.add({range.low, static_cast<std::uint16_t>(port - 1)});
  if (port < range.high)
    reserved.add({static_cast<std::uint16_t>(port + 1), range.high});
}

namespace {

/// The ports that are drawn from before `port` is.
void reserveEarlier(ReservedPorts &reserved, const ReproduceOptions &options) {
  Drawing drawing = drawingOf(options);
  unsigned turn = drawingTurn(options.port, options.range, drawing);
  // The last port of an odd range has the parity of the preferred half; its
  // turn comes when that half is used up.
  bool last =
      options.range.size() % 2 == 1 && options.port == options.range.high;
  for (unsigned each = options.range.low; each <= options.range.high; ++each)
    if (unsigned other = drawingTurn(each, options.range, drawing);
        each != options.port && (other < turn || (last && other == turn)))
      reserved.add(
          {static_cast<std::uint16_t>(each), static_cast<std::uint16_t>(each)});
}

} // namespace

std::optional<std::string> whyImpossible(const ReproduceOptions &options,
                                         const Prediction &prediction) {
  std::string port = describePort(prediction, options.port, options.range);
  if (prediction.possible == Drawable::No)
    return port;
  if (prediction.possible == Drawable::Unknown)
    throw InputError(
        port + ", which is not this kernel; --range=" + options.range.str() +
        " runs the loop on the same ports of this one");
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
    reserveEarlier(reserved, options);
    break;
  }
  return reserved;
}

} // namespace selfconnect::detail

namespace selfconnect {

Drawing drawingOf(const ReproduceOptions &options) {
  // A socket that is used again keeps a bound port for its first try only: the
  // kernel takes back what it chose itself.
  const bool oneTryEach =
      options.socket == SocketMode::New || options.triesPerCall == 1;
  if (!options.bindAnyPort || !oneTryEach)
    return {options.kernelClass, SourcePort::Unbound};
  return {options.kernelClass,
          options.reuseaddr ? SourcePort::BindAnyReuse : SourcePort::BindAny};
}

Prediction predictionOf(const ReproduceOptions &options) {
  return options.prediction ? *options.prediction
                            : predict(options.port, options.range,
                                      options.reserved, drawingOf(options));
}

} // namespace selfconnect
