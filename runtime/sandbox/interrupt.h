//===- interrupt.h - Ctrl-C leaves no process behind ------------*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_SANDBOX_INTERRUPT_H
#define SELFCONNECT_SANDBOX_INTERRUPT_H

#include <csignal>
#include <sys/types.h>

namespace selfconnect::detail {

/// Makes SIGINT, SIGTERM and SIGHUP end the process with exit code 128 + signal
/// after its children have been killed and reaped.
void endOnInterrupt();

/// Holds SIGINT, SIGTERM and SIGHUP back while it lives.
class SignalsHeld {
public:
  SignalsHeld();
  ~SignalsHeld() { release(); }
  SignalsHeld(const SignalsHeld &) = delete;
  SignalsHeld &operator=(const SignalsHeld &) = delete;
  void release();
  [[nodiscard]] const sigset_t &signals() const { return held_; }

private:
  sigset_t held_;
  sigset_t before_;
};

/// The children that the handler of endOnInterrupt() ends. Call them
/// with the signals held.
void addChild(pid_t pid);
void removeChild(pid_t pid);

/// For a child: Ctrl-C goes to the whole process group; what it means is the
/// parent's to decide.
void leaveInterruptsToParent();

} // namespace selfconnect::detail

#endif // SELFCONNECT_SANDBOX_INTERRUPT_H
