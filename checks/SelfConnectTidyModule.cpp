//===- SelfConnectTidyModule.cpp - registration and version gate ----------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "EphemeralListenPortCheck.h"
#include "RetryLoopCheck.h"
#include "compat/Compat.h"
#include "compat/Registry.h"
#include "clang/Basic/Version.h"
#include "llvm/Support/raw_ostream.h"
#include <cstdlib>

namespace clang {
namespace tidy {
namespace selfconnect {

/// Ends the process if the clang-tidy that loads the module is of another
/// version: such a module finds nothing and says nothing. LLVM keeps its ABI
/// within a minor version, so the patch level is free.
static void requireMatchingVersion() {
  std::string BuiltFor = compat::builtForVersion();
  std::string Running = getClangFullVersion();
  StringRef Number = Running;
  Number = Number.substr(Number.find("version ") + sizeof("version ") - 1);
  if (compat::startsWith(Number, BuiltFor + "."))
    return;
  llvm::errs() << "selfconnect: error: this module is built for clang-tidy "
               << BuiltFor << ", but is loaded by "
               << Number.substr(0, Number.find_first_of(" \n(")).str()
               << "; use selfconnect-tidy-"
               << Number.substr(0, Number.find('.')).str()
               << ".so or clang-tidy-" << BuiltFor.substr(0, BuiltFor.find('.'))
               << "\n";
  llvm::errs().flush();
  std::_Exit(1);
}

namespace {
/// Made when the module is loaded, before it registers itself: another version
/// may lack what that calls.
struct VersionGate {
  VersionGate() { requireMatchingVersion(); }
};
} // namespace
static const VersionGate Gate;

class SelfConnectModule : public ClangTidyModule {
public:
  void addCheckFactories(ClangTidyCheckFactories &Factories) override {
    Factories.registerCheck<EphemeralListenPortCheck>(
        "selfconnect-ephemeral-listen-port");
    Factories.registerCheck<RetryLoopCheck>("selfconnect-retry-loop");
  }
};

} // namespace selfconnect

// NOLINTNEXTLINE(misc-use-internal-linkage): the registry wants it.
static ClangTidyModuleRegistry::Add<selfconnect::SelfConnectModule>
    X("selfconnect-module", "Finds TCP clients that can connect to themselves, "
                            "and ports where it happens.");

} // namespace tidy
} // namespace clang
