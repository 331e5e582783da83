//===- ResourceDir.cpp - where the compiler's own headers are -------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ResourceDir.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

std::string selfconnect::findResourceDir(const char *Name) {
  static int Anchor;
  llvm::StringRef Built = SELFCONNECT_CLANG_RESOURCE_DIR;
  std::string Program = llvm::sys::fs::getMainExecutable(Name, &Anchor);
  llvm::SmallString<256> Beside(
      llvm::sys::path::parent_path(llvm::sys::path::parent_path(Program)));
  llvm::sys::path::append(Beside, "lib", "clang",
                          llvm::sys::path::filename(Built), "include");
  return llvm::sys::fs::exists(Beside) ? "" : Built.str();
}
