//===- child_process.h - a child that does not outlive the command *- C++
//-*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_SANDBOX_CHILD_PROCESS_H
#define SELFCONNECT_SANDBOX_CHILD_PROCESS_H

#include "channel.h"

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <sys/types.h>
#include <vector>

namespace selfconnect::detail {

/// Runs a function in a child process. The kernel kills the child when its
/// parent dies, whatever the parent dies of; the destructor kills and reaps it.
class ChildProcess {
public:
  /// `body` runs in the child and talks to the parent over the channel. What it
  /// throws, await() throws.
  explicit ChildProcess(const std::function<void(Channel &)> &body);
  ~ChildProcess();
  ChildProcess(const ChildProcess &) = delete;
  ChildProcess &operator=(const ChildProcess &) = delete;

  [[nodiscard]] pid_t pid() const { return pid_; }
  [[nodiscard]] const Channel &channel() const { return channel_; }

  using Clock = std::chrono::steady_clock;
  /// The child's next message; nothing at the deadline, if there is one. Throws
  /// what the body threw, and EnvironmentError where the child ends without a
  /// message; `step` says what it was for: "run the loop".
  std::optional<nlohmann::ordered_json>
  await(const char *step, std::optional<Clock::time_point> deadline = {});
  /// The message of a child that has one to tell.
  nlohmann::ordered_json awaitResult(const char *step);

private:
  int reap();
  /// How it ended: "exit code 0", "signal 9".
  std::string waitForEnd();

  Channel channel_{Fd()};
  pid_t pid_ = -1;
};

/// Waits until one of the children has a message or has ended: the places in
/// `children` of those for whom await() does not wait.
std::vector<std::size_t>
awaitAny(const std::vector<const ChildProcess *> &children);

} // namespace selfconnect::detail

#endif // SELFCONNECT_SANDBOX_CHILD_PROCESS_H
