//===- sarif_report.cpp - SARIF 2.1.0 -------------------------------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

//
// For GitHub code scanning and all other readers: one run, a result per finding
// with a verdict per environment in its properties. GitHub takes so many
// results, and so large a file when packed, and no more; the worst come first,
// so results wait in spools, one for each standing, until their number is
// known.
//
//===----------------------------------------------------------------------===//

#include "check_catalogue.h"
#include "clean_text.h"
#include "finding_json.h"
#include "gzip_size.h"
#include "identity.h"
#include "sarif_places.h"
#include "spool.h"
#include "standing.h"

#include <algorithm>
#include <map>
#include <utility>

namespace selfconnect {

using Json = nlohmann::ordered_json;

namespace {

/// What GitHub takes of a run.
constexpr std::size_t mostResults = 25000;
constexpr std::size_t mostPacked = 10'000'000;
/// What the upload adds to each result, a fingerprint, when packed; and what
/// stands around the results.
constexpr std::size_t addedToResult = 16;
constexpr std::size_t addedToRun = 64U << 10U;
/// What it takes of tags per rule.
constexpr std::size_t mostTags = 20;

const char *levelOf(Standing standing) {
  return standing == Standing::Confirmed ? "error"
         : standing == Standing::Refuted ? "none"
                                         : "warning";
}

std::string joined(const std::vector<std::string> &parts, const char *between) {
  std::string text;
  for (const std::string &part : parts)
    text += (text.empty() ? "" : between) + part;
  return text;
}

Json toRule(const CheckData &check) {
  Json tags = check.tags;
  if (tags.size() > mostTags)
    tags.erase(tags.begin() + mostTags, tags.end());
  const std::string help = joined(check.help, "\n\n");
  Json rule{{"id", check.id}};
  if (check.name != check.id) // a check that the catalogue lacks has none
    rule["name"] = check.name;
  rule.update({{"shortDescription", {{"text", check.shortText + "."}}},
               {"fullDescription", {{"text", check.fullText}}},
               {"help", {{"text", help}, {"markdown", help}}},
               {"helpUri", check.page},
               {"defaultConfiguration", {{"level", "warning"}}},
               {"properties",
                {{"precision", "high"},
                 {"problem.severity", "warning"},
                 {"tags", std::move(tags)}}}});
  return rule;
}

class SarifReporter final : public Reporter {
public:
  SarifReporter(Write write, const SarifOptions &options)
      : write_(std::move(write)), options_(options), root_(options.sourceRoot),
        places_(root_) {
    for (const CheckData &check : checkCatalogue())
      addRule(check);
  }

  void begin(const RunInfo &info) override { info_ = info; }

  void finding(const JudgedFinding &judged) override {
    const Standing standing = standingOf(judged);
    if (standing == Standing::Refuted && !options_.includeRefuted)
      return;
    std::size_t &count = counts_[standing];
    // More than that of one kind will not be written in any case.
    if (++count <= mostResults)
      spools_[standing].append("\n" + dumped(toResult(judged, standing), 0, 0));
  }

  void end(const Summary & /*summary*/) override {
    std::size_t all = 0;
    for (const auto &[standing, count] : counts_)
      all += count;
    std::size_t left = std::min({all, mostResults, countThatFit()});
    writeHead(all - left);
    bool isFirst = true;
    for (auto &[standing, spool] : spools_)
      writeResults(spool, left, isFirst);
    write_("\n]}]}\n");
  }

private:
  std::size_t addRule(const CheckData &check) {
    const auto [entry, isNew] = ruleIndex_.try_emplace(check.id, rules_.size());
    if (isNew)
      rules_.push_back(toRule(check));
    return entry->second;
  }

  Json toResult(const JudgedFinding &judged, Standing standing) {
    const Finding &finding = judged.finding;
    const std::string warning = cleanText(finding.message);
    const std::string id = cleanText(finding.check);
    Json result;
    result["ruleId"] = id;
    result["ruleIndex"] = addRule(findCheck(id, warning));
    result["kind"] = standing == Standing::Refuted ? "pass" : "fail";
    result["level"] = levelOf(standing);
    Json related = Json::array();
    result["message"]["text"] = message(judged, related);
    result["locations"] =
        Json::array({places_.locationInContext(finding.place)});
    if (!related.empty())
      result["relatedLocations"] = std::move(related);
    if (Json flow = places_.codeFlow(finding); !flow.is_null())
      result["codeFlows"] = Json::array({std::move(flow)});
    result["partialFingerprints"]["selfconnect/v1"] =
        hexadecimal(finding.identity);
    if (Json fix = places_.fix(finding); !fix.is_null())
      result["fixes"] = Json::array({std::move(fix)});
    if (finding.suppressed)
      result["suppressions"] =
          Json::array({{{"kind", "inSource"}, {"status", "accepted"}}});
    if (options_.isNew)
      result["baselineState"] = "new";
    result["properties"] = properties(judged, standing);
    return result;
  }

