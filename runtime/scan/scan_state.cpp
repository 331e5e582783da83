//===- scan_state.cpp - what an earlier scan left -------------------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "scan_state.h"

#include "digest.h"

#include "../findings/read_file.h"

#include <nlohmann/json.hpp>

#include <sys/stat.h>

namespace selfconnect::scan {

using Json = nlohmann::json;

namespace {

/// File systems and the kernel's clock for them are as coarse as that.
constexpr auto coarse = std::chrono::milliseconds(10);
/// A file that has just changed can change again and look the same.
constexpr auto settled = std::chrono::seconds(2);

FileDigests::Time modified(const struct stat &status) {
  return FileDigests::Time(
      std::chrono::duration_cast<FileDigests::Time::duration>(
          std::chrono::seconds(status.st_mtim.tv_sec) +
          std::chrono::nanoseconds(status.st_mtim.tv_nsec)));
}

std::string stampOf(const struct stat &status) {
  std::string stamp;
  for (const auto part : {static_cast<long long>(status.st_size),
                          static_cast<long long>(status.st_mtim.tv_sec),
                          static_cast<long long>(status.st_mtim.tv_nsec),
                          static_cast<long long>(status.st_ctim.tv_sec),
                          static_cast<long long>(status.st_ctim.tv_nsec),
                          static_cast<long long>(status.st_ino)})
    stamp += std::to_string(part) + ' ';
  return stamp;
}

} // namespace

std::string FileDigests::of(const std::string &path, Time since) {
  struct stat status = {};
  if (::stat(path.c_str(), &status) != 0 || !S_ISREG(status.st_mode))
    return "-";
  if (since != Time::max() && modified(status) >= since - coarse)
    return "?";
  const std::string stamp = stampOf(status);
  for (const auto *map : {&fresh_, &known})
    if (const auto found = map->find(path);
        found != map->end() && found->second.stamp == stamp)
      return found->second.digest;
  std::string error;
  const auto content = readFile(path, error);
  if (!content)
    return "-";
  const Known now{stamp, digest(*content)};
  fresh_[path] = now;
  if (modified(status) + settled < std::chrono::system_clock::now())
    known[path] = now;
  else
    known.erase(path);
  return now.digest;
}

ScanState parseState(const std::string &content) {
  const Json json = Json::parse(content, nullptr, false);
  if (json.is_discarded())
    return {};
  ScanState state;
  try {
    if (json.at("schema") != 1)
      return {};
    for (const auto &[id, unit] : json.at("units").items()) {
      UnitState &each = state.units[id];
      each.made = unit.at("made");
      each.asked = unit.at("asked");
      each.content = unit.at("content");
      each.seen = {unit.at("seen").at(0), unit.at("seen").at(1)};
      each.failure = unit.at("failure");
      each.removed = unit.at("removed").get<RemovedFlags>();
    }
    state.withheld = json.at("withheld").get<std::set<std::string>>();
    state.others = json.at("others");
    for (const auto &[path, file] : json.at("files").items())
      state.files.known[path] = {file.at(0), file.at(1)};
    state.isFiling = json.at("filing");
  } catch (const Json::exception &) { // of another version, or by hand
    return {};
  }
  return state;
}

std::string stateText(const ScanState &state) {
  Json json{{"schema", 1},
            {"units", Json::object()},
            {"withheld", state.withheld},
            {"others", state.others},
            {"files", Json::object()},
            {"filing", state.isFiling}};
  for (const auto &[id, unit] : state.units)
    json["units"][id] = {{"made", unit.made},
                         {"asked", unit.asked},
                         {"content", unit.content},
                         {"seen", {unit.seen.facts, unit.seen.places}},
                         {"failure", unit.failure},
                         {"removed", unit.removed}};
  for (const auto &[path, file] : state.files.known)
    json["files"][path] = {file.stamp, file.digest};
  // A path that is no UTF-8 is read again each time.
  return json.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

} // namespace selfconnect::scan
