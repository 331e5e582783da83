//===- InitLists.h - which field a braced list gives what -------*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

///
/// \file
/// The fields of a class beside the initialisers that a list has for them.
///
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_CHECKS_ANALYSIS_CODE_INITLISTS_H
#define SELFCONNECT_CHECKS_ANALYSIS_CODE_INITLISTS_H

#include "clang/AST/DeclCXX.h"
#include "clang/AST/Expr.h"
#include "llvm/ADT/SmallVector.h"
#include <utility>

namespace clang {
namespace tidy {
namespace selfconnect {

/// In the order of the fields. List is the semantic form; nothing for what is
/// no struct or class. An initialiser may be null in broken code.
inline llvm::SmallVector<std::pair<const FieldDecl *, const Expr *>, 8>
getFieldInits(const InitListExpr *List) {
  llvm::SmallVector<std::pair<const FieldDecl *, const Expr *>, 8> Inits;
  const RecordDecl *Record = List->getType()->getAsRecordDecl();
  Record = Record ? Record->getDefinition() : nullptr;
  if (!Record || Record->isUnion())
    return Inits;
  unsigned Index = 0;
  if (const auto *Class = dyn_cast<CXXRecordDecl>(Record))
    Index = Class->getNumBases();
  for (const FieldDecl *Field : Record->fields()) {
    // Unnamed bit-fields have no initialiser.
    if (Field->isBitField() && !Field->getIdentifier())
      continue;
    if (Index >= List->getNumInits())
      break;
    Inits.emplace_back(Field, List->getInit(Index++));
  }
  return Inits;
}

} // namespace selfconnect
} // namespace tidy
} // namespace clang

#endif // SELFCONNECT_CHECKS_ANALYSIS_CODE_INITLISTS_H
