//===- read_file.h - a whole file in memory ---------------------*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_FINDINGS_READ_FILE_H
#define SELFCONNECT_FINDINGS_READ_FILE_H

#include <cstddef>
#include <optional>
#include <string>

namespace selfconnect {

/// More is not read from any file, so that a device without an end is an error.
constexpr std::size_t maxFileSize = std::size_t{1} << 30;

/// The content of `path`; "-" is standard input. On failure returns nothing and
/// sets `error` to the reason: "No such file or directory".
std::optional<std::string> readFile(const std::string &path,
                                    std::string &error);

/// The content of `path`, or nothing where it cannot be read.
std::string contentOf(const std::string &path);

} // namespace selfconnect

#endif // SELFCONNECT_FINDINGS_READ_FILE_H
