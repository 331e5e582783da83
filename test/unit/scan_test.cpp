//===- scan_test.cpp - the parts of a scan --------------------------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "../../runtime/scan/across.h"
#include "../../runtime/scan/arguments.h"
#include "../../runtime/scan/child_pool.h"
#include "../../runtime/scan/compile_database.h"
#include "../../runtime/scan/digest.h"
#include "../../runtime/scan/one_finding.h"
#include "../../runtime/scan/project_facts.h"
#include "../../runtime/scan/scratch_folder.h"
#include "../../runtime/scan/tidy_options.h"
#include "../../runtime/scan/tidy_output.h"
#include "../../runtime/scan/words.h"

#include "selfconnect/error.h"

#include <gtest/gtest.h>

#include <fstream>

namespace selfconnect::scan {
namespace {

using Words = std::vector<std::string>;

TEST(ScanWords, SplitAsAShellDoes) {
  EXPECT_EQ(splitWords("cc  -c\ta.c\n"), (Words{"cc", "-c", "a.c"}));
  EXPECT_EQ(splitWords(R"(-DX="a b" '-DY="q"' a\ b "\"" '\')"),
            (Words{"-DX=a b", "-DY=\"q\"", "a b", "\"", "\\"}));
  EXPECT_EQ(splitWords("'' \"\""), (Words{"", ""}));
  EXPECT_EQ(splitWords(" "), Words{});
  EXPECT_FALSE(splitWords("cc 'a.c"));
  EXPECT_FALSE(splitWords("cc \"a.c"));
}

Words fit(const Words &arguments, RemovedFlags &removed,
          const std::string &directory = "/") {
  return clangArguments({directory, "/a.c", arguments}, removed);
}

TEST(ScanArguments, WrappersAreStripped) {
  RemovedFlags removed;
  EXPECT_EQ(fit({"/usr/bin/ccache", "distcc", "gcc", "-c", "a.c"}, removed),
            (Words{"gcc", "-c", "a.c"}));
  EXPECT_EQ(fit({"env", "A=b", "ccache", "gcc", "a.c"}, removed),
            (Words{"gcc", "a.c"}));
  // Under the compiler's name the wrapper is the compiler.
  EXPECT_EQ(fit({"/usr/lib/ccache/gcc", "a.c"}, removed),
            (Words{"/usr/lib/ccache/gcc", "a.c"}));
  EXPECT_EQ(fit({"ccache", "-c", "a.c"}, removed),
            (Words{"ccache", "-c", "a.c"}));
  EXPECT_TRUE(removed.empty());
}

TEST(ScanArguments, FlagsThatClangCannotTakeAreCounted) {
  RemovedFlags removed;
  EXPECT_EQ(fit({"gcc", "-fipa-pta", "-ftrivial-auto-var-init=zero", "--param",
                 "x=1", "--param=y=2", "-Werror", "-Werror=format", "-DX",
                 "-fmodule-mapper=m", "-include-pch", "p", "a.c"},
                removed),
            (Words{"gcc", "-DX", "a.c"}));
  EXPECT_EQ(removed, (RemovedFlags{{"-fipa-pta", 1},
                                   {"-ftrivial-auto-var-init", 1},
                                   {"--param", 2},
                                   {"-fmodule-mapper", 1},
                                   {"-include-pch", 1}}));
  // As CMake writes it for Clang: the header stays, as text.
  EXPECT_EQ(fit({"c++", "-Xclang", "-include-pch", "-Xclang", "x.pch",
                 "-Xclang", "-include", "-Xclang", "x.hxx", "a.cpp"},
                removed),
            (Words{"c++", "-Xclang", "-include", "-Xclang", "x.hxx", "a.cpp"}));
}

TEST(ScanArguments, WhatClangRejects) {
  EXPECT_EQ(rejectedFlag("unknown argument: '-fodd'"), "-fodd");
  EXPECT_EQ(rejectedFlag("unknown argument '-fodd'; did you mean '-fold'?"),
            "-fodd");
  EXPECT_EQ(rejectedFlag("use of undeclared identifier 'x'"), "");
  Words arguments = {"cc", "-march=odd", "-fodd", "a.c"};
  RemovedFlags removed;
  EXPECT_TRUE(
      removeFlag(arguments, rejectedFlag("unknown target CPU 'odd'"), removed));
  EXPECT_TRUE(removeFlag(arguments, "-fodd", removed));
  EXPECT_FALSE(removeFlag(arguments, "-fodd", removed));
  EXPECT_EQ(arguments, (Words{"cc", "a.c"}));
  EXPECT_EQ(removed, (RemovedFlags{{"-march", 1}, {"-fodd", 1}}));
}

void write(const std::filesystem::path &file, const std::string &content) {
  std::ofstream(file, std::ios::binary) << content;
}

TEST(ScanArguments, ResponseFilesMayNameOthersButNotThemselves) {
  const ScratchFolder folder;
  const std::string directory = folder.path().string();
  RemovedFlags removed;
  write(folder.path() / "one", "-DX @two");
  write(folder.path() / "two", "\"-DY=a b\"");
  EXPECT_EQ(fit({"cc", "@one"}, removed, directory),
            (Words{"cc", "-DX", "-DY=a b"}));
  write(folder.path() / "two", "@one");
  EXPECT_THROW(fit({"cc", "@one"}, removed, directory), InputError);
  EXPECT_THROW(fit({"cc", "@three"}, removed, directory), InputError);
}

TEST(ScanDatabase, RelativeDirectoriesStartAtTheDatabase) {
  const ScratchFolder folder;
  const auto file = folder.path() / "compile_commands.json";
  write(file, R"([
    {"directory": "sub", "file": "../a.c", "command": "cc 'x y'"},
    {"directory": "/b", "file": "/c/d.c", "command": "x", "arguments": ["cc"]},
    {"directory": "/b", "file": "/c/d.c", "arguments": ["cc"]}])");
  const auto commands = readCompileDatabase(file.string());
  ASSERT_EQ(commands.size(), 2U);
  EXPECT_EQ(commands[0].directory, (folder.path() / "sub").string());
  EXPECT_EQ(commands[0].file, (folder.path() / "a.c").string());
  EXPECT_EQ(commands[0].arguments, (Words{"cc", "x y"}));
  EXPECT_EQ(commands[1].arguments, Words{"cc"});
}

TEST(ScanOptions, OptionsOfOursJoinThoseOfTheUser) {
  const std::string own = tidyConfig("", {{"SummaryOut", "a 'b';c"}});
  EXPECT_NE(own.find("InheritParentConfig"), own.npos);
  const std::string joined =
      tidyConfig("{CheckOptions: {Foo: user, Bar: user}}", {{"Foo", "ours"}});
  EXPECT_EQ(joined.find("InheritParentConfig"), joined.npos);
  EXPECT_NE(joined.find("ours"), joined.npos);
  EXPECT_NE(joined.find("user"), joined.npos);
  EXPECT_THROW(tidyConfig("[", {}), InputError);
  EXPECT_THROW(tidyConfig("text", {}), InputError);
  EXPECT_THROW(tidyConfig("{CheckOptions: [{key: a}]}", {}), InputError);
}

TEST(ScanOutput, IsTakenApart) {
  const auto printed = readTidyOutput("noise\n"
                                      "../a.h:3:1: warning: one [x]\n"
                                      "  code: warning: two\n"
                                      "/a/../b.c:4:2: note: more\n"
                                      "error: no such flag "
                                      "[clang-diagnostic-error]\n",
                                      "/p/build");
  ASSERT_EQ(printed.size(), 2U);
  EXPECT_EQ(printed[0].text, "/p/a.h:3:1: warning: one [x]\n"
                             "  code: warning: two\n"
                             "/b.c:4:2: note: more\n");
  EXPECT_FALSE(printed[0].isError);
  EXPECT_TRUE(printed[1].isError);
  EXPECT_EQ(printed[1].message, "no such flag");
  // A line of code as long as a generated file may have it.
  EXPECT_EQ(readTidyOutput(std::string(10'000'000, ':'), "/").size(), 0U);
}

/// A fixes file of one finding at the head of /a.c, seen from `directory`.
std::string fixesText(const std::string &directory, const std::string &path,
                      const std::string &target) {
  return "---\nMainSourceFile: '/x.c'\nDiagnostics:\n"
         "  - DiagnosticName: selfconnect-retry-loop\n"
         "    DiagnosticMessage: {Message: 'it''s', FilePath: '" +
         path +
         "', FileOffset: 0, Replacements: []}\n"
         "    Notes:\n      - {Message: 'reproduce with: selfconnect "
         "reproduce " +
         target + " --socket=new', FilePath: '" + path +
         "', FileOffset: 0, Replacements: []}\n    BuildDirectory: '" +
         directory + "'\n...\n";
}

TEST(ScanOutput, FixesOfSeveralFilesAreMerged) {
  MergedFixes merged;
  merged.add(fixesText("/x", "../a.c", "HOST:PORT"));
  merged.add(fixesText("/y", "../a.c", "HOST:PORT")); // the same again
  merged.add(fixesText("/y", "../a.c", "127.0.0.1:40404"));
  merged.keepOne({});
  const std::string text = merged.text();
  EXPECT_TRUE(text.starts_with("---\n")) << text;
  EXPECT_TRUE(text.ends_with("\n...\n")) << text;
  EXPECT_NE(text.find("'it''s'"), text.npos);
  EXPECT_NE(text.find("FileOffset: 0\n"), text.npos);
  const auto count = [&](const char *what) {
    const std::string now = merged.text();
    std::size_t found = 0;
    for (auto at = now.find(what); at != now.npos; at = now.find(what, at + 1))
      ++found;
    return found;
  };
  EXPECT_EQ(count("DiagnosticName"), 2U);
  merged.keepOne({{"selfconnect-retry-loop", {"/a.c", 0, 0}, "HOST:PORT"}});
  EXPECT_EQ(count("DiagnosticName"), 1U);
  merged.addServers({{40404, {"/server.c", 3, 1}}, {1, {"/other.c", 3, 1}}});
  EXPECT_EQ(count("the server of this port listens here"), 1U);
  EXPECT_THROW(merged.add("["), InputError);
  EXPECT_THROW(merged.add("a: *b"), InputError);
}

std::string summaryText(const std::string &main, const std::string &rows,
                        const std::string &wishes = "") {
  return R"({"schema":1,"llvm":"19","root":"..","main":")" + main +
         R"(","includes":[],"rows":[)" + rows + R"(],"suppressed":[],)" +
         R"("wishes":[)" + wishes + "]}";
}

