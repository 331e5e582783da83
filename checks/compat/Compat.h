//===- Compat.h - LLVM version differences ----------------------*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The only file that looks at LLVM_VERSION_MAJOR. Each guard names the change
/// and the version from which it can go.
///
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_CHECKS_COMPAT_COMPAT_H
#define SELFCONNECT_CHECKS_COMPAT_COMPAT_H

#include "clang-tidy/ClangTidyCheck.h"
#include "clang-tidy/ClangTidyModule.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Config/llvm-config.h"
#include <string>

// Up to 19 the registry has a header of its own; 22 moved its content into
// ClangTidyModule.h and warns about the old name.
#if LLVM_VERSION_MAJOR < 22
#include "clang-tidy/ClangTidyModuleRegistry.h"
#endif

namespace clang {
namespace tidy {
namespace selfconnect {
namespace compat {

/// "19.1": what a module and the clang-tidy that loads it must agree on.
inline std::string builtForVersion() {
  return std::to_string(LLVM_VERSION_MAJOR) + "." +
         std::to_string(LLVM_VERSION_MINOR);
}

/// An option of the check, or the module-wide one of that name, or the default.
/// OptionsView returns std::string in 14 and StringRef from 15 on.
inline std::string getOption(const ClangTidyCheck::OptionsView &Options,
                             llvm::StringRef Name, llvm::StringRef Default) {
  return std::string(Options.getLocalOrGlobal(Name, Default));
}

/// A check that offers fix-its.
class FixingCheck : public ClangTidyCheck {
public:
  using ClangTidyCheck::ClangTidyCheck;

protected:
  /// True for tools that apply one fix without the others. 14 does not say.
  bool areFixesAppliedAlone() const {
#if LLVM_VERSION_MAJOR < 15
    return false;
#else
    return areDiagsSelfContained();
#endif
  }
};

/// StringRef::startswith was renamed in 16 and dropped in 19.
inline bool startsWith(llvm::StringRef Text, llvm::StringRef Prefix) {
#if LLVM_VERSION_MAJOR < 16
  return Text.startswith(Prefix);
#else
  return Text.starts_with(Prefix);
#endif
}

} // namespace compat
} // namespace selfconnect
} // namespace tidy
} // namespace clang

#endif // SELFCONNECT_CHECKS_COMPAT_COMPAT_H
