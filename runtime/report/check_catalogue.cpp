//===- check_catalogue.cpp - what checks.json says of each check ----------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "check_catalogue.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace selfconnect {
namespace {

/// checks/checks.json as it stands, put here by CMake.
constexpr std::string_view checksJson =
#include "checks-json.inc"
    ;

std::vector<CheckData> read() {
  std::vector<CheckData> checks;
  const nlohmann::json json = nlohmann::json::parse(checksJson);
  for (const nlohmann::json &one : json.at("checks")) {
    CheckData &check = checks.emplace_back();
    check.id = one.at("id");
    check.name = one.at("name");
    check.shortText = one.at("short");
    check.fullText = one.at("full");
    check.help = one.at("help").get<std::vector<std::string>>();
    check.page = SELFCONNECT_PAGES_URL + one.at("page").get<std::string>();
    check.tags = one.at("tags").get<std::vector<std::string>>();
  }
  return checks;
}

} // namespace

const std::vector<CheckData> &checkCatalogue() {
  static const std::vector<CheckData> checks = read();
  return checks;
}

CheckData findCheck(std::string_view id, std::string_view warning) {
  const auto &all = checkCatalogue();
  const auto found = std::ranges::find(all, id, &CheckData::id);
  if (found != all.end())
    return *found;
  CheckData unknown;
  unknown.id = unknown.name = id;
  unknown.shortText = unknown.fullText = warning;
  unknown.help = {std::string(warning)};
  unknown.page = SELFCONNECT_PAGES_URL;
  return unknown;
}

} // namespace selfconnect