std::string row(const std::string &name, const std::string &fact,
                const std::string &line = "1") {
  return R"({"name":")" + name + R"(","usr":"c:@F@)" + name + R"(","fact":")" +
         fact + R"(","deep":[{"at":{"line":)" + line + "}}]}";
}

Summary read(const std::string &text) {
  std::string error;
  auto summary = parseSummary(text, error);
  EXPECT_TRUE(summary) << error;
  return summary.value_or(Summary());
}

TEST(ScanSummary, PlacesAreNoFacts) {
  const std::string hash = nameHash("dial");
  const auto one = read(summaryText("a.c", row("dial", "x", "1"))).names[hash];
  const auto two = read(summaryText("a.c", row("dial", "x", "2"))).names[hash];
  const auto other = read(summaryText("a.c", row("dial", "y"))).names[hash];
  EXPECT_EQ(one.facts, two.facts);
  EXPECT_NE(one.places, two.places);
  EXPECT_NE(one.facts, other.facts);
}

TEST(ScanSummary, WhatIsNoneIsRefused) {
  const std::string good = summaryText("a.c", row("dial", "x"));
  read(good);
  std::string error;
  for (std::size_t length = 0; length < good.size(); ++length)
    EXPECT_FALSE(parseSummary(good.substr(0, length), error)) << length;
  for (const std::string bad :
       {"[]", "1", R"({"schema":2})", R"({"schema":"1"})", "\xff"})
    EXPECT_FALSE(parseSummary(bad, error)) << bad;
  EXPECT_FALSE(parseSummary(std::string(1'000'000, '['), error));
  EXPECT_FALSE(parseSummary(summaryText("a.c", "3"), error));
  EXPECT_FALSE(parseSummary(summaryText("a.c", "", R"("short")"), error));
  EXPECT_FALSE(parseSummary(summaryText("a.c", row("\xff", "x")), error));
}

