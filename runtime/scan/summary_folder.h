//===- summary_folder.h - where the summaries of a project are kept -*- C++
//-*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef SELFCONNECT_SCAN_SUMMARY_FOLDER_H
#define SELFCONNECT_SCAN_SUMMARY_FOLDER_H

#include "fact_index.h"

#include "../sandbox/fd.h"

#include <filesystem>
#include <functional>
#include <string>

namespace selfconnect::scan {

/// The folder of docs/summaries.md, locked as long as this lives.
class SummaryFolder {
public:
  /// Makes it where it is missing. Calls `waiting` once if another scan has it.
  /// Throws EnvironmentError.
  SummaryFolder(const std::filesystem::path &path,
                const std::function<void()> &waiting);

  [[nodiscard]] const std::filesystem::path &path() const { return path_; }
  /// Empty at the start.
  [[nodiscard]] std::filesystem::path scratch() const;
  [[nodiscard]] std::filesystem::path unitFile(const std::string &unit) const;
  [[nodiscard]] std::filesystem::path nameFile(const std::string &hash) const;
  [[nodiscard]] std::filesystem::path fixesFile(const std::string &unit) const;
  [[nodiscard]] std::filesystem::path textFile(const std::string &unit) const;
  [[nodiscard]] std::filesystem::path stateFile() const;

  /// Writes aside and renames. Throws EnvironmentError.
  void write(const std::filesystem::path &file, const std::string &content);
  void remove(const std::filesystem::path &file);
  /// Everything about one unit.
  void removeUnit(const std::string &unit);

  /// Makes the file of one name say what the index knows.
  void writeName(const std::string &hash, const FactIndex &index);
  void removeAllNames();
  /// Removes the files of units that `isKnown` does not know.
  void removeOthers(const std::function<bool(const std::string &)> &isKnown);

private:
  std::filesystem::path path_;
  detail::Fd lock_;
};

} // namespace selfconnect::scan

#endif // SELFCONNECT_SCAN_SUMMARY_FOLDER_H
