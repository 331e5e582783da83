//===- html_report.cpp - one page for people ------------------------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The page is made by the templates in page/, which escape all that is put in.
// It begins with the counts and groups the findings by what they come to, so
// they wait in spools, one per group.
//
//===----------------------------------------------------------------------===//

#include "clean_text.h"
#include "page_data.h"
#include "sarif_places.h"
#include "spool.h"
#include "standing.h"

#include <fmt/format.h>

#include <map>
#include <set>
#include <utility>

namespace selfconnect {
namespace {

// page/*, put here by CMake.
constexpr const char *headTemplate =
#include "head.mustache.inc"
    ;
constexpr const char *groupTemplate =
#include "group.mustache.inc"
    ;
constexpr const char *groupEnd =
#include "group_end.mustache.inc"
    ;
constexpr const char *findingTemplate =
#include "finding.mustache.inc"
    ;
constexpr const char *footTemplate =
#include "foot.mustache.inc"
    ;
constexpr const char *style =
#include "page.css.inc"
    ;
constexpr const char *script =
#include "page.js.inc"
    ;

/// A browser lays out a chunk of findings when it comes into sight.
constexpr std::size_t perChunk = 50;

using kainjow::mustache::mustache;

struct Words {
  const char *title;
  const char *meaning;
};

Words wordsFor(Standing standing) {
  switch (standing) {
  case Standing::Confirmed:
    return {"Confirmed",
            "The loop connected to itself, on the configured range."};
  case Standing::WhenExhausted:
    return {"Confirmed when exhausted",
            "The kernel draws this port only when the other half of the range "
            "is in use, as on a busy host. With that half in use, the loop "
            "connected to itself."};
  case Standing::Found:
    return {"Found", "Not tried."};
  case Standing::Unknown:
    return {"Unknown", "The host, the port or the behaviour of the kernel is "
                       "not known. This says nothing about the code."};
  case Standing::NotRun:
    return {"Not run", "The environment refused a step, or the timeout came "
                       "first. This says nothing about the code."};
  case Standing::Suppressed:
    return {"Suppressed", "Silenced in the source code."};
  case Standing::Refuted:
    return {"Refuted", "It cannot happen in any of these environments."};
  }
  return {"", ""};
}

PageData flag(bool value) {
  return PageData(value ? PageData::type::bool_true
                        : PageData::type::bool_false);
}

class HtmlReporter final : public Reporter {
public:
  HtmlReporter(Write write, const std::string &sourceRoot)
      : write_(std::move(write)), root_(sourceRoot), findings_(root_) {}

  void begin(const RunInfo &info) override { info_ = info; }

  void finding(const JudgedFinding &judged) override {
    Group &group = groups_[standingOf(judged)];
    checks_.insert(cleanText(judged.finding.check));
    for (std::size_t i = 0; i < judged.verdicts.size(); ++i)
      ++counts_[judged.verdicts[i].kind][i];
    PageData data = findings_.make(judged);
    data.set("newChunk", flag(group.count > 0 && group.count % perChunk == 0));
    ++group.count;
    group.spool.append(render(finding_, data));
  }

  void end(const Summary &summary) override {
    write_(render(mustache(headTemplate), headData(summary)));
    for (auto &[standing, group] : groups_) {
      PageData data;
      data.set("verdict", standingName(standing));
      data.set("title", wordsFor(standing).title);
      data.set("meaning", wordsFor(standing).meaning);
      data.set("count", fmt::format("{}", group.count));
      write_(render(mustache(groupTemplate), data));
      group.spool.replay(write_);
      write_(groupEnd);
    }
    PageData foot;
    foot.set("script", script);
    write_(render(mustache(footTemplate), foot));
  }

private:
  static std::string render(const mustache &from, const PageData &data) {
    // Rendering is no const member, but changes nothing that lasts.
    return const_cast<mustache &>(from).render(data);
  }

  PageData rangesData() const {
    PageData ranges = pageList();
    for (std::size_t i = 0; i < info_.ranges.size(); ++i) {
      const JudgedRange &range = info_.ranges[i];
      PageData one;
      one.set("index", fmt::format("{}", i));
      one.set("environment", pageText(environmentName(range)));
      one.set("ports", range.range.str());
      if (const std::string reserved = range.reserved.str(); !reserved.empty())
        one.set("reserved", reserved);
      ranges.push_back(one);
    }
    return ranges;
  }

  /// A row per verdict, a column per range.
  PageData rowsData() const {
    PageData rows = pageList();
    for (const VerdictKind kind : allVerdictKinds) {
      const auto found = counts_.find(kind);
      if (found == counts_.end())
        continue;
      PageData row;
      row.set("verdict", verdictName(kind));
      PageData counts = pageList();
      for (std::size_t i = 0; i < info_.ranges.size(); ++i) {
        const auto count = found->second.find(i);
        counts.push_back(
            PageData("count", fmt::format("{}", count == found->second.end()
                                                    ? 0
                                                    : count->second)));
      }
      row.set("counts", counts);
      rows.push_back(row);
    }
    return rows;
  }

  /// The verdicts that the filter offers.
  PageData standingsData() const {
    PageData standings = pageList();
    for (const Standing standing : allStandings) {
      bool isThere = groups_.contains(standing);
      for (const auto &[kind, counts] : counts_)
        isThere |=
            std::string_view(verdictName(kind)) == standingName(standing);
      if (isThere)
        standings.push_back(PageData("verdict", standingName(standing)));
    }
    return standings;
  }

  PageData headData(const Summary &summary) const {
    PageData data;
    data.set("style", style);
    data.set("title", "selfconnect: code that can connect to itself");
    std::string sentence = fmt::format("{} finding{}", summary.findings,
                                       summary.findings == 1 ? "" : "s");
    const char *separator = ": ";
    for (const auto &[standing, group] : groups_) {
      sentence += fmt::format("{}{} {}", separator, group.count,
                              standingName(standing));
      separator = ", ";
    }
    data.set("summary", sentence + ".");
    data.set("version", pageText(info_.version));
    data.set("kernel", pageText(info_.kernel));
    data.set("command", shellCommand(info_.command));
    data.set("hasRanges", flag(!counts_.empty()));
    data.set("several", flag(info_.ranges.size() > 1));
    data.set("any", flag(summary.findings > 0));
    data.set("ranges", rangesData());
    data.set("rows", rowsData());
    data.set("standings", standingsData());
    PageData checks = pageList();
    for (const std::string &check : checks_)
      checks.push_back(PageData("check", check));
    data.set("checks", checks);
    PageData skipped = pageList();
    for (const auto &[reason, count] : summary.skipped) {
      PageData one;
      one.set("reason", pageText(reason));
      one.set("count", fmt::format("{}", count));
      skipped.push_back(one);
    }
    data.set("skipped", skipped);
    return data;
  }

  struct Group {
    std::size_t count = 0;
    Spool spool;
  };

  Write write_;
  SourceRoot root_;
  FindingPageData findings_;
  RunInfo info_;
  mustache finding_{findingTemplate};
  std::map<Standing, Group> groups_; ///< the worst first
  std::set<std::string> checks_;
  /// By verdict, then by the index of the range.
  std::map<VerdictKind, std::map<std::size_t, std::size_t>> counts_;
};

} // namespace

std::unique_ptr<Reporter> htmlReporter(Write write,
                                       const std::string &sourceRoot) {
  return std::make_unique<HtmlReporter>(std::move(write), sourceRoot);
}

} // namespace selfconnect
