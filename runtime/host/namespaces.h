//===- namespaces.h - the network namespaces of this host -------*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Each network namespace has its own table of sockets, its own port range and
/// its own reserved ports. One other than the caller's is read in a child that
/// enters it; nothing in it is changed.
///
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_HOST_NAMESPACES_H
#define SELFCONNECT_HOST_NAMESPACES_H

#include "sock_diag.h"

#include "selfconnect/port_range.h"
#include "selfconnect/reserved_ports.h"

#include <cstdint>
#include <string>
#include <sys/types.h>
#include <vector>

namespace selfconnect::detail {

struct NamespacePlace {
  std::uint64_t inode = 0; ///< 0 for the caller's own
  std::string path;        ///< of the file to enter it by
  std::string name;        ///< by `ip netns`; empty without one
  pid_t pid = 0;           ///< a process in it; 0: none was seen
};

/// The caller's own first, then those of `processes` and of `ip netns`.
/// \param unseen how many processes could not be asked for theirs.
std::vector<NamespacePlace> findNamespaces(const std::vector<pid_t> &processes,
                                           unsigned &unseen);

struct NamespaceTable {
  PortRange range;
  ReservedPorts reserved;
  /// Listeners on a port of the range, and sockets connected to themselves.
  std::vector<DiagSocket> sockets;
  bool ipv4 = false, ipv6 = false; ///< whether that table was read
  /// Where the namespace was entered by way of its user namespace, the users
  /// of its sockets are those of that one, and unknown here.
  bool usersKnown = true;
  std::vector<std::string> errors; ///< what could not be read, and why
};

NamespaceTable readNamespace(const NamespacePlace &place);

} // namespace selfconnect::detail

#endif // SELFCONNECT_HOST_NAMESPACES_H
