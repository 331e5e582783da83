//===- sandboxed_program.h - the program and all its children ---*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_EXEC_SANDBOXED_PROGRAM_H
#define SELFCONNECT_EXEC_SANDBOXED_PROGRAM_H

#include "exec.h"
#include "system_calls.h"

#include <optional>
#include <sys/types.h>
#include <vector>

namespace selfconnect::detail {

/// Who the program is to be, and which signals it is to find ignored.
struct ProgramSetting {
  bool userNamespace = false;
  uid_t user = 0;
  gid_t group = 0;
  std::vector<int> ignoredSignals;
};

/// Runs the program in a process namespace of its own: whatever it starts ends
/// with it, by whatever way we end.
class SandboxedProgram {
public:
  SandboxedProgram(const ExecOptions &options, const ProgramSetting &setting);
  ~SandboxedProgram() { end(); }
  SandboxedProgram(const SandboxedProgram &) = delete;
  SandboxedProgram &operator=(const SandboxedProgram &) = delete;

  /// Its system calls; without a descriptor where the system refuses.
  SystemCallListener &systemCalls() { return systemCalls_; }
  /// Readable when the program has ended, and again when all has.
  [[nodiscard]] int eventFd() const { return events_.get(); }
  /// Reads one event. \returns false once no process is left.
  bool readEvent();
  /// What waitpid() says of the program; nothing while it runs.
  [[nodiscard]] std::optional<int> status() const { return status_; }
  /// Its processes that are alive, with all their children.
  [[nodiscard]] std::vector<pid_t> processes() const;
  /// Sends the signal to each of them.
  void signalAll(int signal) const;
  /// Kills what is left.
  void end();

private:
  pid_t init_ = -1;
  Fd events_;
  SystemCallListener systemCalls_{Fd()};
  std::optional<int> status_;
};

} // namespace selfconnect::detail

#endif // SELFCONNECT_EXEC_SANDBOXED_PROGRAM_H
