//===- digest.h - SHA-256, for names and contents ---------------*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef SELFCONNECT_SCAN_DIGEST_H
#define SELFCONNECT_SCAN_DIGEST_H

#include <string>
#include <string_view>

namespace selfconnect::scan {

/// SHA-256 in hexadecimal: an algorithm that LLVM and every shell have, too.
std::string digest(std::string_view content);

/// What a name is filed under: docs/summaries.md.
std::string nameHash(std::string_view name);

} // namespace selfconnect::scan

#endif // SELFCONNECT_SCAN_DIGEST_H
