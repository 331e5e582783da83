//===- port_range_option.h - the ephemeral port range of one socket *- C++
//-*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_REPRODUCE_PORT_RANGE_OPTION_H
#define SELFCONNECT_REPRODUCE_PORT_RANGE_OPTION_H

#include <cstdint>

namespace selfconnect::detail {

/// Cuts the range of one unbound socket down to `port`, which must be inside
/// the configured range (IP_LOCAL_PORT_RANGE, Linux 6.3). False where the
/// kernel does not know it; errno tells why.
bool narrowSocketTo(int fd, std::uint16_t port);

} // namespace selfconnect::detail

#endif // SELFCONNECT_REPRODUCE_PORT_RANGE_OPTION_H
