//===- channel.h - messages between the command and its child process *- C++
//-*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// One end of a socket pair that keeps message boundaries. Each message is one
/// JSON object.
///
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_SANDBOX_CHANNEL_H
#define SELFCONNECT_SANDBOX_CHANNEL_H

#include "fd.h"

#include <nlohmann/json.hpp>

#include <chrono>
#include <optional>

namespace selfconnect::detail {

class Channel {
public:
  explicit Channel(Fd fd) : fd_(std::move(fd)) {}

  /// Waits for room. Nothing happens when the other end is gone.
  void send(const nlohmann::ordered_json &message) const;

  enum class Status { Message, Closed, TimedOut };
  /// Waits for a message, at most `timeout` if one is given.
  Status receive(nlohmann::ordered_json &message,
                 std::optional<std::chrono::milliseconds> timeout) const;

  /// To wait for it together with others.
  [[nodiscard]] int fd() const { return fd_.get(); }

private:
  Fd fd_;
};

} // namespace selfconnect::detail

#endif // SELFCONNECT_SANDBOX_CHANNEL_H
