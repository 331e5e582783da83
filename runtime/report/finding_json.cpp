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

/// An object that is about to get so many members; that costs half as much as
/// a braced list of them.
Json withRoom(std::size_t members) {
  Json object = Json::object();
  object.get_ref<Json::object_t &>().reserve(members);
  return object;
}

/// Where the source file could not be read, line and column are null.
void addPlace(Json &object, const Place &place, const DisplayPaths &paths) {
  object["file"] = paths.of(place.file);
  object["line"] = place.line ? Json(place.line) : Json(nullptr);
  object["column"] = place.line ? Json(place.column) : Json(nullptr);
}

Json toJson(const FindingNote &note, const DisplayPaths &paths) {
  Json object = withRoom(4);
  addPlace(object, note.place, paths);
  object["message"] = note.message;
  return object;
}

} // namespace

Json toJson(const Verdict &verdict) {
  const bool ran = verdict.method.has_value() && verdict.tries > 0;
  std::optional<CallCount> count;
  if (ran && verdict.triesPerCall)
    count.emplace(verdict.tries, *verdict.triesPerCall);
  Json object = withRoom(11);
  object["environment"] = environmentName(verdict.range);
  object["range"] = verdict.range.range.str();
  object["verdict"] = verdictName(verdict.kind);
  object["reason"] = verdict.reason;
  object["assumed"] = verdict.assumed ? Json(verdict.assumed->str()) : nullptr;
  object["method"] =
      verdict.method ? Json(methodName(*verdict.method)) : nullptr;
  object["tries"] = ran ? Json(verdict.tries) : nullptr;
  object["calls"] = count ? Json(count->calls) : nullptr;
  object["try_of_call"] = count ? Json(count->tryOfCall) : nullptr;
  object["seconds"] = ran ? Json(verdict.seconds) : nullptr;
  object["evidence"] =
      verdict.evidence ? selfconnect::toJson(*verdict.evidence) : nullptr;
  return object;
}

Json toJson(const JudgedFinding &judged, const DisplayPaths &paths) {
  const Finding &finding = judged.finding;
  Json object = withRoom(10);
  object["check"] = finding.check;
  addPlace(object, finding.place, paths);
  object["source"] = sourceStateName(finding.source);
  object["message"] = finding.message;
  object["notes"] = Json::array();
  for (const FindingNote &note : finding.notes)
    object["notes"].push_back(toJson(note, paths));
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
  text.reserve(flat.size() * 2);
  for (std::string_view rest = flat;;) {
    const std::size_t end = rest.find('\n');
    text += rest.substr(0, end);
    if (end == rest.npos)
      return text;
    text += '\n';
    text.append(static_cast<std::size_t>(indent) * depth, ' ');
    rest.remove_prefix(end + 1);
  }
}

} // namespace selfconnect
