//===- Tells.h - small functions that tell of an object ---------*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

///
/// \file
/// `Link::state()`, `link_is_up(link)`: functions of one file by which those of
/// others ask what an attempt has left in an object.
///
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_CHECKS_ANALYSIS_LEARN_TELLS_H
#define SELFCONNECT_CHECKS_ANALYSIS_LEARN_TELLS_H

#include "Rows.h"

namespace clang {
namespace tidy {
namespace selfconnect {

/// Adds a row for Function if it does no more than to return something of its
/// object, or of what it is handed.
void learnTells(const FunctionDecl *Function, const RowsOfUnit &Rows,
                std::vector<Summary> &To);

} // namespace selfconnect
} // namespace tidy
} // namespace clang

#endif // SELFCONNECT_CHECKS_ANALYSIS_LEARN_TELLS_H
