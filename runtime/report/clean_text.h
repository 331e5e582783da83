//===- clean_text.h - text from outside, made harmless ----------*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_REPORT_CLEAN_TEXT_H
#define SELFCONNECT_REPORT_CLEAN_TEXT_H

#include <string>
#include <string_view>

namespace selfconnect {

/// `text` as valid UTF-8 on one line: a byte that is none becomes U+FFFD, and
/// so does what is no character to be seen (controls, marks of direction, what
/// XML does not know). A tab becomes a blank.
std::string cleanText(std::string_view text);

/// How many characters the first `bytes` of `text` are; what is no UTF-8 counts
/// a character per byte.
std::size_t charactersIn(std::string_view text, std::size_t bytes);

} // namespace selfconnect

#endif // SELFCONNECT_REPORT_CLEAN_TEXT_H
