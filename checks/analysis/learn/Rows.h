//===- Rows.h - the rows of a unit, while they are made ---------*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

///
/// \file
/// One row for each function, whatever is learned of it first.
///
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_CHECKS_ANALYSIS_LEARN_ROWS_H
#define SELFCONNECT_CHECKS_ANALYSIS_LEARN_ROWS_H

#include "../summary/Summary.h"
#include "Learner.h"
#include <map>

namespace clang {
namespace tidy {
namespace selfconnect {

struct RowsOfUnit {
  RowsOfUnit(TranslationUnit &Unit, const LearnOptions &Options)
      : Unit(Unit), Options(Options) {}

  Summary &get(const FunctionDecl *Function);
  /// Of the functions that a field may hold.
  Summary &get(const FieldDecl *Field);

  TranslationUnit &Unit;
  const LearnOptions &Options;
  std::map<std::string, Summary> Rows; ///< by USR
  /// The functions that call what makes a socket.
  llvm::SmallPtrSet<const FunctionDecl *, 8> Makers;
};

} // namespace selfconnect
} // namespace tidy
} // namespace clang

#endif // SELFCONNECT_CHECKS_ANALYSIS_LEARN_ROWS_H
