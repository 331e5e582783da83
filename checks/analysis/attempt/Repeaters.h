//===- Repeaters.h - who calls again what it was given ----------*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

///
/// \file
/// `every(5, reconnect)`: a function is handed on once, and is called again and
/// again from then on, whatever it comes to. Who does so is seen by its code,
/// here or in another file: it calls what it was given, or the field that it
/// keeps it in, in a loop that pauses, or whenever its time has come.
///
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_CHECKS_ANALYSIS_ATTEMPT_REPEATERS_H
#define SELFCONNECT_CHECKS_ANALYSIS_ATTEMPT_REPEATERS_H

#include "../code/TranslationUnit.h"

namespace clang {
namespace tidy {
namespace selfconnect {

/// The positions of the parameters of Function, which has its body here, that
/// hold functions which are called again and again.
std::vector<unsigned> findRepeatedParameters(TranslationUnit &Unit,
                                             const FunctionDecl *Function);

/// The place of this file that gives Function to what calls it again and again;
/// null if there is none.
const Expr *findRepeater(TranslationUnit &Unit, const FunctionDecl *Function);

/// The functions of other files that this one gives to what calls them again
/// and again, with the places.
std::vector<std::pair<const FunctionDecl *, const Expr *>>
findRepeatedElsewhere(TranslationUnit &Unit);

} // namespace selfconnect
} // namespace tidy
} // namespace clang

#endif // SELFCONNECT_CHECKS_ANALYSIS_ATTEMPT_REPEATERS_H
