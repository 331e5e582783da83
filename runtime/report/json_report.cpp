//===- json_report.cpp - confirm --json -----------------------------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "selfconnect/json_text.h"
#include "selfconnect/report.h"

#include <nlohmann/json.hpp>

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

Json toJson(const Verdict &verdict) {
  const bool ran = verdict.method.has_value();
  std::optional<CallCount> count;
  if (ran && verdict.triesPerCall)
    count.emplace(verdict.tries, *verdict.triesPerCall);
  return {{"range", verdict.range.range.str()},
          {"verdict", verdictName(verdict.kind)},
          {"reason", verdict.reason},
          {"assumed", verdict.assumed ? Json(verdict.assumed->str()) : nullptr},
          {"method", ran ? Json(methodName(*verdict.method)) : nullptr},
          {"tries", ran ? Json(verdict.tries) : nullptr},
          {"calls", count ? Json(count->calls) : nullptr},
          {"try_of_call", count ? Json(count->tryOfCall) : nullptr},
          {"seconds", ran ? Json(verdict.seconds) : nullptr},
          {"evidence", verdict.evidence ? selfconnect::toJson(*verdict.evidence)
                                        : nullptr}};
}

Json toJson(const JudgedFinding &judged) {
  const Finding &finding = judged.finding;
  Json object;
  object["check"] = finding.check;
  addPlace(object, finding.place);
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
  object["reserved"] = toJson(range.reserved);
  return object;
}

} // namespace

std::string jsonReport(const Report &report) {
  Json json{{"schema", 1},
            {"ranges", Json::array()},
            {"findings", Json::array()},
            {"skipped", Json::object()},
            {"summary", Json::object()}};
  for (const JudgedRange &range : report.ranges)
    json["ranges"].push_back(toJson(range));
  for (const JudgedFinding &judged : report.findings)
    json["findings"].push_back(toJson(judged));
  for (const auto &[reason, count] : report.skipped)
    json["skipped"][reason] = count;
  for (const VerdictKind kind : allVerdictKinds)
    json["summary"][verdictName(kind)] = report.count(kind);
  return jsonText(json);
}

} // namespace selfconnect
