//===- child_process.h - a child that does not outlive the command *- C++
//-*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_REPRODUCE_CHILD_PROCESS_H
#define SELFCONNECT_REPRODUCE_CHILD_PROCESS_H

#include "channel.h"

#include <functional>
#include <string>
#include <sys/types.h>

namespace selfconnect::detail {

/// Runs a function in a child process. The kernel kills the child when its
/// parent dies, whatever the parent dies of; the destructor kills and reaps it.
class ChildProcess {
public:
  /// `body` runs in the child and talks to the parent over the channel. What it
  /// throws arrives in the parent as a message {"type": "error"}; see
  /// rethrow().
  explicit ChildProcess(const std::function<void(Channel &)> &body);
  ~ChildProcess();
  ChildProcess(const ChildProcess &) = delete;
  ChildProcess &operator=(const ChildProcess &) = delete;

  [[nodiscard]] pid_t pid() const { return pid_; }
  [[nodiscard]] const Channel &channel() const { return channel_; }
  /// Throws what the body threw, if `message` is about that.
  static void rethrow(const nlohmann::ordered_json &message);
  /// Waits for the end of a child that has closed its channel and says how it
  /// ended: "exit code 0", "signal 9".
  std::string waitForEnd();

private:
  int reap();

  Channel channel_{Fd()};
  pid_t pid_ = -1;
};

} // namespace selfconnect::detail

#endif // SELFCONNECT_REPRODUCE_CHILD_PROCESS_H
