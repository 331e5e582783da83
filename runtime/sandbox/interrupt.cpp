//===- interrupt.cpp - Ctrl-C leaves no process behind --------------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "interrupt.h"

#include <array>
#include <atomic>
#include <cerrno>
#include <sys/wait.h>
#include <unistd.h>

namespace selfconnect::detail {
namespace {

constexpr int interrupts[] = {SIGINT, SIGTERM, SIGHUP};

/// 0 is a free place. More children than places are no harm: they die with
/// their parent all the same, only later than it.
std::array<std::atomic<pid_t>, 64> children;

/// Only what is safe in a signal handler.
void endChildrenAndExit(int signal) {
  for (std::atomic<pid_t> &child : children)
    if (pid_t pid = child; pid > 0) {
      ::kill(pid, SIGKILL);
      while (::waitpid(pid, nullptr, 0) < 0 && errno == EINTR) {
      }
    }
  ::_exit(128 + signal);
}

void setHandler(void (*handler)(int)) {
  struct sigaction action = {};
  action.sa_handler = handler;
  for (int signal : interrupts)
    ::sigaddset(&action.sa_mask, signal);
  for (int signal : interrupts) {
    struct sigaction before = {};
    ::sigaction(signal, nullptr, &before);
    if (before.sa_handler != SIG_IGN) // nohup and the like
      ::sigaction(signal, &action, nullptr);
  }
}

} // namespace

void endOnInterrupt() { setHandler(endChildrenAndExit); }

SignalsHeld::SignalsHeld() {
  ::sigemptyset(&held_);
  for (int signal : interrupts)
    ::sigaddset(&held_, signal);
  ::sigprocmask(SIG_BLOCK, &held_, &before_);
}

void SignalsHeld::release() { ::sigprocmask(SIG_SETMASK, &before_, nullptr); }

void addChild(pid_t pid) {
  for (std::atomic<pid_t> &child : children) {
    pid_t none = 0;
    if (child.compare_exchange_strong(none, pid))
      return;
  }
}

void removeChild(pid_t pid) {
  for (std::atomic<pid_t> &child : children) {
    pid_t expected = pid;
    if (child.compare_exchange_strong(expected, 0))
      return;
  }
}

void leaveInterruptsToParent() { setHandler(SIG_IGN); }

} // namespace selfconnect::detail
