//===- FieldSets.h - what functions give to fields --------------*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

///
/// \file
/// `Server::Server(int port)` keeps its parameter in a field,
/// `config_init(&config, port)` in the field of what it is handed;
/// `fill_address(&addr, port)` makes a socket address.
///
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_CHECKS_ANALYSIS_LEARN_FIELDSETS_H
#define SELFCONNECT_CHECKS_ANALYSIS_LEARN_FIELDSETS_H

#include "Rows.h"

namespace clang {
namespace tidy {
namespace selfconnect {

/// True if `Target = Value` may give a field what others ask for: a port, or a
/// text.
bool mayBeFieldSet(const Expr *Target, const Expr *Value,
                   const ASTContext &Context);

/// Function gives fields values: it is a constructor, or mayBeFieldSet() holds
/// for an assignment in it.
void learnFieldSets(const FunctionDecl *Function, RowsOfUnit &Rows);

/// Addresses that Function fills, sockets that it makes and returns.
void learnEndpoints(const FunctionDecl *Function, RowsOfUnit &Rows);

} // namespace selfconnect
} // namespace tidy
} // namespace clang

#endif // SELFCONNECT_CHECKS_ANALYSIS_LEARN_FIELDSETS_H
