//===- report_formats_test.cpp - SARIF, JUnit, annotations and what they share
//-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "baseline.h"
#include "clean_text.h"
#include "gzip_size.h"
#include "identity.h"
#include "patch.h"
#include "sarif_places.h"
#include "spool.h"
#include "standing.h"

#include "selfconnect/error.h"
#include "selfconnect/report.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <random>
#include <unistd.h>

namespace selfconnect {
namespace {

namespace fs = std::filesystem;

/// A folder that is gone at the end.
class Folder {
public:
  Folder() {
    path_ = fs::canonical(fs::temp_directory_path()) /
            ("selfconnect-" + std::to_string(::getpid()));
    fs::create_directories(path_);
  }
  ~Folder() { fs::remove_all(path_); }
  Folder(const Folder &) = delete;
  Folder &operator=(const Folder &) = delete;

  std::string file(const std::string &name, const std::string &content) const {
    std::ofstream(path_ / name, std::ios::binary) << content;
    return (path_ / name).string();
  }
  [[nodiscard]] std::string path() const { return path_.string(); }

private:
  fs::path path_;
};

JudgedFinding judgedAs(std::vector<VerdictKind> kinds, unsigned line = 1) {
  JudgedFinding judged;
  judged.finding.check = "selfconnect-retry-loop";
  judged.finding.place = {"/src/a.c", line, 1};
  judged.finding.message = "retried";
  judged.finding.reproduce.target = {"127.0.0.1", 33334};
  for (const VerdictKind kind : kinds) {
    Verdict verdict;
    verdict.range = {{32768, 60999}, "linux", {}};
    verdict.kind = kind;
    verdict.reason = "so";
    judged.verdicts.push_back(verdict);
  }
  return judged;
}

/// What a reporter writes of that many findings.
template <typename Make>
std::string written(Make make, const std::vector<VerdictKind> &kinds) {
  std::string text;
  Reports reports;
  reports.add(make([&](std::string_view part) { text += part; }));
  reports.begin({});
  unsigned line = 0;
  for (const VerdictKind kind : kinds)
    reports.finding(judgedAs({kind}, ++line));
  reports.end({});
  return text;
}

TEST(CleanText, IsValidAndHarmless) {
  const std::string bad = "\xef\xbf\xbd";
  EXPECT_EQ(cleanText("plain caf\xc3\xa9 \xf0\x9f\x98\x80"),
            "plain caf\xc3\xa9 \xf0\x9f\x98\x80");
  EXPECT_EQ(cleanText("a\tb"), "a b");
  EXPECT_EQ(cleanText("a\x1b[m\n\x7f"), "a" + bad + "[m" + bad + bad);
  EXPECT_EQ(cleanText("\xc2\x9b|\xe2\x80\xae|\xe2\x81\xa6|\xef\xbf\xbf"),
            bad + "|" + bad + "|" + bad + "|" + bad);
  // Cut short, too long a form, a surrogate, beyond the last character.
  EXPECT_EQ(cleanText("\xc3"), bad);
  EXPECT_EQ(cleanText("\xc0\xaf"), bad + bad);
  EXPECT_EQ(cleanText("\xed\xa0\x80"), bad + bad + bad);
  EXPECT_EQ(cleanText("\xf4\x90\x80\x80"), bad + bad + bad + bad);
}

TEST(CleanText, CountsCharacters) {
  EXPECT_EQ(charactersIn("caf\xc3\xa9s", 5), 4U);
  EXPECT_EQ(charactersIn("\xff\xff", 2), 2U);
  EXPECT_EQ(charactersIn("ab", 7), 2U);
}

TEST(Standing, TheWorstCounts) {
  using enum VerdictKind;
  EXPECT_EQ(standingOf(judgedAs({Refuted, Confirmed})), Standing::Confirmed);
  EXPECT_EQ(standingOf(judgedAs({Refuted, Unknown})), Standing::Unknown);
  EXPECT_EQ(standingOf(judgedAs({Refuted, Refuted})), Standing::Refuted);
  EXPECT_EQ(standingOf(judgedAs({})), Standing::Found);
  JudgedFinding silenced = judgedAs({Confirmed});
  silenced.finding.suppressed = true;
  EXPECT_EQ(standingOf(silenced), Standing::Suppressed);
}

TEST(Spool, GivesBackAllOfIt) {
  Spool spool;
  std::string all;
  for (int i = 0; i < 100000; ++i) {
    const std::string part = std::to_string(i) + "\n";
    spool.append(part);
    all += part;
  }
  std::string back;
  spool.replay([&](std::string_view part) { back += part; });
  EXPECT_EQ(back, all);
}

TEST(Identity, SurvivesMovedAndIndentedLines) {
  const Folder folder;
  const SourceRoot root(folder.path());
  const auto identify = [&](const std::string &content, unsigned line) {
    Finding finding;
    finding.check = "selfconnect-retry-loop";
    finding.place = {folder.file("a.c", content), line, 1};
    return Identities(root).identify(finding).hash();
  };
  const std::uint64_t first = identify("x\nconnect(a, b);\n", 2);
  EXPECT_EQ(identify("x\ny\nz\n\tconnect(a,  b);\r\n", 4), first);
  EXPECT_NE(identify("x\nconnect(a, c);\n", 2), first);
}

TEST(Identity, EqualLinesAreCounted) {
  const Folder folder;
  const SourceRoot root(folder.path());
  Identities identities(root);
  Finding finding;
  finding.check = "selfconnect-retry-loop";
  finding.place = {folder.file("a.c", "f();\nf();\n"), 1, 1};
  EXPECT_EQ(identities.identify(finding).occurrence, 1U);
  const std::uint64_t first = finding.identity;
  finding.place.line = 2;
  EXPECT_EQ(identities.identify(finding).occurrence, 2U);
  EXPECT_NE(finding.identity, first);
}

TEST(Identity, ARenamedFileKeepsThem) {
  const Folder folder;
  const SourceRoot root(folder.path());
  Finding finding;
  finding.check = "selfconnect-retry-loop";
  finding.place = {folder.file("old.c", "f();\n"), 1, 1};
  Identities(root).identify(finding);
  const std::uint64_t before = finding.identity;
  finding.place.file = folder.file("new.c", "f();\n");
  Identities identities(root);
  identities.renamed("old.c", "new.c");
  identities.identify(finding);
  EXPECT_EQ(finding.identity, before);
}

TEST(Baseline, ReadsWhatItWrites) {
  const Folder folder;
  const Identity odd{"check", "a\tb\nc\\.c", "code \\t \\", 3};
  BaselineWriter writer;
  writer.add(odd);
  std::string text;
  writer.write([&](std::string_view part) { text += part; });
  Baseline baseline(folder.file("base", text));
  EXPECT_TRUE(baseline.takes(odd.hash()));
  EXPECT_FALSE(baseline.takes(1));
  EXPECT_TRUE(baseline.unmatched().empty());
}

TEST(SarifReport, KeepsTheWorstOfTooMany) {
  std::vector<VerdictKind> kinds(25010, VerdictKind::Unknown);
  for (int i = 0; i < 7; ++i)
    kinds.push_back(VerdictKind::Confirmed);
  const auto sarif = nlohmann::json::parse(
      written([](Write write) { return sarifReporter(write, {}); }, kinds));
  const auto &run = sarif["runs"][0];
  ASSERT_EQ(run["results"].size(), 25000U);
  EXPECT_EQ(run["results"][6]["level"], "error");
  EXPECT_EQ(run["results"][7]["level"], "warning");
  EXPECT_EQ(run["properties"]["resultsLeftOut"], 17);
  EXPECT_EQ(run["invocations"][0]["toolExecutionNotifications"].size(), 1U);
}

TEST(SarifReport, LeavesOutNoneOfAsManyAsAreTaken) {
  const auto sarif = nlohmann::json::parse(
      written([](Write write) { return sarifReporter(write, {}); },
              std::vector<VerdictKind>(25000, VerdictKind::Unknown)));
  const auto &run = sarif["runs"][0];
  EXPECT_EQ(run["results"].size(), 25000U);
  EXPECT_EQ(run["properties"]["resultsLeftOut"], 0);
  EXPECT_FALSE(run["invocations"][0].contains("toolExecutionNotifications"));
}

/// Letters that no packer makes much shorter than three quarters of them.
std::string noise(std::size_t length, unsigned seed) {
  std::mt19937 random(seed);
  std::string letters(length, ' ');
  for (char &letter : letters)
    letter = static_cast<char>('0' + random() % 64);
  return letters;
}

std::size_t packedSize(const std::string &text) {
  GzipSize packed;
  packed.add(text);
  return packed.most();
}

TEST(GzipSize, IsThatOfTheTextAndALittle) {
  EXPECT_LE(packedSize(""), GzipSize::mostPending + 10);
  const std::size_t ofNoise = packedSize(noise(1U << 20U, 0));
  EXPECT_GT(ofNoise, (1U << 20U) * 3 / 4);
  EXPECT_LT(ofNoise, (1U << 20U) * 4 / 5 + GzipSize::mostPending);
  EXPECT_LT(packedSize(std::string(10U << 20U, 'x')), 256U << 10U);
}

TEST(SarifReport, IsNoLargerThanGithubTakes) {
  // A little less than that when packed, and a little more.
  for (const unsigned count : {900U, 1200U}) {
    std::string text;
    const auto reporter =
        sarifReporter([&](std::string_view part) { text += part; }, {});
    reporter->begin({});
    for (unsigned i = 0; i < count; ++i) {
      JudgedFinding judged = judgedAs(
          {i + 3 < count ? VerdictKind::Unknown : VerdictKind::Confirmed});
      judged.finding.message = noise(12000, i);
      reporter->finding(judged);
    }
    reporter->end({});
    const auto run = nlohmann::json::parse(text)["runs"][0];
    const std::size_t kept = run["results"].size();
    EXPECT_LT(packedSize(text), 10'000'000U + GzipSize::mostPending);
    EXPECT_EQ(run["properties"]["resultsLeftOut"], count - kept);
    EXPECT_EQ(run["results"][2]["level"], "error");
    EXPECT_EQ(run["results"][3]["level"], "warning");
    if (count == 900)
      EXPECT_EQ(kept, count);
    else // as many as there is room for
      EXPECT_GT(packedSize(text), 9'500'000U);
  }
}

TEST(SarifReport, ShowsTheLinesAroundAFinding) {
  const Folder folder;
  const SourceRoot root(folder.path());
  SarifPlaces places(root);
  const std::string file = folder.file("a.c", "1\n2\n\n4\n\t5\n");
  const auto context = [&](unsigned line) -> nlohmann::ordered_json {
    const auto where =
        places.locationInContext({file, line, 1})["physicalLocation"];
    return where.value("contextRegion", nlohmann::ordered_json());
  };
  EXPECT_EQ(context(1), nlohmann::ordered_json::parse(R"({"startLine": 1,
      "endLine": 3, "snippet": {"text": "1\n2\n"}})"));
  EXPECT_EQ(context(5), nlohmann::ordered_json::parse(R"({"startLine": 3,
      "endLine": 5, "snippet": {"text": "\n4\n 5"}})"));
  EXPECT_TRUE(context(0).is_null()) << "not known";
  EXPECT_TRUE(context(9).is_null()) << "beyond the end";
}

TEST(SarifReport, LeadsThroughOtherFiles) {
  const Folder folder;
  const SourceRoot root(folder.path());
  SarifPlaces places(root);
  Finding finding;
  finding.place = {folder.file("main.c", "dial(\"caf\xc3\xa9\", x);\n"), 1, 14};
  finding.message = "retried";
  finding.notes = {{finding.place, "why"}};
  EXPECT_TRUE(places.codeFlow(finding).is_null());
  const Place connects = {folder.file("dial.c", "\nconnect(a);\n"), 2, 1};
  finding.notes.push_back({connects, "connects [here]"});
  const auto flow = places.codeFlow(finding);
  const auto &steps = flow["threadFlows"][0]["locations"];
  ASSERT_EQ(steps.size(), 2U);
  const auto &first = steps[0]["location"]["physicalLocation"];
  EXPECT_EQ(first["artifactLocation"]["uri"], "main.c");
  EXPECT_EQ(first["region"]["startColumn"], 13) << "in characters";
  EXPECT_EQ(first["region"]["endColumn"], 14);
  const auto &second = steps[1]["location"];
  EXPECT_EQ(second["physicalLocation"]["region"]["endColumn"], 8);
  EXPECT_EQ(second["message"]["text"], "connects \\[here\\]");
}

TEST(SarifReport, FixesAreRegions) {
  const Folder folder;
  const SourceRoot root(folder.path());
  SarifPlaces places(root);
  Finding finding;
  const std::string file =
      folder.file("a.c", "#include <a.h>\n  connect(x);\n");
  finding.fix = {{file, 17, 7, "selfconnect_connect"}, {file, 0, 0, "#\n"}};
  const auto fix = places.fix(finding);
  ASSERT_EQ(fix["artifactChanges"].size(), 1U);
  const auto &replacements = fix["artifactChanges"][0]["replacements"];
  ASSERT_EQ(replacements.size(), 2U);
  EXPECT_EQ(replacements[0]["deletedRegion"],
            nlohmann::ordered_json::parse(R"({"startLine": 2, "startColumn": 3,
                                              "endLine": 2, "endColumn": 10})"));
  finding.fix.push_back({file, 1000, 1, "beyond the end"});
  EXPECT_TRUE(places.fix(finding).is_null());
}

TEST(SarifReport, ACheckThatTheCatalogueLacksHasNoName) {
  std::string text;
  const auto reporter =
      sarifReporter([&](std::string_view part) { text += part; }, {});
  reporter->begin({});
  JudgedFinding judged = judgedAs({VerdictKind::Unknown});
  judged.finding.check = "selfconnect-of-tomorrow";
  reporter->finding(judged);
  reporter->end({});
  const auto sarif = nlohmann::json::parse(text);
  for (const auto &rule : sarif["runs"][0]["tool"]["driver"]["rules"])
    EXPECT_EQ(rule.contains("name"), rule["id"] != "selfconnect-of-tomorrow");
}

/// The page of one finding in that file, in its first line, which a fix
/// changes.
std::string pageOf(const Folder &folder, const std::string &content) {
  std::string text;
  const auto reporter =
      htmlReporter([&](std::string_view part) { text += part; }, folder.path());
  reporter->begin({});
  JudgedFinding judged = judgedAs({VerdictKind::Unknown});
  judged.finding.place.file = folder.file("a.c", content);
  judged.finding.fix = {{judged.finding.place.file, 0, 1, "fixed"}};
  reporter->finding(judged);
  reporter->end({});
  return text;
}

TEST(HtmlReport, ShowsThePatchAsItIsOrNotAtAll) {
  const Folder folder;
  EXPECT_NE(pageOf(folder, "x\ty\n").find("\n+fixed\ty\n"), std::string::npos);
  for (const char *hostile : {"x \x1b[m\n", "x \xff\n", "x \xe2\x80\xae\n"})
    EXPECT_EQ(pageOf(folder, hostile).find("fixed"), std::string::npos);
}

TEST(HtmlReport, ALongLineIsCutBetweenCharacters) {
  const Folder folder;
  for (const unsigned before : {497U, 498U, 499U, 500U}) {
    const std::string text = pageOf(folder, std::string(before, 'x') +
                                                "\xf0\x9f\x98\x80 and more\n");
    const std::string cut = std::string(before, 'x') + "...";
    EXPECT_NE(text.find(cut), std::string::npos) << before;
    EXPECT_EQ(text.find("\xef\xbf\xbd"), std::string::npos) << before;
  }
}

TEST(HtmlReport, TabsAndBlanksOfOneWidthLookTheSame) {
  const Folder folder;
  for (const char *line : {"\tx", "        x", "   \tx", "\u00e4\u00e4\tx"})
    EXPECT_NE(pageOf(folder, line + std::string("\n")).find("      x\n</span>"),
              std::string::npos)
        << line;
  EXPECT_NE(pageOf(folder, "a\tb\n").find("</span>a       b\n"),
            std::string::npos);
}

TEST(HtmlReport, WhatEndsAFileIsNoLine) {
  const Folder folder;
  const std::string two = "<span class=\"number\">2</span>";
  EXPECT_EQ(pageOf(folder, "x\n").find(two), std::string::npos);
  EXPECT_NE(pageOf(folder, "x\n\ny\n").find(two), std::string::npos);
}

TEST(Patch, IsWhatPatchTakes) {
  const Folder folder;
  const SourceRoot root(folder.path());
  SourceLines lines;
  const std::string file =
      folder.file("a.c", "one\ntwo\nthree\nfour\n  connect(x);\nsix\n");
  EXPECT_EQ(makePatch({{file, 21, 7, "selfconnect_connect"},
                       {file, 4, 0, "#include <selfconnect/guard.h>\n"}},
                      root, lines),
            "--- a/a.c\n+++ b/a.c\n"
            "@@ -1,6 +1,7 @@\n one\n+#include <selfconnect/guard.h>\n two\n"
            " three\n four\n"
            "-  connect(x);\n+  selfconnect_connect(x);\n"
            " six\n");
  EXPECT_EQ(makePatch({}, root, lines), "");
  EXPECT_EQ(makePatch({{"/elsewhere.c", 0, 0, "x"}}, root, lines), "");
}

TEST(Patch, HasHunksWhereTheChangesAreFarApart) {
  const Folder folder;
  const SourceRoot root(folder.path());
  SourceLines lines;
  const std::string file = folder.file("a.c", "1\n2\n3\n4\n5\n6\n7\n8\nf();\n");
  // Six lines between them are the surroundings of both, seven are not.
  EXPECT_EQ(makePatch({{file, 2, 0, "new\n"}, {file, 16, 1, "g"}}, root, lines),
            "--- a/a.c\n+++ b/a.c\n"
            "@@ -1,4 +1,5 @@\n 1\n+new\n 2\n 3\n 4\n"
            "@@ -6,4 +7,4 @@\n 6\n 7\n 8\n-f();\n+g();\n");
  EXPECT_EQ(makePatch({{file, 4, 0, "new\n"}, {file, 16, 1, "g"}}, root, lines),
            "--- a/a.c\n+++ b/a.c\n"
            "@@ -1,9 +1,10 @@\n 1\n 2\n+new\n 3\n 4\n 5\n 6\n 7\n 8\n"
            "-f();\n+g();\n");
}

TEST(Patch, IsNoneOfLinesThatAPageDoesNotKeep) {
  const Folder folder;
  const SourceRoot root(folder.path());
  SourceLines lines;
  const std::string file = folder.file("a.c", "f();\r\ng();\r\n");
  EXPECT_EQ(makePatch({{file, 0, 1, "h"}}, root, lines), "");
}

TEST(Patch, SaysWhereTheLastLineHasNoEnd) {
  const Folder folder;
  const SourceRoot root(folder.path());
  SourceLines lines;
  const std::string file = folder.file("a.c", "f();\ng();");
  EXPECT_EQ(makePatch({{file, 0, 1, "h"}}, root, lines),
            "--- a/a.c\n+++ b/a.c\n"
            "@@ -1,2 +1,2 @@\n-f();\n+h();\n g();\n"
            "\\ No newline at end of file\n");
  EXPECT_EQ(makePatch({{file, 5, 1, "h"}}, root, lines),
            "--- a/a.c\n+++ b/a.c\n"
            "@@ -1,2 +1,2 @@\n f();\n-g();\n\\ No newline at end of file\n"
            "+h();\n\\ No newline at end of file\n");
}

TEST(GithubReport, NoMoreThanTenOfAKind) {
  std::vector<VerdictKind> kinds(12, VerdictKind::Confirmed);
  kinds.insert(kinds.end(), 11, VerdictKind::Unknown);
  kinds.insert(kinds.end(), 5, VerdictKind::Refuted);
  const std::string text =
      written([](Write write) { return githubReporter(write, ""); }, kinds);
  const auto count = [&](const std::string &what) {
    std::size_t found = 0;
    for (std::size_t at = 0; (at = text.find(what, at)) != std::string::npos;
         ++at)
      ++found;
    return found;
  };
  EXPECT_EQ(count("\n"), 21U);
  EXPECT_EQ(count("::error file="), 10U);
  EXPECT_EQ(count("::warning file="), 10U);
  EXPECT_NE(text.find("::notice title=selfconnect::2 more errors and 1 more "
                      "warning of 28 findings are not annotated\n"),
            std::string::npos)
      << text;
}

TEST(GithubReport, TheWorstOfAKindFirst) {
  std::vector<VerdictKind> kinds(12, VerdictKind::NotRun);
  kinds.push_back(VerdictKind::ConfirmedWhenExhausted);
  const std::string text =
      written([](Write write) { return githubReporter(write, ""); }, kinds);
  EXPECT_TRUE(text.starts_with("::warning file=/src/a.c,line=13,")) << text;
  EXPECT_NE(text.find(",line=9,"), std::string::npos);
  EXPECT_EQ(text.find(",line=10,"), std::string::npos);
}

TEST(ShellCommand, IsWhatAShellTakes) {
  EXPECT_EQ(shellCommand({"selfconnect", "a b", "it's", "", "--range=host"}),
            "selfconnect 'a b' 'it'\\''s' '' --range=host");
}

} // namespace
} // namespace selfconnect
