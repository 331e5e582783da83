//===- SummaryJson.h - summaries as JSON ------------------------*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

///
/// \file
/// Writes and reads what docs/summaries.md describes. The reader takes what
/// others have written: size and depth are checked before anything is parsed,
/// and what is not as it should be counts as absent.
///
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_CHECKS_ANALYSIS_SUMMARY_SUMMARYJSON_H
#define SELFCONNECT_CHECKS_ANALYSIS_SUMMARY_SUMMARYJSON_H

#include "Summary.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/JSON.h"

namespace clang {
namespace tidy {
namespace selfconnect {

constexpr int64_t SummarySchema = 1;

/// The worlds of attempt/World.h, in its order.
constexpr const char *SummaryWorldNames[] = {"refused", "refused-later",
                                             "connected", "met-itself"};

/// The first 16 hexadecimal digits of the SHA-256 of Name.
std::string hashName(llvm::StringRef Name);

/// The summary of a unit as the bytes of its file: the same for the same
/// content. Root is how the file names the folder that its paths start from.
std::string writeUnit(UnitSummary Unit, llvm::StringRef Root);

/// True if A and B differ in places at most.
bool haveSameFacts(const SummaryAttempt &A, const SummaryAttempt &B);
bool haveSameFacts(const SummaryListen &A, const SummaryListen &B);
bool haveSameFacts(const SummarySet &A, const SummarySet &B);
bool haveSameFacts(const SummaryEndpoint &A, const SummaryEndpoint &B);
bool haveSameFacts(const std::vector<SummaryValue> &A,
                   const std::vector<SummaryValue> &B);

/// True if Text is small and flat enough to be parsed.
bool isParsable(llvm::StringRef Text);

/// The rows of a unit's file, or of a file of names/: those called Name, or all
/// for "". Wrong says what is wrong with the file, or stays empty.
std::vector<Summary> readRows(llvm::StringRef Text, llvm::StringRef Name,
                              std::string &Wrong);

} // namespace selfconnect
} // namespace tidy
} // namespace clang

#endif // SELFCONNECT_CHECKS_ANALYSIS_SUMMARY_SUMMARYJSON_H
