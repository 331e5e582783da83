//===- bound_child.h - fork() without leftovers ----------------*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_SANDBOX_BOUND_CHILD_H
#define SELFCONNECT_SANDBOX_BOUND_CHILD_H

#include <sys/types.h>

namespace selfconnect::detail {

/// fork(), for all children of ours: the kernel kills the child when its parent
/// dies, whatever the parent dies of, and however early. Also for the first
/// process of a process namespace, with which the whole namespace ends.
pid_t forkBound();

} // namespace selfconnect::detail

#endif // SELFCONNECT_SANDBOX_BOUND_CHILD_H