TEST(ScanFactIndex, FortyThatDefineOneNameAreAtRest) {
  FactIndex index;
  for (int unit = 0; unit < 40; ++unit)
    index.put("u" + std::to_string(unit),
              read(summaryText("a.c", row("die", std::to_string(unit)))));
  ASSERT_TRUE(index.find(nameHash("die")));
  EXPECT_EQ(index.find(nameHash("die"))->size(), 40U);
  EXPECT_TRUE(index.withheld().empty());
}

TEST(ScanFactIndex, AnswersDifferWithFactsAndPlaces) {
  FactIndex index;
  const std::set<std::string> wishes = {nameHash("dial")};
  const Seen none = index.see("asker", wishes);
  index.put("u", read(summaryText("a.c", row("dial", "x", "1"))));
  const Seen one = index.see("asker", wishes);
  index.put("u", read(summaryText("a.c", row("dial", "x", "2"))));
  const Seen two = index.see("asker", wishes);
  EXPECT_NE(none.facts, one.facts);
  EXPECT_EQ(one.facts, two.facts);
  EXPECT_NE(one.places, two.places);
  EXPECT_EQ(index.see("u", wishes), none); // its own rows are no news
  index.remove("u");
  EXPECT_EQ(index.see("asker", wishes), none);
}

/// A function in dial.c that repeats an attempt, and what is said of its calls.
class ScanHeldCycle : public testing::Test {
protected:
  ScanHeldCycle() {
    write(dial_.file, "int dial() {\n  connect\n}\n");
    facts_.holders.push_back(
        {"c:@F@dial", "dial", dial_, attempt_, {attempt_}});
    find("dial.c", 2, "HOST:PORT");
  }

