//===- Usr.h - where Clang declares USRs ------------------------*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// index::generateUSRForDecl, whose header moved in 23.
///
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_CHECKS_COMPAT_USR_H
#define SELFCONNECT_CHECKS_COMPAT_USR_H

#include "llvm/Config/llvm-config.h"

#if LLVM_VERSION_MAJOR < 23
#include "clang/Index/USRGeneration.h"
#else
#include "clang/UnifiedSymbolResolution/USRGeneration.h"
#endif

#endif // SELFCONNECT_CHECKS_COMPAT_USR_H
