//===- other_summaries.h - what other scans learnt --------------*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef SELFCONNECT_SCAN_OTHER_SUMMARIES_H
#define SELFCONNECT_SCAN_OTHER_SUMMARIES_H

#include "summary.h"

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace selfconnect::scan {

/// The summaries of projects that this one calls. They are read and never
/// written: their scans own them.
struct OtherSummaries {
  std::map<std::string, Summary> units; ///< by an id that no own unit has
  std::string contents;                 ///< digest of all of them
  std::vector<std::string> warnings;    ///< one line each: what was left out
};

/// Those in the folders of docs/summaries.md, with their paths seen from the
/// parent of `own`, the folder of this scan. Throws InputError for a folder that
/// is none.
OtherSummaries readOtherSummaries(const std::vector<std::string> &folders,
                                  const std::filesystem::path &own);

} // namespace selfconnect::scan

#endif // SELFCONNECT_SCAN_OTHER_SUMMARIES_H
