//===- child_pool.h - several programs at a time ----------------*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef SELFCONNECT_SCAN_CHILD_POOL_H
#define SELFCONNECT_SCAN_CHILD_POOL_H

#include <chrono>
#include <csignal>
#include <list>
#include <string>
#include <sys/types.h>
#include <vector>

namespace selfconnect::scan {

/// SIGINT, SIGTERM or SIGHUP came while programs ran.
struct Interrupted {
  int signal;
};

/// A program to run; its output goes to files.
struct Program {
  std::vector<std::string> arguments; ///< a path first
  std::string outputFile;
  std::string errorFile;
  std::chrono::milliseconds timeout{0}; ///< 0: none
};

/// How it ended.
struct Ended {
  std::size_t id;    ///< as it was started with
  int status = 0;    ///< of waitpid()
  bool late = false; ///< it was ended for its time
};

/// While it lives, interrupts come to its owner as exceptions, and each program
/// ends with it, however it ends. Each is the head of a process group: what it
/// may start ends with it.
class ChildPool {
public:
  ChildPool();
  ChildPool(const ChildPool &) = delete;
  ChildPool &operator=(const ChildPool &) = delete;
  ~ChildPool();

  /// Throws EnvironmentError where it cannot be started.
  void start(std::size_t id, const Program &program);
  [[nodiscard]] std::size_t running() const { return children_.size(); }

  /// Waits for the next one to end. Throws Interrupted.
  Ended next();

private:
  using Clock = std::chrono::steady_clock;
  struct Child {
    std::size_t id;
    pid_t pid;
    Clock::time_point deadline;
    bool late = false;
  };

  void wait();
  void endLate();

  std::list<Child> children_;
  sigset_t awaited_;
  sigset_t before_;
};

} // namespace selfconnect::scan

#endif // SELFCONNECT_SCAN_CHILD_POOL_H
