//===- late_server.h - the server that starts after its client --*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_EXEC_LATE_SERVER_H
#define SELFCONNECT_EXEC_LATE_SERVER_H

#include "sandbox/fd.h"

#include <cstdint>
#include <optional>
#include <poll.h>
#include <string>
#include <vector>

namespace selfconnect::detail {

/// Listens on a port of all addresses, IPv4 and IPv6, with SO_REUSEADDR as
/// servers do; reads what comes, and answers nothing. Never blocks.
class LateServer {
public:
  explicit LateServer(std::uint16_t port) : port_(port) {}

  /// Tries to listen, unless it does so already.
  void tryToStart(double now);
  /// What to wait for.
  void addTo(std::vector<pollfd> &waits) const;
  /// Accepts and reads what there is.
  void serve();

  [[nodiscard]] std::optional<double> listeningSince() const { return since_; }
  /// Why it could not listen the first time: "EADDRINUSE"; else "".
  [[nodiscard]] const std::string &refusal() const { return refusal_; }
  [[nodiscard]] unsigned connections() const { return accepted_; }

private:
  std::uint16_t port_;
  Fd listener_;
  std::vector<Fd> clients_;
  std::optional<double> since_;
  std::string refusal_;
  unsigned accepted_ = 0;
};

} // namespace selfconnect::detail

#endif // SELFCONNECT_EXEC_LATE_SERVER_H
