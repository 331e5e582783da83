//===- quote.h - show untrusted text in a message ---------------*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Bad input is shown in the message about it, whatever it holds: shortened,
/// and without bytes that could disturb a terminal.
///
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_QUOTE_H
#define SELFCONNECT_QUOTE_H

#include <string>
#include <string_view>

namespace selfconnect {

/// `text` in single quotes, on one line: bytes other than printable ASCII as
/// \xNN, and "..." after 60 characters.
std::string quote(std::string_view text);

/// `text` in full, with a question mark for each character that could disturb a
/// terminal or a reader's eye: control characters, line ends, marks that change
/// the direction of text, bytes that are no UTF-8. So is the bracket of what a
/// runner of CI takes for a command wherever it stands in a log: "##[error]",
/// "##vso[...]".
std::string printable(std::string_view text);

/// Whether a runner of CI takes a line for a command: behind blanks, which may
/// be any of Unicode's, it begins with two colons.
bool isCommandOfCi(std::string_view line);

} // namespace selfconnect

#endif // SELFCONNECT_QUOTE_H
