//===- audit.cpp - what the kernel counted --------------------------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "audit.h"

#include <nlohmann/json.hpp>

#include <charconv>
#include <fstream>
#include <map>
#include <sstream>

namespace selfconnect {
namespace detail {

std::optional<Counters> parseSnmp(std::string_view text) {
  // One line of names and one of values, both beginning with "Tcp:".
  std::istringstream lines{std::string(text)};
  std::istringstream names;
  for (std::string line; std::getline(lines, line);) {
    if (line.rfind("Tcp: ", 0) != 0)
      continue;
    if (names.str().empty()) {
      names.str(line);
      continue;
    }
    std::istringstream values(line);
    std::map<std::string, std::int64_t> byName;
    std::string name;
    std::string value;
    while (names >> name && values >> value) {
      const char *end = value.data() + value.size();
      std::int64_t number = 0;
      auto [stop, error] = std::from_chars(value.data(), end, number);
      if (error == std::errc() && stop == end)
        byName[name] = number;
    }
    for (const char *needed :
         {"ActiveOpens", "PassiveOpens", "AttemptFails", "CurrEstab"})
      if (byName.count(needed) == 0)
        return std::nullopt;
    return Counters{byName["ActiveOpens"], byName["AttemptFails"],
                    byName["PassiveOpens"], byName["CurrEstab"]};
  }
  return std::nullopt;
}

std::optional<Counters> readCounters() {
  std::ifstream file("/proc/self/net/snmp");
  std::stringstream text;
  text << file.rdbuf();
  return parseSnmp(text.str());
}

Counters countedSince(const Counters &before, const Counters &after) {
  return {after.activeOpens - before.activeOpens,
          after.attemptFails - before.attemptFails,
          after.passiveOpens - before.passiveOpens,
          after.established - before.established};
}

Counters countersFromJson(const nlohmann::ordered_json &json) {
  return {json.at("active_opens"), json.at("attempt_fails"),
          json.at("passive_opens"), json.at("established")};
}

} // namespace detail

nlohmann::ordered_json toJson(const Counters &counters) {
  return {{"active_opens", counters.activeOpens},
          {"attempt_fails", counters.attemptFails},
          {"passive_opens", counters.passiveOpens},
          {"established", counters.established}};
}

bool Trial::audited() const {
  auto opens = static_cast<std::int64_t>(tries - triesWithoutPort);
  std::int64_t ends = outcome == Outcome::SelfConnected ? 1 : 0;
  return counters && counters->activeOpens == opens &&
         counters->attemptFails == opens - ends &&
         counters->passiveOpens == 0 && counters->established == ends;
}

} // namespace selfconnect
