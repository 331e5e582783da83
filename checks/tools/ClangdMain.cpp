//===- ClangdMain.cpp - selfconnect-clangd --------------------------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// clangd cannot load modules, so this is clangd itself with the module inside.
/// It takes clangd's arguments and reads clangd's settings.
///
//===----------------------------------------------------------------------===//

#include "tools/ResourceDir.h"
#include "llvm/ADT/StringRef.h"
#include <cstdlib>
#include <string>
#include <vector>

namespace clang {
namespace clangd {
// The libraries are shipped without their headers.
int clangdMain(int Argc, char *Argv[]);
} // namespace clangd
} // namespace clang

static bool isResourceDirGiven(const std::vector<char *> &Arguments) {
  const char *FromEnvironment = std::getenv("CLANGD_FLAGS");
  if (FromEnvironment &&
      llvm::StringRef(FromEnvironment).find("-resource-dir") !=
          llvm::StringRef::npos)
    return true;
  for (llvm::StringRef Argument : Arguments)
    if (Argument.ltrim('-').split('=').first == "resource-dir")
      return true;
  return false;
}

int main(int Argc, char *Argv[]) {
  std::vector<char *> Arguments(Argv, Argv + Argc);
  std::string ResourceDir;
  if (!isResourceDirGiven(Arguments))
    ResourceDir = selfconnect::findResourceDir("selfconnect-clangd");
  if (!ResourceDir.empty()) {
    ResourceDir = "--resource-dir=" + ResourceDir;
    // In front, so that it stays an option after a `--`.
    Arguments.insert(Arguments.begin() + 1, ResourceDir.data());
  }
  Arguments.push_back(nullptr);
  return clang::clangd::clangdMain(static_cast<int>(Arguments.size()) - 1,
                                   Arguments.data());
}
