//===- junit_report.cpp - JUnit's XML -------------------------------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

//
// A test case per finding and environment: confirmed is a failure, what could
// not be told is skipped, refuted passes. The suite says first how many of each
// there are, so the cases wait in a spool.
//
//===----------------------------------------------------------------------===//

#include "clean_text.h"
#include "source_root.h"
#include "spool.h"
#include "standing.h"

#include <fmt/format.h>
#include <pugixml.hpp>

#include <sstream>
#include <utility>

namespace selfconnect {
namespace {

void set(pugi::xml_node node, const char *name, const std::string &value) {
  node.append_attribute(name).set_value(value.c_str());
}

std::string printed(const pugi::xml_node &node, unsigned depth) {
  std::ostringstream text;
  node.print(text, "  ", pugi::format_indent, pugi::encoding_utf8, depth);
  return text.str();
}

/// All that is known of the finding, for a page of a server of CI.
std::string describe(const JudgedFinding &judged, const SourceRoot &root) {
  const auto line = [&](const Place &place, const std::string &words) {
    return fmt::format("{}:{}:{}: {}\n", cleanText(root.path(place.file)),
                       place.line, place.column, cleanText(words));
  };
  std::string text = line(judged.finding.place, judged.finding.message);
  if (const std::string source = sourceSentence(judged.finding.source);
      !source.empty())
    text += line(judged.finding.place, source);
  for (const FindingNote &note : judged.finding.notes)
    text += line(note.place, note.message);
  return text;
}

class JunitReporter final : public Reporter {
public:
  JunitReporter(Write write, const std::string &sourceRoot)
      : write_(std::move(write)), root_(sourceRoot) {}

  void begin(const RunInfo &info) override { info_ = info; }

  void finding(const JudgedFinding &judged) override {
    if (judged.verdicts.empty())
      addCase(judged, nullptr);
    for (const Verdict &verdict : judged.verdicts)
      addCase(judged, &verdict);
  }

  void end(const Summary & /*summary*/) override {
    pugi::xml_document document;
    pugi::xml_node suite = document.append_child("testsuite");
    set(suite, "name", "selfconnect");
    suite.append_attribute("tests") = tests_;
    suite.append_attribute("failures") = failures_;
    suite.append_attribute("errors") = 0;
    suite.append_attribute("skipped") = skipped_;
    set(suite, "time", fmt::format("{:.3f}", seconds_));
    pugi::xml_node properties = suite.append_child("properties");
    const auto property = [&](const char *name, const std::string &value) {
      pugi::xml_node node = properties.append_child("property");
      set(node, "name", name);
      set(node, "value", cleanText(value));
    };
    property("kernel", info_.kernel);
    property("version", info_.version);
    for (const JudgedRange &range : info_.ranges)
      property("range", environmentName(range) + " " + range.range.str());

    std::string head = printed(suite, 1);
    head.resize(head.rfind("  </testsuite>"));
    write_("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n" + head);
    cases_.replay(write_);
    write_("  </testsuite>\n</testsuites>\n");
  }

private:
  /// `verdict` is null where there is none.
  void addCase(const JudgedFinding &judged, const Verdict *verdict) {
    const Finding &finding = judged.finding;
    pugi::xml_document document;
    pugi::xml_node test = document.append_child("testcase");
    // Servers of CI take the points for packages.
    set(test, "classname", cleanText(finding.check));
    std::string name =
        fmt::format("{}:{}:{} {}", cleanText(root_.path(finding.place.file)),
                    finding.place.line, finding.place.column,
                    cleanText(finding.reproduce.target.str()));
    if (verdict)
      name += " on " + cleanText(environmentName(verdict->range));
    set(test, "name", name);
    set(test, "time", fmt::format("{:.3f}", verdict ? verdict->seconds : 0));
    ++tests_;
    seconds_ += verdict ? verdict->seconds : 0;

    const bool isFailure =
        !finding.suppressed &&
        (!verdict || verdict->kind == VerdictKind::Confirmed ||
         verdict->kind == VerdictKind::ConfirmedWhenExhausted);
    const bool isSkipped = finding.suppressed ||
                           (verdict && (verdict->kind == VerdictKind::Unknown ||
                                        verdict->kind == VerdictKind::NotRun));
    const std::string words = finding.suppressed ? "silenced by NOLINT"
                              : verdict          ? verdictSentence(*verdict)
                                                 : cleanText(finding.message);
    if (isFailure || isSkipped) {
      pugi::xml_node result =
          test.append_child(isFailure ? "failure" : "skipped");
      set(result, "message", words);
      if (isFailure) {
        set(result, "type", verdict ? verdictName(verdict->kind) : "found");
        ++failures_;
      } else {
        ++skipped_;
      }
      result.append_child(pugi::node_pcdata)
          .set_value(describe(judged, root_).c_str());
    }
    cases_.append(printed(test, 2));
  }

  Write write_;
  SourceRoot root_;
  RunInfo info_;
  Spool cases_;
  std::uint64_t tests_ = 0;
  std::uint64_t failures_ = 0;
  std::uint64_t skipped_ = 0;
  double seconds_ = 0;
};

} // namespace

std::unique_ptr<Reporter> junitReporter(Write write,
                                        const std::string &sourceRoot) {
  return std::make_unique<JunitReporter>(std::move(write), sourceRoot);
}

} // namespace selfconnect
