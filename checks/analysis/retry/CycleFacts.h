//===- CycleFacts.h - what is known of a retry cycle ------------*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

///
/// \file
/// The facts that the notes of a warning tell: socket, loop, tries, pauses.
///
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_CHECKS_ANALYSIS_RETRY_CYCLEFACTS_H
#define SELFCONNECT_CHECKS_ANALYSIS_RETRY_CYCLEFACTS_H

#include "RetryCycle.h"

namespace clang {
namespace tidy {
namespace selfconnect {

/// True if there is a way from Block to Target, which may be Block itself.
bool leadsTo(const CFGBlock *Block, const CFGBlock *Target);

/// The loop or goto that closes the way, or the call that does. Of several
/// loops the outermost one whose back edge is taken.
SourceLocation findLoop(const AttemptContext &Context, const Arrival &Way);

/// The cycle that Way closes.
RetryCycle describeCycle(const AttemptContext &Context, const Arrival &Way);

} // namespace selfconnect
} // namespace tidy
} // namespace clang

#endif // SELFCONNECT_CHECKS_ANALYSIS_RETRY_CYCLEFACTS_H
