//===- host_addresses.h - the addresses of this host -----------*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_EXEC_HOST_ADDRESSES_H
#define SELFCONNECT_EXEC_HOST_ADDRESSES_H

#include <map>
#include <string>

namespace selfconnect::detail {

/// The addresses of this host but those of the loopback interface: with what
/// keeps a socket that connects to one from meeting itself, or "". Those with a
/// scope, which do not mean the same in another network, are left out.
using HostAddresses = std::map<std::string, std::string>;
HostAddresses readHostAddresses();

/// Gives the loopback interface of the caller's network those that can be met.
/// Where it does not take one, that is what keeps a socket from it.
void takeAlong(HostAddresses &addresses);

} // namespace selfconnect::detail

#endif // SELFCONNECT_EXEC_HOST_ADDRESSES_H
