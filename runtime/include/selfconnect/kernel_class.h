//===- kernel_class.h - how a kernel draws source ports ------- -*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The ways in which Linux has walked the ephemeral port range, from the oldest
/// to the newest. Distributions carry changes back to older versions, so the
/// version does not tell the class: classifyStrides() tells it from the ports
/// that a few refused connections were given.
///
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_KERNEL_CLASS_H
#define SELFCONNECT_KERNEL_CLASS_H

#include "selfconnect/port_range.h"

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace selfconnect {

enum class KernelClass {
  A, ///< up to 4.1: every port, one after the other
  B, ///< 4.2 to 4.5 (07f4c90062f8): every second port; a port of the other
     ///< parity when the one below it is in use
  C, ///< 4.6 to 5.11 (1580ab63fc9a): the preferred half, then the other
  D, ///< 5.12 to 5.17 (c579bd1b4021): as C, and skips one in 1/16 of cases
  E, ///< 5.18 (ca7af0402550) and stable kernels since 2022: 1 to 8 candidates
     ///< on
  E1 ///< 6.8 (207184853dbd), a socket with IP_LOCAL_PORT_RANGE: as E, every
     ///< port
};

const char *kernelClassName(KernelClass kernelClass); ///< "A" to "E", "E1"
std::optional<KernelClass> parseKernelClass(std::string_view name);
/// How it walks, in a few words.
const char *describeKernelClass(KernelClass kernelClass);

/// How many ports in a row classifyStrides() wants: a class D that looks like C
/// has a chance of (15/16)^127, one in 3600.
constexpr unsigned calibrationTries = 128;

/// The class of the kernel that gave these source ports, in this order, to
/// tries of one unbound socket to one destination, on `range`. Nothing if they
/// fit no class, as when other connections of the machine came in between.
/// Class B looks like C on a range with an even number of ports.
std::optional<KernelClass>
classifyStrides(const std::vector<std::uint16_t> &ports,
                const PortRange &range);

} // namespace selfconnect

#endif // SELFCONNECT_KERNEL_CLASS_H
