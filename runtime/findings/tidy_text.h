//===- tidy_text.h - what clang-tidy prints ---------------------*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_FINDINGS_TIDY_TEXT_H
#define SELFCONNECT_FINDINGS_TIDY_TEXT_H

#include "diagnostic.h"

#include <string>
#include <string_view>

namespace selfconnect {

/// Reads clang-tidy's text, also from the middle of a build log: colours,
/// Windows line ends, code snippets and lines of other programs are passed
/// over. `input` names it in errors. Throws InputError.
Diagnostics parseTidyText(std::string_view text, const std::string &input);

/// Whether the text shows that clang-tidy ran, if only to find nothing.
bool mentionsTidyRun(std::string_view text);

} // namespace selfconnect

#endif // SELFCONNECT_FINDINGS_TIDY_TEXT_H
