//===- ClangTidyMain.cpp - selfconnect-clang-tidy -------------------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// clang-tidy itself with the module inside, for where -load cannot be passed.
/// It takes clang-tidy's arguments and reads clang-tidy's settings.
///
//===----------------------------------------------------------------------===//

#include "tools/ResourceDir.h"
#include "clang/Tooling/ArgumentsAdjusters.h"
#include "clang/Tooling/Tooling.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/raw_ostream.h"
#include <string>

namespace clang {
namespace tidy {
// The library is shipped without its header.
int clangTidyMain(int Argc, const char **Argv);
} // namespace tidy

namespace tooling {

// A call of `f` reaches `__wrap_f`, by the linker's --wrap, and `__real_f` is
// LLVM's own; checks/tools/CMakeLists.txt has the name, too.
#define RUN "_ZN5clang7tooling9ClangTool3runEPNS0_10ToolActionE"
int realRun(ClangTool *Tool, ToolAction *Action) __asm__("__real_" RUN);
int wrapRun(ClangTool *Tool, ToolAction *Action) __asm__("__wrap_" RUN);

// ClangTool gives each compile command without a -resource-dir the one beside
// the program, after all adjusters have run: this one runs last, so it is just
// in time. An --extra-arg of ours would show in --dump-config.
int wrapRun(ClangTool *Tool, ToolAction *Action) {
  std::string Folder = selfconnect::findResourceDir("selfconnect-clang-tidy");
  if (!Folder.empty())
    Tool->appendArgumentsAdjuster([Option = "-resource-dir=" + Folder](
                                      const CommandLineArguments &Arguments,
                                      llvm::StringRef File) {
      for (llvm::StringRef Argument : Arguments)
        if (Argument.substr(0, sizeof("-resource-dir") - 1) == "-resource-dir")
          return Arguments;
      return getInsertArgumentAdjuster(Option.c_str())(Arguments, File);
    });
  return realRun(Tool, Action);
}

} // namespace tooling
} // namespace clang

static void printVersion(llvm::raw_ostream &Out) {
  Out << "selfconnect version " SELFCONNECT_VERSION "\n";
}

int main(int Argc, const char **Argv) {
  llvm::cl::AddExtraVersionPrinter(printVersion);
  return clang::tidy::clangTidyMain(Argc, Argv);
}
