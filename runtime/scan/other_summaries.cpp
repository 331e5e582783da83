//===- other_summaries.cpp - what other scans learnt ----------------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "other_summaries.h"

#include "digest.h"

#include "../findings/read_file.h"
#include "selfconnect/error.h"
#include "selfconnect/quote.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace selfconnect::scan {

namespace fs = std::filesystem;

namespace {

/// The files of the units, in an order that does not depend on the disk.
std::vector<fs::path> unitFiles(const std::string &folder) {
  std::error_code failure;
  std::vector<fs::path> files;
  for (const auto &entry :
       fs::directory_iterator(fs::path(folder) / "units", failure))
    if (entry.path().extension() == ".json")
      files.push_back(entry.path());
  if (failure)
    throw InputError("--with-summaries: " + printable(folder) +
                     ": not a folder of summaries; give one that a scan has "
                     "written, such as BUILD/.selfconnect");
  std::ranges::sort(files);
  return files;
}

/// From a root of their own to that of this scan.
class Rebase {
public:
  Rebase(const fs::path &from, const fs::path &to)
      : from_(fs::absolute(from)), to_(to) {}

  [[nodiscard]] std::string path(const std::string &file) const {
    return (from_ / file)
        .lexically_normal()
        .lexically_relative(to_)
        .generic_string();
  }

  /// Places stand at any depth; a row has a file besides.
  void apply(nlohmann::json &value) const {
    for (auto &[name, member] : value.items())
      if (member.is_structured())
        apply(member);
      else if (value.is_object() && name == "file" && member.is_string())
        member = path(member.get<std::string>());
  }

  void apply(Summary &summary) const {
    summary.main = path(summary.main);
    for (std::string &include : summary.includes)
      include = path(include);
    for (auto &[hash, named] : summary.names) {
      nlohmann::json rows = nlohmann::json::parse(named.rows);
      apply(rows);
      named.rows = rows.dump();
    }
    apply(summary.suppressed);
    apply(summary.cycleCalls);
    summary.root = "..";
  }

private:
  fs::path from_;
  fs::path to_;
};

} // namespace

OtherSummaries readOtherSummaries(const std::vector<std::string> &folders,
                                  const fs::path &own) {
  OtherSummaries others;
  for (const std::string &folder : folders)
    for (const fs::path &file : unitFiles(folder)) {
      const std::string content = contentOf(file.string());
      std::string error;
      std::optional<Summary> summary = parseSummary(content, error);
      if (!summary) {
        others.warnings.push_back("summary " + file.string() +
                                  " is left out: " + error);
        continue;
      }
      const Rebase rebase(fs::path(folder) / summary->root, own.parent_path());
      rebase.apply(*summary);
      others.contents = digest(others.contents + summary->main + content);
      const std::string id = "@" + std::to_string(others.units.size());
      others.units.emplace(id, std::move(*summary));
    }
  return others;
}

} // namespace selfconnect::scan