  SourcePlace place(const std::string &file, unsigned line) const {
    return {(folder_.path() / file).string(), line, 1};
  }
  void call(const std::string &file, unsigned line, CycleCall::Said said,
            const std::string &usr = "c:@F@dial") {
    facts_.calls[usr].push_back({place(file, line), said});
  }
  void find(const std::string &file, unsigned line, const std::string &target) {
    findings_.push_back(
        {{"selfconnect-retry-loop", place(file, line), target}, attempt_});
  }
  /// Files of what is left.
  Words shown() const {
    const auto dropped = superseded(findings_, facts_);
    Words files;
    for (const KnownFinding &each : findings_)
      if (!dropped.contains(each.id))
        files.push_back(
            std::filesystem::path(each.id.at.file).filename().string());
    return files;
  }

  const ScratchFolder folder_;
  const SourcePlace dial_ = place("dial.c", 1);
  const SourcePlace attempt_ = place("dial.c", 2);
  ProjectFacts facts_;
  std::vector<KnownFinding> findings_;
};

using Said = CycleCall::Said;

TEST_F(ScanHeldCycle, WithoutCallsItIsShownWhereItIs) {
  EXPECT_EQ(shown(), Words{"dial.c"});
}

TEST_F(ScanHeldCycle, IsDroppedWhereAllCallsAreHarmless) {
  call("a.c", 1, Said::Harmless);
  EXPECT_EQ(shown(), Words{});
  call("b.c", 1, Said::Unknown);
  EXPECT_EQ(shown(), Words{"dial.c"});
}

