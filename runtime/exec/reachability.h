//===- reachability.h - whether a try can meet itself ----------*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_EXEC_REACHABILITY_H
#define SELFCONNECT_EXEC_REACHABILITY_H

#include "host_addresses.h"
#include "system_calls.h"

#include <cstdint>
#include <map>
#include <set>
#include <string>

namespace selfconnect::detail {

/// Knows what the program has bound, and what there is to connect to.
class Reachability {
public:
  Reachability(std::uint16_t port, HostAddresses addresses)
      : port_(port), addresses_(std::move(addresses)) {}

  /// A thread is held at the start of bind().
  void takeBind(const SystemCall &call, int socket);
  /// A thread is held at the start of connect() to the port. Makes a try of its
  /// own where the socket has been bound to port 0: the kernel has given it
  /// another port, for its first try only; the program's then draws as all
  /// others do.
  /// \returns why the try cannot meet itself, or "".
  std::string takeConnect(const SystemCall &call, int socket);
  /// Of a connect() to another port, by whatever protocol.
  void takeOther(const SystemCall &call);

  /// What the program wanted of a network, which there is none of:
  /// "192.0.2.7:80"; or "".
  [[nodiscard]] const std::string &wanted() const { return wanted_; }
  /// How many tries of our own were made.
  [[nodiscard]] std::int64_t ownTries() const { return ownTries_; }

private:
  bool isLocal(const std::string &host);
  std::string whyNotAt(const std::string &host, int socket);
  void spendPort(const SystemCall &call, int socket);

  std::uint16_t port_;
  HostAddresses addresses_;
  std::map<std::uint64_t, std::uint16_t> bound_; ///< ports asked for, by inode
  std::set<std::string> local_;
  std::string wanted_;
  std::int64_t ownTries_ = 0;
};

} // namespace selfconnect::detail

#endif // SELFCONNECT_EXEC_REACHABILITY_H
