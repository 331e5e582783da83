//===- Guard.h - guards against self-connects -------------------*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

///
/// \file
/// Whether the success path of a connect attempt rejects a socket whose local
/// and remote endpoints are equal.
///
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_CHECKS_ANALYSIS_RETRY_GUARD_H
#define SELFCONNECT_CHECKS_ANALYSIS_RETRY_GUARD_H

#include "../attempt/AttemptContext.h"

namespace clang {
namespace tidy {
namespace selfconnect {

/// Where the program treats a socket that met itself unlike a connected one: it
/// closes it, tries again, or leaves the function by another way. A comparison
/// that is only printed is no guard, and gives nothing.
Silence findGuard(const AttemptContext &Context);

inline bool isGuarded(const AttemptContext &Context) {
  return bool(findGuard(Context));
}

} // namespace selfconnect
} // namespace tidy
} // namespace clang

#endif // SELFCONNECT_CHECKS_ANALYSIS_RETRY_GUARD_H
