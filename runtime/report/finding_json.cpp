//===- finding_json.cpp - findings and verdicts as JSON -------------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "finding_json.h"

#include "standing.h"

#include <optional>

namespace selfconnect {

using Json = nlohmann::ordered_json;

namespace {

/// Where the source file could not be read, line and column are null.
void addPlace(Json &object, const Place &place) {
  object["file"] = displayPath(place.file);
  object["line"] = place.line ? Json(place.line) : Json(nullptr);
  object["column"] = place.line ? Json(place.column) : Json(nullptr);
}

Json toJson(const FindingNote &note) {
  Json object;
  addPlace(object, note.place);
  object["message"] = note.message;
  return object;
}

} // namespace

Json toJson(const Verdict &verdict) {
  const bool ran = verdict.method.has_value() && verdict.tries > 0;
  std::optional<CallCount> count;
  if (ran && verdict.triesPerCall)
    count.emplace(verdict.tries, *verdict.triesPerCall);
  return {
      {"environment", environmentName(verdict.range)},
      {"range", verdict.range.range.str()},
      {"verdict", verdictName(verdict.kind)},
      {"reason", verdict.reason},
      {"assumed", verdict.assumed ? Json(verdict.assumed->str()) : nullptr},
      {"method", verdict.method ? Json(methodName(*verdict.method)) : nullptr},
      {"tries", ran ? Json(verdict.tries) : nullptr},
      {"calls", count ? Json(count->calls) : nullptr},
      {"try_of_call", count ? Json(count->tryOfCall) : nullptr},
      {"seconds", ran ? Json(verdict.seconds) : nullptr},
      {"evidence",
       verdict.evidence ? selfconnect::toJson(*verdict.evidence) : nullptr}};
}

Json toJson(const JudgedFinding &judged) {
  const Finding &finding = judged.finding;
  Json object;
  object["check"] = finding.check;
  addPlace(object, finding.place);
  object["source"] = sourceStateName(finding.source);
  object["message"] = finding.message;
  object["notes"] = Json::array();
  for (const FindingNote &note : finding.notes)
    object["notes"].push_back(toJson(note));
  object["target"] = finding.reproduce.target.str();
  object["socket"] = socketModeName(finding.reproduce.socket);
  object["suppressed"] = finding.suppressed;
  object["verdicts"] = Json::array();
  for (const Verdict &verdict : judged.verdicts)
    object["verdicts"].push_back(toJson(verdict));
  return object;
}

Json toJson(const JudgedRange &range) {
  Json object = toJson(range.range, range.source);
  object["environment"] = environmentName(range);
  object["reserved"] = toJson(range.reserved);
  return object;
}

std::string dumped(const Json &value, unsigned depth, unsigned indent) {
  // Paths and messages come from outside: they need not be UTF-8, and could
  // disturb a terminal.
  const std::string flat =
      value.dump(indent > 0 ? static_cast<int>(indent) : -1, ' ', true,
                 Json::error_handler_t::replace);
  if (depth == 0)
    return flat;
  // No line break within a string is a raw one, so each begins a line.
  std::string text;
  for (const char c : flat) {
    text += c;
    if (c == '\n')
      text.append(static_cast<std::size_t>(indent) * depth, ' ');
  }
  return text;
}

} // namespace selfconnect
