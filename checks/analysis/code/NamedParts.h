//===- NamedParts.h - what an expression or a type names --------*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_CHECKS_ANALYSIS_CODE_NAMEDPARTS_H
#define SELFCONNECT_CHECKS_ANALYSIS_CODE_NAMEDPARTS_H

#include "clang/AST/DeclCXX.h"
#include "clang/AST/Expr.h"

namespace clang {
namespace tidy {
namespace selfconnect {

/// A pointer to a function, or a std::function.
bool holdsFunction(QualType Type);

/// The variable, or the member of this, that E, an object or the address of
/// one, is or is a part of.
const ValueDecl *getBaseObject(const Expr *E);

/// How many functions an object of Record is made to hold.
unsigned countMethods(const RecordDecl *Record, unsigned Depth = 0);

/// `addrinfo *`, be it held by a smart pointer.
bool isAddressList(QualType Type);

/// The variable that E, a field, is a part of; null behind a pointer.
const VarDecl *getHoldingVariable(const Expr *E);

/// The text that E is, be it made by Qt's SLOT().
const StringLiteral *getSlotText(const Expr *E);

/// The method of Class or of a class that it is derived from.
const CXXMethodDecl *findMethod(const CXXRecordDecl *Class,
                                llvm::StringRef Name);

/// The function or lambda that E is, whatever it is converted to.
const FunctionDecl *getNamedFunction(const Expr *E);

} // namespace selfconnect
} // namespace tidy
} // namespace clang

#endif // SELFCONNECT_CHECKS_ANALYSIS_CODE_NAMEDPARTS_H
