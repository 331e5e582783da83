//===- SummaryStore.h - the summaries of other files ------------*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

///
/// \file
/// Answers what other files have said about a function, by its name first. Of a
/// folder of a whole project (SummaryDir) it opens the one small file that the
/// name has; of a list of files (SummaryIn) it reads each once.
///
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_CHECKS_ANALYSIS_SUMMARY_SUMMARYSTORE_H
#define SELFCONNECT_CHECKS_ANALYSIS_SUMMARY_SUMMARYSTORE_H

#include "Summary.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/ADT/StringSet.h"

namespace clang {
namespace tidy {
namespace selfconnect {

class SummaryStore {
public:
  /// Dir may be empty; In is separated by ';', files or folders of them. Error
  /// is left empty, or says what is wrong and the mend.
  SummaryStore(llvm::StringRef Dir, llvm::StringRef In, std::string &Error);

  /// What is known under Name, which is remembered as a wish.
  llvm::ArrayRef<Summary> find(llvm::StringRef Name);

  /// The hashes of the names that were asked for since the last call.
  std::vector<std::string> takeWishes();

  /// The file that Place names, as this process can open it.
  std::string resolve(const SummaryPlace &Place) const;

  bool isEmpty() const { return Dir.empty() && Listed.empty(); }
  llvm::StringRef getDir() const { return Dir; }

private:
  void readListed(const std::string &File, std::string &Error);

  std::string Dir;  ///< absolute, or empty
  std::string Root; ///< what paths of rows start from
  std::vector<std::string> Listed;
  /// By name; what Dir says of it is added when it is asked for first.
  struct Known {
    bool IsAsked = false;
    std::vector<Summary> Rows;
  };
  llvm::StringMap<Known> ByName;
  llvm::StringSet<> Wishes;
};

/// The file or folder Path for the file Main: a relative one is looked for
/// upward from Main. Empty if it is not there.
std::string findUpward(llvm::StringRef Path, llvm::StringRef Main,
                       bool IsFolder);

/// Writes Text to File, aside first. Returns what went wrong, or "".
std::string writeSummaryFile(llvm::StringRef File, llvm::StringRef Text);

} // namespace selfconnect
} // namespace tidy
} // namespace clang

#endif // SELFCONNECT_CHECKS_ANALYSIS_SUMMARY_SUMMARYSTORE_H
