//===- check_catalogue.h - what checks.json says of each check --*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_REPORT_CHECK_CATALOGUE_H
#define SELFCONNECT_REPORT_CHECK_CATALOGUE_H

#include <string>
#include <string_view>
#include <vector>

namespace selfconnect {

/// A check as checks/checks.json has it.
struct CheckData {
  std::string id;                ///< "selfconnect-retry-loop"
  std::string name;              ///< "RetriedConnectCanMeetItself"
  std::string shortText;         ///< a line without a full stop
  std::string fullText;          ///< a few sentences
  std::vector<std::string> help; ///< paragraphs: why, and what to do
  std::string page;              ///< URI of its page
  std::vector<std::string> tags;
};

/// All of them, in the order of the file.
const std::vector<CheckData> &checkCatalogue();

/// The one of that name, or what can be said of one that is not in the file: a
/// log can be of another version.
CheckData findCheck(std::string_view id, std::string_view warning);

} // namespace selfconnect

#endif // SELFCONNECT_REPORT_CHECK_CATALOGUE_H
