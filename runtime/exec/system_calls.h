//===- system_calls.h - be told of a program's system calls -----*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

///
/// \file
/// A seccomp filter with user notification (seccomp_unotify(2), Linux 5.5): the
/// kernel holds the program at the start of bind(), connect(), of what
/// receives, and of what ends a connection, tells us, and lets it go on. It
/// works for any program, static ones and those in Go too, and changes nothing
/// that the program can see.
///
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_EXEC_SYSTEM_CALLS_H
#define SELFCONNECT_EXEC_SYSTEM_CALLS_H

#include "sandbox/fd.h"

#include <cstdint>
#include <optional>
#include <string>
#include <sys/types.h>

namespace selfconnect::detail {

/// Installs the filter for the calling process and all its children.
/// \returns the descriptor to listen on, or -1 where the system refuses.
int filterSystemCalls();

/// close() of a descriptor beyond is not held: programs that close all they
/// might have would take minutes for it.
constexpr int lastHeldDescriptor = 4095;

struct SystemCall {
  enum class Kind {
    Bind,
    Connect,
    Receive,  ///< or another call that leaves the socket connected
    Shutdown, ///< of its writing half, at least
    Close,    ///< of `fd` to `lastFd`, by whatever call does it
    Execute,
    Exit
  };
  Kind kind = Kind::Close;
  pid_t tid = 0;
  int fd = -1;
  int lastFd = -1;
  /// dup2(): the descriptor that must be open for it to close another.
  std::optional<int> from;
  /// Bind, Connect: the address, as the program gives it.
  int family = 0;
  std::string host; ///< "127.0.0.1"; empty where it is none of IPv4 or IPv6
  std::uint16_t port = 0;
  int exitCode = 0; ///< Exit
};

class SystemCallListener {
public:
  explicit SystemCallListener(Fd listener) : listener_(std::move(listener)) {}

  [[nodiscard]] int get() const { return listener_.get(); }
  /// The call at whose start a thread is held now. Nothing if the thread has
  /// been interrupted meanwhile.
  std::optional<SystemCall> receive();
  /// Lets the thread of the last call go on.
  void letGo() const;

private:
  Fd listener_;
  std::uint64_t id_ = 0;
};

} // namespace selfconnect::detail

#endif // SELFCONNECT_EXEC_SYSTEM_CALLS_H
