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
#include "input_file.h"

namespace selfconnect {

/// Reads clang-tidy's text, also from the middle of a build log: colours,
/// Windows line ends, code snippets and lines of other programs are passed
/// over. Throws InputError, also of a text without any diagnostic that does not
/// show that clang-tidy ran: a wrong file would look clean.
OtherDiagnostics readTidyText(InputFile &input, const TakeDiagnostic &take);

} // namespace selfconnect

#endif // SELFCONNECT_FINDINGS_TIDY_TEXT_H
