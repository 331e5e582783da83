//===- summary.cpp - what one translation unit tells the others -----------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "summary.h"

#include "digest.h"

#include "selfconnect/quote.h"

#include <algorithm>

namespace selfconnect::scan {

using Json = nlohmann::json;

namespace {

constexpr std::size_t largestSummary = std::size_t{64} << 20;
constexpr unsigned deepestSummary = 100;
constexpr int schema = 1;

/// Whether brackets are nested no deeper than that, outside of strings.
bool isShallow(const std::string &text) {
  unsigned depth = 0;
  bool isInString = false;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (isInString) {
      if (c == '\\')
        ++at;
      isInString = c != '"';
    } else if (c == '"') {
      isInString = true;
    } else if (c == '[' || c == '{') {
      if (++depth > deepestSummary)
        return false;
    } else if ((c == ']' || c == '}') && depth > 0) {
      --depth;
    }
  }
  return true;
}

/// Places are no facts.
void dropPlaces(Json &value) {
  if (value.is_object())
    value.erase("at");
  if (value.is_structured())
    for (Json &each : value)
      dropPlaces(each);
}

bool isHash(const Json &value) {
  if (!value.is_string())
    return false;
  const auto &text = value.get_ref<const std::string &>();
  return text.size() == 16 &&
         text.find_first_not_of("0123456789abcdef") == std::string::npos;
}

bool isText(const Json &object, const char *key) {
  const auto found = object.find(key);
  return found != object.end() && found->is_string();
}

bool isListOf(const Json &object, const char *key,
              bool (*isRight)(const Json &)) {
  const auto found = object.find(key);
  return found != object.end() && found->is_array() &&
         std::ranges::all_of(*found, isRight);
}

bool isRow(const Json &row) {
  return row.is_object() && isText(row, "name") && isText(row, "usr");
}

void addRows(const Json &rows, Summary &summary) {
  std::map<std::string, Json> byName;
  for (const Json &row : rows)
    byName[row["name"].get<std::string>()].push_back(row);
  for (auto &[name, list] : byName) {
    NamedRows named{name, list.dump(), {}, {}};
    named.places = digest(named.rows);
    dropPlaces(list);
    named.facts = digest(list.dump());
    summary.names.try_emplace(nameHash(name), std::move(named));
  }
}

/// The reason why it is none, or "".
std::string whatIsWrong(const Json &json) {
  if (!json.is_object())
    return "no object";
  const auto found = json.find("schema");
  if (found == json.end() || !found->is_number_integer())
    return "no \"schema\"";
  if (*found != schema)
    return "of another schema";
  for (const char *key : {"main", "root"})
    if (!isText(json, key))
      return "no \"" + std::string(key) + "\"";
  if (!isListOf(json, "rows", isRow))
    return "\"rows\" that are not a list of rows with name and usr";
  if (!isListOf(json, "wishes", isHash))
    return "\"wishes\" that are not a list of name hashes";
  if (!isListOf(json, "includes", [](const Json &e) { return e.is_string(); }))
    return "\"includes\" that are not a list of paths";
  if (!isListOf(json, "suppressed",
                [](const Json &e) { return e.is_object(); }))
    return "\"suppressed\" that is not a list of findings";
  if (json.contains("cycle_calls") && !json["cycle_calls"].is_array())
    return "\"cycle_calls\" that are not a list of calls";
  return "";
}

} // namespace

std::optional<Summary> parseSummary(const std::string &content,
                                    std::string &error) {
  if (content.size() > largestSummary || !isShallow(content)) {
    error = "larger or deeper than any summary";
    return std::nullopt;
  }
  const Json json = Json::parse(content, nullptr, false);
  error =
      json.is_discarded() ? "invalid JSON, perhaps cut off" : whatIsWrong(json);
  if (!error.empty())
    return std::nullopt;
  Summary summary;
  summary.main = json["main"];
  summary.root = json["root"];
  summary.includes = json["includes"].get<std::vector<std::string>>();
  summary.wishes = json["wishes"].get<std::set<std::string>>();
  summary.suppressed = json["suppressed"];
  if (json.contains("cycle_calls"))
    summary.cycleCalls = json["cycle_calls"];
  try {
    addRows(json["rows"], summary);
  } catch (const Json::exception &) { // text that is no UTF-8
    error = "text that is not UTF-8";
    return std::nullopt;
  }
  return summary;
}

} // namespace selfconnect::scan
