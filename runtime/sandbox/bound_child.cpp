//===- bound_child.cpp - fork() without leftovers -------------------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "bound_child.h"

#include "fd.h"

#include <csignal>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/syscall.h>

namespace selfconnect::detail {
namespace {

/// A handle of the process (Linux 5.3) becomes readable with its end. Without
/// one, the child has another parent then; but in a process namespace of its
/// own it sees no parent at all.
bool isGone(const Fd &handle, pid_t parent) {
  if (handle) {
    pollfd end = {handle.get(), POLLIN, 0};
    return ::poll(&end, 1, 0) > 0;
  }
  pid_t now = ::getppid();
  return now != parent && now != 0;
}

} // namespace

pid_t forkBound() {
  pid_t parent = ::getpid();
  Fd handle(static_cast<int>(::syscall(SYS_pidfd_open, parent, 0)));
  pid_t child = ::fork();
  if (child == 0) {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    // It may have died before it could be asked.
    if (isGone(handle, parent))
      ::_exit(1);
  }
  return child;
}

} // namespace selfconnect::detail
