//===- SocketNames.h - what tells a socket's two names ----------*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

///
/// \file
/// A socket has a local and a remote endpoint; code that compares the two can
/// tell a self-connect.
///
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_CHECKS_ANALYSIS_ATTEMPT_SOCKETNAMES_H
#define SELFCONNECT_CHECKS_ANALYSIS_ATTEMPT_SOCKETNAMES_H

#include "../code/FunctionFlow.h"

namespace clang {
namespace tidy {
namespace selfconnect {

/// True if S is, or holds, a call of a method that tells a socket's own address
/// or port; its peer's.
bool saysLocalName(const Stmt *S);
bool saysPeerName(const Stmt *S);

/// Which of a socket's two names the body of a function asks for.
struct AskedNames {
  bool Local = false;
  bool Peer = false;
};
AskedNames getAskedNames(TranslationUnit &Unit, const FunctionDecl *Function);

} // namespace selfconnect
} // namespace tidy
} // namespace clang

#endif // SELFCONNECT_CHECKS_ANALYSIS_ATTEMPT_SOCKETNAMES_H
