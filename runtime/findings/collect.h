//===- collect.h - diagnostics become findings ------------------*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_FINDINGS_COLLECT_H
#define SELFCONNECT_FINDINGS_COLLECT_H

#include "diagnostic.h"

namespace selfconnect {

/// Takes out the reproduce notes, finds lines and columns, sorts, and keeps one
/// of those that several translation units (or several inputs) report alike.
/// Throws InputError.
Findings collectFindings(const Diagnostics &diagnostics,
                         const NoteParser &parseNote);

} // namespace selfconnect

#endif // SELFCONNECT_FINDINGS_COLLECT_H
