//===- stage.h - where the cases of explain are played -------- -*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_REPRODUCE_STAGE_H
#define SELFCONNECT_REPRODUCE_STAGE_H

#include "sandbox/fd.h"
#include "sandbox/socket_address.h"
#include "selfconnect/port_range.h"
#include "selfconnect/reserved_ports.h"

#include <string>
#include <vector>

namespace selfconnect::detail {

SocketAddress at(const std::string &host, unsigned port);
PortRange ports(unsigned low, unsigned high);

/// A socket bound to the address; for a listening one see listenOn().
Fd bindTo(const SocketAddress &address);
Fd listenOn(const SocketAddress &address);
/// A connection, from `source` if that is given.
Fd connectTo(const SocketAddress &target,
             const SocketAddress *source = nullptr);
Fd acceptFrom(const Fd &listener);

/// Has a process of its own hold these, as its only holder, and kills it: what
/// the kernel does then is what it does for a server that is killed.
void killHolderOf(std::vector<Fd> fds);

struct Happening {
  bool selfConnected = false;
  std::string detail;
};
/// Some tries of a client, a new socket each, from `source` if that is given.
Happening tryToMeet(const SocketAddress &target,
                    const SocketAddress *source = nullptr);

} // namespace selfconnect::detail

#endif // SELFCONNECT_REPRODUCE_STAGE_H
