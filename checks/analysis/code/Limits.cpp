//===- Limits.cpp - say where the analysis has given up -------------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Limits.h"
#include "llvm/Support/raw_ostream.h"
#include <cstdlib>
#include <string>

namespace clang {
namespace tidy {
namespace selfconnect {

void reportLimit(llvm::StringRef Name, const FunctionDecl *Function) {
  static const bool Wanted = std::getenv("SELFCONNECT_DEBUG") != nullptr;
  if (!Wanted)
    return;
  // Once reached, most are reached again and again.
  static thread_local std::string Last;
  std::string Line =
      ("selfconnect: debug: " + Name + " reached in " +
       (Function ? Function->getQualifiedNameAsString() : std::string("?")) +
       "\n")
          .str();
  if (Line != Last)
    llvm::errs() << Line;
  Last = std::move(Line);
}

} // namespace selfconnect
} // namespace tidy
} // namespace clang
