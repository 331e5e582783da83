//===- Clangd.h - version differences of clangd -----------------*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// What differs between the libraries of clangd, whose headers are not shipped.
///
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_CHECKS_COMPAT_CLANGD_H
#define SELFCONNECT_CHECKS_COMPAT_CLANGD_H

#include "clang-tidy/ClangTidyOptions.h"
#include "llvm/ADT/FunctionExtras.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Config/llvm-config.h"

namespace clang {
namespace clangd {

// What provideDefaultChecks returns: in 19 a reference to a function, in 22 a
// function. The mangled name does not tell.
#if LLVM_VERSION_MAJOR < 22
using DefaultChecksProvider =
    llvm::function_ref<void(tidy::ClangTidyOptions &, llvm::StringRef)>;
#else
using DefaultChecksProvider = llvm::unique_function<void(
    tidy::ClangTidyOptions &, llvm::StringRef) const>;
#endif

} // namespace clangd
} // namespace clang

#endif // SELFCONNECT_CHECKS_COMPAT_CLANGD_H
