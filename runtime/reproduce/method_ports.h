//===- method_ports.h - what a method reserves, and when it is of use *- C++
//-*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_REPRODUCE_METHOD_PORTS_H
#define SELFCONNECT_REPRODUCE_METHOD_PORTS_H

#include "selfconnect/reproduce.h"

#include <optional>
#include <string>

namespace selfconnect::detail {

/// Why the method cannot bring the port up, in one line, or nothing if it can.
std::optional<std::string> whyImpossible(const ReproduceOptions &options,
                                         const Prediction &prediction);

/// Reserves every port of the range but `port`.
void reserveOthers(ReservedPorts &reserved, const PortRange &range,
                   std::uint16_t port);

/// The configured reserved ports and those that the method adds.
ReservedPorts reservedForMethod(const ReproduceOptions &options);

} // namespace selfconnect::detail

#endif // SELFCONNECT_REPRODUCE_METHOD_PORTS_H
