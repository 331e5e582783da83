//===- ResourceDir.h - where the compiler's own headers are -----*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_CHECKS_TOOLS_RESOURCEDIR_H
#define SELFCONNECT_CHECKS_TOOLS_RESOURCEDIR_H

#include <string>

namespace selfconnect {

/// LLVM's programs look for the compiler's own headers (<stddef.h>) beside
/// themselves, where LLVM has put them. Ours may be anywhere. Returns the
/// folder that the program was built with, or nothing if the headers are beside
/// the program. \p Name is what the program is called.
std::string findResourceDir(const char *Name);

} // namespace selfconnect

#endif // SELFCONNECT_CHECKS_TOOLS_RESOURCEDIR_H