TEST_F(ScanHeldCycle, IsShownAtTheCallThatKnowsMost) {
  call("a.c", 1, Said::Harmless);
  call("b.c", 1, Said::Reported);
  find("b.c", 1, "127.0.0.1:40404");
  EXPECT_EQ(shown(), Words{"b.c"});
  call("c.c", 1, Said::Reported);
  find("c.c", 1, "127.0.0.1:PORT");
  EXPECT_EQ(shown(), Words{"b.c"});
  // A loop of its own around the call is another hazard.
  findings_.back().loop = place("c.c", 1);
  EXPECT_EQ(shown(), (Words{"b.c", "c.c"}));
}

TEST_F(ScanHeldCycle, IsKeptWhereItsCallIsNotReportedNow) {
  call("b.c", 1, Said::Reported); // by an earlier scan, of another file
  EXPECT_EQ(shown(), Words{"dial.c"});
}

TEST_F(ScanHeldCycle, ACallThatANolintHidesIsJudged) {
  call("b.c", 1, Said::Reported);
  facts_.hidden.insert(place("b.c", 1));
  EXPECT_EQ(shown(), Words{});
}

TEST_F(ScanHeldCycle, AWrapperIsAsItsCallsAre) {
  write(folder_.path() / "wrap.c", "void wrap() {\n  dial\n}\n");
  call("wrap.c", 2, Said::Unknown);
  facts_.holders.push_back({"c:@F@wrap",
                            "wrap",
                            place("wrap.c", 1),
                            attempt_,
                            {place("wrap.c", 2), attempt_}});
  EXPECT_EQ(shown(), Words{"dial.c"}); // who calls it is not known
  call("a.c", 1, Said::Harmless, "c:@F@wrap");
  EXPECT_EQ(shown(), Words{});
}

TEST_F(ScanHeldCycle, WhatItsOwnFileCallsIsNotToldOf) {
  call("a.c", 1, Said::Harmless);
  write(dial_.file, "int dial() {\n  connect\n}\nint x = dial();\n");
  EXPECT_EQ(shown(), Words{"dial.c"});
  write(dial_.file, "int dial() {\n  connect\n}\nint redial();\n");
  EXPECT_EQ(shown(), Words{});
}

TEST_F(ScanHeldCycle, OfOnePlaceWhatKnowsMostIsShown) {
  find("a.h", 3, "127.0.0.1:PORT");
  find("a.h", 3, "127.0.0.1:40404");
  find("a.h", 3, "127.0.0.1:40405");
  EXPECT_EQ(shown(), (Words{"dial.c", "a.h", "a.h"}));
}

/// A project in memory: what each unit writes is a function of the folder.
class ScanAcross : public testing::Test {
protected:
  using Writes = std::function<std::string(const SummaryFolder &)>;

  void add(const std::string &name, Writes writes) {
    const auto file = top_.path() / name;
    write(file, "");
    Unit unit;
    unit.id = name;
    unit.command = {top_.path().string(), file.string(), {"cc"}};
    units_.push_back(unit);
    writes_.push_back(std::move(writes));
  }

  /// Names of the units in the order in which they ran.
  Words settle(const std::string &made = "") {
    SummaryFolder folder(top_.path() / ".selfconnect", [] {});
    Across across(folder, units_, [&](const Unit &) {
      return Basis{made, ""};
    });
    across.load(true);
    std::vector<std::size_t> all;
    for (std::size_t at = 0; at < units_.size(); ++at)
      all.push_back(at);
    Words ran;
    across.settle(all, [&](const auto &units, const UnitDone &done) {
      for (const std::size_t unit : units) {
        ran.push_back(units_[unit].id);
        UnitRun run;
        run.summary = writes_[unit](folder);
        done(unit, std::move(run));
      }
    });
    isUnsettled_ = across.isUnsettled();
    return ran;
  }

