//===- patch.h - a fix as a unified diff ------------------------*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef SELFCONNECT_REPORT_PATCH_H
#define SELFCONNECT_REPORT_PATCH_H

#include "source_lines.h"
#include "source_root.h"

#include "selfconnect/findings.h"

#include <string>
#include <vector>

namespace selfconnect {

/// What `patch -p1` and `git apply` take; empty where there are no edits, where
/// one of them does not fit the file as it is, or for lines that a page would
/// not show as they are.
std::string makePatch(std::vector<Edit> edits, const SourceRoot &root,
                      SourceLines &lines);

} // namespace selfconnect

#endif // SELFCONNECT_REPORT_PATCH_H
