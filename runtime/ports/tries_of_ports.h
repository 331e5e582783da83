//===- tries_of_ports.h - the model of many ports at once -------*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_PORTS_TRIES_OF_PORTS_H
#define SELFCONNECT_PORTS_TRIES_OF_PORTS_H

#include "selfconnect/prediction.h"

#include <vector>

namespace selfconnect::ports {

/// What predict() has as `tries`, for unbound sockets of class E; a port that is
/// not Drawable::Yes is never met. The reserved ports are gone through once.
std::vector<TriesModel> triesOfPorts(const std::vector<unsigned> &ports,
                                     const PortRange &range,
                                     const ReservedPorts &reserved);

} // namespace selfconnect::ports

#endif // SELFCONNECT_PORTS_TRIES_OF_PORTS_H
