//===- summary_folder.cpp - where the summaries of a project are kept -----===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "summary_folder.h"

#include "selfconnect/error.h"
#include "selfconnect/quote.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <fstream>
#include <sys/file.h>
#include <tuple>
#include <vector>

namespace selfconnect::scan {

namespace fs = std::filesystem;
using Json = nlohmann::json;

namespace {

[[noreturn]] void fail(const fs::path &path, const std::string &reason) {
  throw EnvironmentError("write the summaries: " + printable(path.string()) +
                         ": " + reason +
                         "; give another folder with --summaries, or "
                         "--no-across");
}

void makeFolder(const fs::path &path) {
  std::error_code failure;
  fs::create_directories(path, failure);
  if (failure)
    fail(path, failure.message());
}

} // namespace

SummaryFolder::SummaryFolder(const fs::path &path,
                             const std::function<void()> &waiting)
    : path_(fs::absolute(path).lexically_normal()) {
  makeFolder(path_);
  const fs::path lock = path_ / "lock";
  lock_ = detail::Fd(::open(lock.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666));
  if (!lock_)
    fail(lock, std::strerror(errno));
  if (::flock(lock_.get(), LOCK_EX | LOCK_NB) != 0) {
    if (errno != EWOULDBLOCK)
      fail(lock, std::strerror(errno));
    waiting();
    while (::flock(lock_.get(), LOCK_EX) != 0)
      if (errno != EINTR)
        fail(lock, std::strerror(errno));
  }
  // What a scan that was killed has left.
  std::error_code ignored;
  fs::remove_all(scratch(), ignored);
  for (const char *part : {"units", "names", "findings", "tmp"})
    makeFolder(path_ / part);
}

fs::path SummaryFolder::scratch() const { return path_ / "tmp"; }
fs::path SummaryFolder::unitFile(const std::string &unit) const {
  return path_ / "units" / (unit + ".json");
}
fs::path SummaryFolder::nameFile(const std::string &hash) const {
  return path_ / "names" / hash.substr(0, 2) / (hash + ".json");
}
fs::path SummaryFolder::fixesFile(const std::string &unit) const {
  return path_ / "findings" / (unit + ".yaml");
}
fs::path SummaryFolder::textFile(const std::string &unit) const {
  return path_ / "findings" / (unit + ".txt");
}
fs::path SummaryFolder::stateFile() const { return path_ / "state.json"; }

void SummaryFolder::write(const fs::path &file, const std::string &content) {
  const fs::path aside = scratch() / "written";
  errno = 0;
  std::ofstream stream(aside, std::ios::binary | std::ios::trunc);
  stream << content;
  stream.close();
  if (!stream)
    fail(aside, std::strerror(errno ? errno : EIO));
  std::error_code failure;
  fs::create_directory(file.parent_path(), failure);
  fs::rename(aside, file, failure);
  if (failure)
    fail(file, failure.message());
}

void SummaryFolder::remove(const fs::path &file) {
  std::error_code failure;
  fs::remove(file, failure);
  if (failure)
    fail(file, failure.message());
}

void SummaryFolder::removeUnit(const std::string &unit) {
  for (const fs::path &file : {unitFile(unit), fixesFile(unit), textFile(unit)})
    remove(file);
}

void SummaryFolder::writeName(const std::string &hash, const FactIndex &index) {
  const FactIndex::Rows *rows = index.find(hash);
  if (!rows) {
    remove(nameFile(hash));
    return;
  }
  std::vector<std::tuple<std::string, std::string, std::string>> units;
  for (const auto &[unit, named] : *rows)
    units.emplace_back(index.mainOf(unit), index.rootOf(unit), named.rows);
  std::ranges::sort(units);
  Json json{{"schema", 1},
            {"name", rows->begin()->second.name},
            {"units", Json::array()}};
  for (const auto &[main, root, text] : units)
    json["units"].push_back(
        {{"main", main}, {"root", root}, {"rows", Json::parse(text)}});
  write(nameFile(hash), json.dump() + "\n");
}

void SummaryFolder::removeAllNames() {
  std::error_code failure;
  fs::remove_all(path_ / "names", failure);
  makeFolder(path_ / "names");
}

void SummaryFolder::removeOthers(
    const std::function<bool(const std::string &)> &isKnown) {
  for (const char *part : {"units", "findings"}) {
    std::error_code failure;
    std::vector<fs::path> others;
    for (const auto &entry : fs::directory_iterator(path_ / part, failure))
      if (!isKnown(entry.path().stem().string()))
        others.push_back(entry.path());
    for (const fs::path &file : others)
      remove(file);
  }
}

} // namespace selfconnect::scan