  static bool knows(const SummaryFolder &folder, const std::string &name) {
    return std::filesystem::exists(folder.nameFile(nameHash(name)));
  }
  static std::string wish(const std::string &name) {
    return '"' + nameHash(name) + '"';
  }

  ScratchFolder top_;
  std::vector<Unit> units_;
  std::vector<Writes> writes_;
  bool isUnsettled_ = false;
};

TEST_F(ScanAcross, AChainComesToRest) {
  constexpr int length = 20;
  for (int at = 0; at < length; ++at) {
    const std::string name = "f" + std::to_string(at);
    const std::string next = "f" + std::to_string(at + 1);
    add(name, [=](const SummaryFolder &folder) {
      const bool isEnd = at + 1 == length;
      return summaryText(name,
                         isEnd || knows(folder, next) ? row(name, "x") : "",
                         isEnd ? "" : wish(next));
    });
  }
  // Each pass brings the fact one unit further.
  EXPECT_EQ(settle().size(), length + length - 1U);
  EXPECT_FALSE(isUnsettled_);
  EXPECT_TRUE(settle().empty());
}

TEST_F(ScanAcross, WhatDoesNotRestIsUnknown) {
  int turn = 0;
  add("a", [&](const SummaryFolder &) {
    return summaryText("a", row("a", std::to_string(++turn)), wish("b"));
  });
  add("b", [&](const SummaryFolder &) {
    return summaryText("b", row("b", std::to_string(++turn)), wish("a"));
  });
  const auto ran = settle();
  EXPECT_LE(ran.size(), 3 * (mostChanges + 3));
  EXPECT_TRUE(isUnsettled_);
  EXPECT_TRUE(settle().empty());
}

TEST_F(ScanAcross, PlacesThatMoveForEverEndTheScan) {
  int line = 0;
  for (const char *name : {"a", "b"})
    add(name, [&line, name](const SummaryFolder &) {
      return summaryText(name, row(name, "x", std::to_string(++line)),
                         wish(name == std::string("a") ? "b" : "a"));
    });
  EXPECT_LE(settle().size(), 3 * (mostChanges + 3));
  EXPECT_FALSE(isUnsettled_); // facts are at rest
}

TEST_F(ScanAcross, WithoutASummaryAUnitRunsOncePerScan) {
  add("a", [](const SummaryFolder &) { return ""; });
  add("b", [](const SummaryFolder &) { return "{"; });
  EXPECT_EQ(settle(), (Words{"a", "b"}));
  EXPECT_EQ(settle(), (Words{"a", "b"}));
}

TEST_F(ScanAcross, ADroppedUnitThatTellsTheSameReachesNobody) {
  add("a",
      [](const SummaryFolder &) { return summaryText("a", row("a", "x")); });
  add("b",
      [](const SummaryFolder &) { return summaryText("b", "", wish("a")); });
  settle();
  write(top_.path() / ".selfconnect" / "units" / "a.json", "{");
  EXPECT_EQ(settle(), Words{"a"});
  // Both are dropped, so b begins without what a tells.
  EXPECT_EQ(settle("another compiler"), (Words{"a", "b", "b"}));
}

TEST_F(ScanAcross, AnInterruptKeepsWhatIsDone) {
  bool isInterrupted = true;
  add("a",
      [](const SummaryFolder &) { return summaryText("a", row("a", "x")); });
  add("b", [&](const SummaryFolder &) -> std::string {
    if (isInterrupted)
      throw Interrupted{2};
    return summaryText("b", "");
  });
  EXPECT_THROW(settle(), Interrupted);
  isInterrupted = false;
  EXPECT_EQ(settle(), Words{"b"});
}

} // namespace
} // namespace selfconnect::scan
