//===- Nolint.h - what a NOLINT hides ---------------------------*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

///
/// \file
/// clang-tidy drops what a NOLINT hides before anybody hears of it. Summaries
/// tell of it, so that the callers of an attempt are silent, too, and unused
/// NOLINTs can be found.
///
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_CHECKS_NOLINT_H
#define SELFCONNECT_CHECKS_NOLINT_H

#include "clang/Basic/SourceManager.h"

namespace clang {
namespace tidy {
namespace selfconnect {

/// True if a NOLINT, NOLINTNEXTLINE, or a block of NOLINTBEGIN and NOLINTEND
/// hides a warning of Check at Location.
bool isNolinted(const SourceManager &Sources, SourceLocation Location,
                llvm::StringRef Check);

} // namespace selfconnect
} // namespace tidy
} // namespace clang

#endif // SELFCONNECT_CHECKS_NOLINT_H