  /// The warning, its verdicts, and the notes; those that stand elsewhere are
  /// linked, as GitHub shows no others.
  std::string message(const JudgedFinding &judged, Json &related) {
    std::string text = escapedMessage(judged.finding.message) + ".";
    if (const std::string source = sourceSentence(judged.finding.source);
        !source.empty())
      text += "\n" + escapedMessage(source) + ".";
    for (const std::string &sentence : verdictSentences(judged.verdicts))
      text += "\n" + escapedMessage(sentence) + ".";
    for (const FindingNote &note : judged.finding.notes) {
      if (note.message.starts_with(reproduceNotePrefix))
        continue; // at the end
      const std::string words = escapedMessage(note.message);
      if (note.place == judged.finding.place || note.place.line == 0 ||
          related.size() == mostRelated) {
        text += "\n" + words + ".";
        continue;
      }
      Json location = places_.location(note.place);
      location["id"] = related.size() + 1;
      location["message"]["text"] = words;
      text += "\n[" + words + "](" + std::to_string(related.size() + 1) + ").";
      related.push_back(std::move(location));
    }
    if (!judged.finding.suppressed) // of which none is recorded
      text += "\n" + escapedMessage(judged.finding.reproduce.str());
    return text;
  }

  static Json properties(const JudgedFinding &judged, Standing standing) {
    Json verdicts = Json::array();
    for (const Verdict &verdict : judged.verdicts)
      verdicts.push_back(toJson(verdict));
    if (judged.finding.suppressed) // of which no more is recorded
      return {{"verdict", standingName(standing)}};
    const std::string note = judged.finding.reproduce.str();
    return {{"verdict", standingName(standing)},
            {"source", sourceStateName(judged.finding.source)},
            {"target", judged.finding.reproduce.target.str()},
            {"reproduce", note.substr(reproduceNotePrefix.size())},
            {"verdicts", std::move(verdicts)}};
  }

  void writeHead(std::size_t leftOut) {
    Json ranges = Json::array();
    for (const JudgedRange &range : info_.ranges)
      ranges.push_back(toJson(range));
    const std::string command = shellCommand(info_.command);
    Json invocation{{"commandLine", command}, {"executionSuccessful", true}};
    if (leftOut)
      invocation["toolExecutionNotifications"] = Json::array(
          {{{"level", "warning"},
            {"message",
             {{"text",
               std::to_string(leftOut) +
                   " results of the lowest severity were left out: "
                   "GitHub takes no more than " +
                   std::to_string(mostResults) +
                   ", and no more than 10 MB of them, compressed."}}}}});
    const Json run{
        {"tool",
         {{"driver",
           {{"name", "selfconnect"},
            {"version", info_.version},
            {"semanticVersion", info_.version},
            {"informationUri", SELFCONNECT_PAGES_URL "README.md"},
            {"rules", rules_}}}}},
        {"automationDetails", {{"id", "selfconnect/"}}},
        {"invocations", Json::array({invocation})},
        {"originalUriBaseIds",
         {{SarifPlaces::base,
           {{"uri", root_.ownUri()},
            {"description", {{"text", "The root of the source code."}}}}}}},
        {"columnKind", "unicodeCodePoints"},
        {"properties",
         {{"kernel", info_.kernel},
          {"version", info_.version},
          {"command", command},
          {"ranges", std::move(ranges)},
          {"resultsLeftOut", leftOut}}}};
    std::string head =
        dumped({{"$schema", "https://json.schemastore.org/sarif-2.1.0.json"},
                {"version", "2.1.0"}});
    head.resize(head.rfind('\n')); // room for more in both objects
    std::string inner = dumped(run, 1);
    inner.resize(inner.rfind('\n'));
    write_(head + ",\n  \"runs\": [" + inner + ",\n    \"results\": [");
  }

  /// How many of the results, the worst first, the packed file has room for.
  std::size_t countThatFit() {
    std::uint64_t raw = addedToRun;
    for (const auto &[standing, spool] : spools_)
      raw += spool.size() + addedToResult * counts_[standing];
    if (raw < mostPacked)
      return mostResults;
    GzipSize packed;
    std::size_t whole = 0;
    std::size_t begun = 0;
    bool isFull = false;
    const auto checkLast = [&] {
      isFull |= packed.most() + addedToRun + addedToResult * begun > mostPacked;
      if (!isFull)
        whole = begun;
    };
    for (auto &[standing, spool] : spools_)
      spool.replay([&](std::string_view piece) {
        while (!isFull) {
          const std::size_t at = piece.find('\n');
          packed.add(piece.substr(0, at));
          if (at == std::string_view::npos)
            return;
          checkLast();
          ++begun;
          piece.remove_prefix(at + 1);
        }
      });
    checkLast();
    return whole;
  }

  /// Those that there is still room for, each a line that follows its break.
  void writeResults(Spool &spool, std::size_t &left, bool &isFirst) {
    bool taken = false;
    spool.replay([&](std::string_view piece) {
      for (;;) {
        const std::size_t at = piece.find('\n');
        if (taken)
          write_(piece.substr(0, at));
        if (at == std::string_view::npos)
          return;
        piece.remove_prefix(at + 1);
        taken = left > 0;
        if (!taken)
          continue;
        --left;
        write_(std::exchange(isFirst, false) ? "\n" : ",\n");
      }
    });
  }

  Write write_;
  SarifOptions options_;
  SourceRoot root_;
  SarifPlaces places_;
  RunInfo info_;
  std::vector<Json> rules_;
  std::map<std::string, std::size_t> ruleIndex_;
  std::map<Standing, Spool> spools_; ///< the worst first
  std::map<Standing, std::size_t> counts_;
};

} // namespace

std::unique_ptr<Reporter> sarifReporter(Write write,
                                        const SarifOptions &options) {
  return std::make_unique<SarifReporter>(std::move(write), options);
}

} // namespace selfconnect
