//===- project_facts.cpp - what summaries say of a project ----------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "project_facts.h"

#include <string_view>
#include <utility>

namespace selfconnect::scan {

using Json = nlohmann::json;

namespace {

/// The value there, or null. Summaries come from outside: any shape may come.
const Json &partOf(const Json &json, const char *key) {
  static const Json nothing;
  if (!json.is_object())
    return nothing;
  const auto found = json.find(key);
  return found == json.end() ? nothing : *found;
}

const Json &listOf(const Json &json, const char *key) {
  static const Json none = Json::array();
  const Json &part = partOf(json, key);
  return part.is_array() ? part : none;
}

std::string textOf(const Json &json, const char *key) {
  const Json &part = partOf(json, key);
  return part.is_string() ? part.get<std::string>() : "";
}

unsigned numberOf(const Json &json, const char *key) {
  const Json &part = partOf(json, key);
  return part.is_number_unsigned() ? part.get<unsigned>() : 0;
}

/// The member "at" of `json`.
SourcePlace placeOf(const Json &json, const ProjectFacts::Resolve &resolve) {
  const Json &at = partOf(json, "at");
  const std::string file = textOf(at, "file");
  if (file.empty())
    return {};
  return {resolve(file), numberOf(at, "line"), numberOf(at, "column")};
}

CycleCall::Said saidIn(const Json &call) {
  const std::string said = textOf(call, "said");
  return said == "reported"   ? CycleCall::Said::Reported
         : said == "harmless" ? CycleCall::Said::Harmless
                              : CycleCall::Said::Unknown;
}

} // namespace

void ProjectFacts::add(const Summary &summary, const Resolve &resolve) {
  for (const auto &[hash, named] : summary.names)
    // Few rows have one, and a project has many rows.
    if (named.rows.find("\"cycle\"") != std::string::npos)
      for (const Json &row : Json::parse(named.rows))
        addRow(row, resolve);
  for (const Json &call : summary.cycleCalls)
    calls[textOf(call, "usr")].push_back(
        {placeOf(call, resolve), saidIn(call)});
  for (const Json &finding : summary.suppressed)
    hidden.insert(placeOf(finding, resolve));
}

void ProjectFacts::addRow(const Json &row, const Resolve &resolve) {
  for (const Json &attempt : listOf(row, "attempts")) {
    const Json &cycle = partOf(attempt, "cycle");
    if (!cycle.is_object())
      continue;
    CycleHolder holder{textOf(row, "usr"),
                       textOf(row, "name"),
                       placeOf(row, resolve),
                       placeOf(cycle, resolve),
                       {}};
    for (const Json &step : listOf(attempt, "path"))
      holder.way.insert(placeOf(step, resolve));
    holders.push_back(std::move(holder));
  }
}

std::vector<HiddenFinding>
hiddenFindings(const Summary &summary, const ProjectFacts::Resolve &resolve) {
  std::vector<HiddenFinding> hidden;
  const auto add = [&](std::string check, const Json &placed,
                       std::string message) {
    const SourcePlace place = placeOf(placed, resolve);
    hidden.push_back({std::move(check), place.file, place.line, place.column,
                      std::move(message)});
  };
  for (const Json &finding : summary.suppressed)
    add(textOf(finding, "check"), finding, textOf(finding, "message"));
  for (const auto &[hash, named] : summary.names) {
    if (named.rows.find("\"suppressed\"") == std::string::npos)
      continue;
    for (const Json &row : Json::parse(named.rows))
      for (const auto &[part, check] :
           {std::pair("attempts", "selfconnect-retry-loop"),
            std::pair("listens", "selfconnect-ephemeral-listen-port")})
        for (const Json &each : listOf(row, part))
          if (each.contains("suppressed"))
            for (const Json &step : listOf(each, "path"))
              add(check, step, "");
  }
  return hidden;
}

} // namespace selfconnect::scan
