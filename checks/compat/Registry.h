//===- Registry.h - the registry of modules of another LLVM -----*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Up to 22 the registry of modules is two variables, which 23 does not have. A
/// variable that is missing keeps a module from being loaded at all, and
/// clang-tidy goes on without it, with exit code 0. A weak reference lets the
/// module be loaded, so that it can say which clang-tidy it is for. A function is
/// looked for only when it is called.
///
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_CHECKS_COMPAT_REGISTRY_H
#define SELFCONNECT_CHECKS_COMPAT_REGISTRY_H

#include "llvm/Config/llvm-config.h"

#if LLVM_VERSION_MAJOR < 23
__asm__(".weak _ZN4llvm8RegistryIN5clang4tidy15ClangTidyModuleEE4HeadE\n"
        ".weak _ZN4llvm8RegistryIN5clang4tidy15ClangTidyModuleEE4TailE\n");
#endif

#endif // SELFCONNECT_CHECKS_COMPAT_REGISTRY_H
