//===- walk_start.h - where the kernel's walk begins ---------- -*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_REPRODUCE_WALK_START_H
#define SELFCONNECT_REPRODUCE_WALK_START_H

#include "selfconnect/reproduce.h"

namespace selfconnect::detail {

/// Puts the walk that connections to the target share to a random place of the
/// range. The kernel keeps it for the whole machine, in all of its network
/// namespaces. Writes the range and the reserved ports of the caller's
/// namespace; who calls this writes them anew.
void startAnywhere(const ReproduceOptions &options);

} // namespace selfconnect::detail

#endif // SELFCONNECT_REPRODUCE_WALK_START_H
