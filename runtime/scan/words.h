//===- words.h - command lines as words -------------------------*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef SELFCONNECT_SCAN_WORDS_H
#define SELFCONNECT_SCAN_WORDS_H

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace selfconnect::scan {

/// Splits as a shell does, without its expansions: blanks outside of quotes
/// separate, a backslash takes the next character as it is. Response files have
/// the same rules. Nothing for a quote without an end.
std::optional<std::vector<std::string>> splitWords(std::string_view text);

} // namespace selfconnect::scan

#endif // SELFCONNECT_SCAN_WORDS_H
