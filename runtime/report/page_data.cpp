//===- page_data.cpp - a finding as the page's templates take it ----------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "page_data.h"

#include "clean_text.h"
#include "finding_json.h"
#include "identity.h"
#include "patch.h"
#include "standing.h"
#include "tries_plot.h"

#include <fmt/format.h>

#include <algorithm>

namespace selfconnect {
namespace {

/// Lines of code above and below a finding.
constexpr unsigned linesAround = 4;
/// Longer lines are made by programs.
constexpr std::size_t longestLine = 500;
/// As compilers and terminals show them.
constexpr std::size_t tabStop = 8;

std::string codeText(std::string_view line) {
  const bool isLong = line.size() > longestLine;
  if (isLong) { // and no half of a character
    std::size_t end = longestLine;
    while (end > 0 && (static_cast<unsigned char>(line[end]) & 0xc0U) == 0x80)
      --end;
    line = line.substr(0, end);
  }
  // Code is aligned by tabs, and by blanks as wide.
  std::string text;
  std::size_t column = 0;
  while (!line.empty()) {
    const std::size_t tab = std::min(line.find('\t'), line.size());
    text += cleanText(line.substr(0, tab));
    column += charactersIn(line, tab);
    if (tab < line.size()) {
      const std::size_t blanks = tabStop - column % tabStop;
      text.append(blanks, ' ');
      column += blanks;
    }
    line.remove_prefix(std::min(tab + 1, line.size()));
  }
  return isLong ? text + "..." : text;
}

/// Whether all its lines can be shown as they are, apart from tabs.
bool isHarmless(std::string_view text) {
  std::string flat(text);
  std::ranges::replace_if(
      flat, [](char c) { return c == '\n' || c == '\t'; }, ' ');
  return cleanText(flat) == flat;
}

/// What the line of a finding shows of its verdicts: one where all are equal,
/// else one per environment.
PageData badgesData(const std::vector<Verdict> &verdicts) {
  PageData badges = pageList();
  const bool isOne = std::ranges::all_of(verdicts, [&](const Verdict &verdict) {
    return verdict.kind == verdicts.front().kind;
  });
  for (const Verdict &verdict : verdicts) {
    const std::string name = verdictName(verdict.kind);
    PageData badge;
    badge.set("verdict", name);
    badge.set("words",
              isOne ? PageData(name)
                    : pageText(environmentName(verdict.range) + ": " + name));
    badges.push_back(badge);
    if (isOne)
      break;
  }
  return badges;
}

PageData evidenceData(const nlohmann::ordered_json &evidence) {
  PageData fields = pageList();
  for (const auto &[name, value] : evidence.items()) {
    if (value.is_null())
      continue;
    std::string words = name;
    std::ranges::replace(words, '_', ' ');
    PageData field;
    field.set("name", pageText(words));
    field.set("value", pageText(value.is_string() ? value.get<std::string>()
                                                  : value.dump()));
    fields.push_back(field);
  }
  return PageData("fields", fields);
}

PageData plotData(const Verdict &verdict, const Finding &finding,
                  const Target &target) {
  ReproduceOptions loop;
  loop.bindAnyPort = finding.reproduce.bindAnyPort;
  const TriesPlot plot =
      plotTries(predict(*target.port, verdict.range.range,
                        verdict.range.reserved, drawingOf(loop)),
                verdict.tries);
  PageData data;
  data.set("curve", plot.curve);
  data.set("label", plot.label);
  data.set("x", fmt::format("{}", plot.x));
  data.set("y", fmt::format("{}", plot.y));
  PageData ticks = pageList();
  for (const auto &[x, words] : plot.ticks) {
    PageData tick;
    tick.set("x", fmt::format("{}", x));
    tick.set("text", words);
    ticks.push_back(tick);
  }
  data.set("ticks", ticks);
  return data;
}

PageData verdictData(const Verdict &verdict, const Finding &finding) {
  PageData data;
  data.set("environment", pageText(environmentName(verdict.range)));
  data.set("ports", verdict.range.range.str());
  data.set("verdict", verdictName(verdict.kind));
  data.set("reason", pageText(verdict.reason));
  if (verdict.assumed)
    data.set("assumed", pageText(verdict.assumed->str()));
  if (!verdict.method)
    return data;
  data.set("method", methodName(*verdict.method));
  if (verdict.tries == 0)
    return data;
  data.set("tries", fmt::format("{}", verdict.tries));
  const Target &target =
      verdict.assumed ? *verdict.assumed : finding.reproduce.target;
  if (verdict.kind == VerdictKind::Confirmed && target.port &&
      !verdict.triesPerCall)
    data.set("plot", plotData(verdict, finding, target));
  return data;
}

} // namespace

PageData pageList() { return PageData(PageData::type::list); }

PageData pageText(const std::string &text) { return PageData(cleanText(text)); }

std::string FindingPageData::place(const Place &place) const {
  const std::string file = cleanText(root_.path(place.file));
  return place.line ? fmt::format("{}:{}:{}", file, place.line, place.column)
                    : file;
}

void FindingPageData::addCode(PageData &data, const Finding &finding) {
  const unsigned hit = finding.place.line;
  if (!lines_.line(finding.place.file, hit))
    return;
  PageData lines = pageList();
  for (unsigned n = hit > linesAround ? hit - linesAround : 1;
       n <= hit + linesAround; ++n) {
    const auto text = lines_.line(finding.place.file, n);
    const bool isBehindLastLine =
        text && text->empty() && !lines_.line(finding.place.file, n + 1);
    if (!text || (isBehindLastLine && n > hit))
      break;
    PageData line;
    line.set("number", fmt::format("{}", n));
    line.set("text", codeText(*text));
    line.set("hit", PageData(n == hit ? PageData::type::bool_true
                                      : PageData::type::bool_false));
    lines.push_back(line);
  }
  PageData excerpt;
  excerpt.set("file", pageText(root_.path(finding.place.file)));
  excerpt.set("lines", lines);
  data.set("excerpt", excerpt);
}

void FindingPageData::addWay(PageData &data, const Finding &finding) {
  PageData way = pageList();
  for (const FindingNote &note : finding.notes) {
    if (note.message.starts_with(reproduceNotePrefix))
      continue;
    PageData step;
    const bool elsewhere = note.place != finding.place;
    step.set("elsewhere", PageData(elsewhere ? PageData::type::bool_true
                                             : PageData::type::bool_false));
    step.set("place", place(note.place));
    step.set("words", pageText(note.message));
    const auto text = lines_.line(note.place.file, note.place.line);
    step.set("code", PageData(PageData::type::bool_false));
    if (elsewhere && text) {
      PageData code;
      code.set("number", fmt::format("{}", note.place.line));
      code.set("text", codeText(*text));
      step.set("code", code);
    }
    way.push_back(step);
  }
  if (way.is_non_empty_list()) {
    data.set("hasWay", PageData(PageData::type::bool_true));
    data.set("way", way);
  }
}

/// What a host reserves already stays reserved: the sysctl replaces the list.
void FindingPageData::addCures(PageData &data, const JudgedFinding &judged) {
  const Finding &finding = judged.finding;
  std::optional<std::uint16_t> port = finding.reproduce.target.port;
  std::string reserved;
  for (const Verdict &verdict : judged.verdicts) {
    if (verdict.assumed && !port)
      port = verdict.assumed->port;
    if (verdict.range.source == "host")
      reserved = verdict.range.reserved.str();
  }
  if (port)
    data.set("reserve",
             fmt::format("net.ipv4.ip_local_reserved_ports = {}{}{}", reserved,
                         reserved.empty() ? "" : ",", *port));
  data.set("cures", PageData(PageData::type::bool_true));
  if (finding.check != "selfconnect-ephemeral-listen-port")
    data.set("guard", PageData(PageData::type::bool_true));
  // What is not shown as it is would not apply.
  if (const std::string patch = makePatch(finding.fix, root_, lines_);
      !patch.empty() && isHarmless(patch))
    data.set("patch", patch);
}

PageData FindingPageData::make(const JudgedFinding &judged) {
  const Finding &finding = judged.finding;
  PageData data;
  data.set("id", hexadecimal(finding.identity));
  data.set("check", pageText(finding.check));
  data.set("place", place(finding.place));
  data.set("message", pageText(finding.message));
  if (const std::string source = sourceSentence(finding.source);
      !source.empty())
    data.set("source", source);
  data.set("target", pageText(finding.reproduce.target.str()));
  data.set("standing", standingName(standingOf(judged)));
  ReproduceNote run = finding.reproduce;
  for (const Verdict &verdict : judged.verdicts)
    if (verdict.assumed)
      run.target = *verdict.assumed;
  data.set("command", pageText(run.str().substr(reproduceNotePrefix.size())));
  const auto flag = [&](const char *name, bool value) {
    data.set(name, PageData(value ? PageData::type::bool_true
                                  : PageData::type::bool_false));
  };
  flag("suppressed", finding.suppressed);
  flag("hasVerdicts", !judged.verdicts.empty());
  bool anyRan = false;
  bool anyTries = false; // which a stable page leaves out
  bool anyAssumed = false;
  bool anyEvidence = false;
  PageData verdicts = pageList();
  for (const Verdict &verdict : judged.verdicts) {
    anyRan |= verdict.method.has_value();
    anyTries |= verdict.method.has_value() && verdict.tries > 0;
    anyAssumed |= verdict.assumed.has_value();
    PageData one = verdictData(verdict, finding);
    if (const auto evidence = toJson(verdict).at("evidence");
        !evidence.is_null()) {
      anyEvidence = true;
      one.set("evidence", evidenceData(evidence));
    }
    verdicts.push_back(one);
  }
  data.set("verdicts", verdicts);
  data.set("badges", badgesData(judged.verdicts));
  flag("anyRan", anyRan);
  flag("anyTries", anyTries);
  flag("anyAssumed", anyAssumed);
  flag("anyEvidence", anyEvidence);
  addCode(data, finding);
  addWay(data, finding);
  if (!finding.suppressed) // else somebody has decided
    addCures(data, judged);
  return data;
}

} // namespace selfconnect
