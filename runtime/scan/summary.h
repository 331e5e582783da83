//===- summary.h - what one translation unit tells the others ---*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Reads the format of docs/summaries.md as far as a scan has to know it: what
/// a row says is the business of the checks.
///
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_SCAN_SUMMARY_H
#define SELFCONNECT_SCAN_SUMMARY_H

#include <nlohmann/json.hpp>

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace selfconnect::scan {

/// The rows that one unit has about one name.
struct NamedRows {
  std::string name;
  std::string rows;   ///< JSON, a list
  std::string facts;  ///< digest without the places
  std::string places; ///< digest with them
};

struct Summary {
  std::string main;
  std::string root;
  std::vector<std::string> includes;
  std::map<std::string, NamedRows> names; ///< by name hash
  std::set<std::string> wishes;           ///< name hashes
  nlohmann::json suppressed = nlohmann::json::array();
  nlohmann::json cycleCalls = nlohmann::json::array();
};

/// On failure returns nothing and sets `error` to the reason, one line.
std::optional<Summary> parseSummary(const std::string &content,
                                    std::string &error);

} // namespace selfconnect::scan

#endif // SELFCONNECT_SCAN_SUMMARY_H
