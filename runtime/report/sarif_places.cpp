//===- sarif_places.cpp - places, flows and fixes in SARIF's words --------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "sarif_places.h"

#include "clean_text.h"

#include "selfconnect/reproduce_note.h"

#include <algorithm>
#include <cctype>
#include <utility>

namespace selfconnect {

using Json = nlohmann::ordered_json;

namespace {

/// GitHub takes ten thousand steps and shows a thousand.
constexpr std::size_t mostSteps = 1000;
/// Longer lines are made by programs.
constexpr std::size_t longestSnippet = 500;
/// Lines above and below a finding, for readers that do not have the file.
constexpr unsigned contextLines = 2;

bool isPartOfName(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

/// Behind the token that begins at `begin`.
std::size_t endOfToken(std::string_view line, std::size_t begin) {
  std::size_t end = begin;
  while (end < line.size() && isPartOfName(line[end]))
    ++end;
  return std::max(end, begin + 1);
}

} // namespace

std::string escapedMessage(std::string_view text) {
  std::string escaped;
  for (const char c : cleanText(text)) {
    if (c == '[' || c == ']' || c == '\\')
      escaped += '\\';
    escaped += c;
  }
  return escaped;
}

std::string shellCommand(const std::vector<std::string> &arguments) {
  constexpr std::string_view plain = "abcdefghijklmnopqrstuvwxyz"
                                     "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                     "0123456789-._~/=:,@%+";
  std::string command;
  for (const std::string &argument : arguments) {
    if (!command.empty())
      command += ' ';
    if (!argument.empty() &&
        argument.find_first_not_of(plain) == std::string::npos) {
      command += argument;
      continue;
    }
    command += '\'';
    for (const char c : argument)
      command += c == '\'' ? std::string("'\\''") : std::string(1, c);
    command += '\'';
  }
  return cleanText(command);
}

Json SarifPlaces::artifact(const std::string &file) const {
  Json location{{"uri", root_.uri(file)}};
  if (root_.contains(file))
    location["uriBaseId"] = base;
  return location;
}

Json SarifPlaces::region(const Place &place) {
  if (place.line == 0)
    return {
        {"startLine", 1}, {"startColumn", 1}, {"endLine", 1}, {"endColumn", 2}};
  const std::size_t begin = place.column > 0 ? place.column - 1 : 0;
  std::size_t start = begin;
  std::size_t end = begin + 1;
  const auto line = lines_.line(place.file, place.line);
  if (line && begin < line->size()) {
    start = charactersIn(*line, begin);
    end = start +
          charactersIn(line->substr(begin), endOfToken(*line, begin) - begin);
  }
  Json region{{"startLine", place.line},
              {"startColumn", start + 1},
              {"endLine", place.line},
              {"endColumn", end + 1}};
  if (line && line->size() <= longestSnippet)
    region["snippet"] = {{"text", cleanText(*line)}};
  return region;
}

Json SarifPlaces::location(const Place &place) {
  return {{"physicalLocation",
           {{"artifactLocation", artifact(place.file)},
            {"region", region(place)}}}};
}

Json SarifPlaces::locationInContext(const Place &place) {
  Json where = location(place);
  if (Json lines = contextRegion(place); !lines.is_null())
    where["physicalLocation"]["contextRegion"] = std::move(lines);
  return where;
}

Json SarifPlaces::contextRegion(const Place &place) {
  const auto lineOf = [&](unsigned number) {
    const auto line = lines_.line(place.file, number);
    // What stands behind the last line end is no line.
    const bool isLine =
        line && (!line->empty() || lines_.line(place.file, number + 1));
    return isLine && line->size() <= longestSnippet ? line : std::nullopt;
  };
  if (!lineOf(place.line))
    return nullptr;
  unsigned first = place.line;
  while (first > 1 && place.line - first < contextLines && lineOf(first - 1))
    --first;
  unsigned last = place.line;
  while (last - place.line < contextLines && lineOf(last + 1))
    ++last;
  std::string text;
  for (unsigned number = first; number <= last; ++number)
    text += (number == first ? "" : "\n") + cleanText(*lineOf(number));
  return {{"startLine", first},
          {"endLine", last},
          {"snippet", {{"text", std::move(text)}}}};
}

Json SarifPlaces::codeFlow(const Finding &finding) {
  const bool leadsAway =
      std::ranges::any_of(finding.notes, [&](const FindingNote &note) {
        return note.place.line > 0 && note.place.file != finding.place.file;
      });
  if (!leadsAway)
    return nullptr;
  Json steps = Json::array();
  const auto step = [&](const Place &place, const std::string &words) {
    Json where = location(place);
    where["message"]["text"] = escapedMessage(words);
    steps.push_back({{"location", std::move(where)}});
  };
  step(finding.place, finding.message);
  for (const FindingNote &note : finding.notes)
    if (note.place.line > 0 && note.place != finding.place &&
        steps.size() < mostSteps)
      step(note.place, note.message);
  return {{"threadFlows", Json::array({{{"locations", std::move(steps)}}})}};
}

Json SarifPlaces::deletedRegion(const Edit &edit) {
  const auto from = lines_.position(edit.file, edit.offset);
  const auto to = lines_.position(edit.file, edit.offset + edit.length);
  if (!from || !to)
    return nullptr;
  const auto column = [&](const SourceLines::Position &at) {
    const auto line = lines_.line(edit.file, at.line);
    return line ? charactersIn(*line, at.column - 1) + 1 : at.column;
  };
  return {{"startLine", from->line},
          {"startColumn", column(*from)},
          {"endLine", to->line},
          {"endColumn", column(*to)}};
}

Json SarifPlaces::fix(const Finding &finding) {
  Json changes = Json::array();
  for (const Edit &edit : finding.fix) {
    Json deleted = deletedRegion(edit);
    if (deleted.is_null())
      return nullptr; // half a fix is none
    Json where = artifact(edit.file);
    auto change = std::ranges::find_if(changes, [&](const Json &known) {
      return known.at("artifactLocation") == where;
    });
    if (change == changes.end()) {
      changes.push_back({{"artifactLocation", std::move(where)},
                         {"replacements", Json::array()}});
      change = changes.end() - 1;
    }
    (*change)["replacements"].push_back(
        {{"deletedRegion", std::move(deleted)},
         {"insertedContent", {{"text", edit.text}}}});
  }
  if (changes.empty())
    return nullptr;
  return {{"description",
           {{"text", "Reject a socket that is connected to itself."}}},
          {"artifactChanges", std::move(changes)}};
}

} // namespace selfconnect
