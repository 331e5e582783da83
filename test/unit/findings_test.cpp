//===- findings_test.cpp - reading what clang-tidy wrote ------------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "fixes_yaml.h"
#include "tidy_text.h"

#include "reproduce_command.h"
#include "selfconnect/error.h"
#include "selfconnect/findings.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <sys/stat.h>
#include <unistd.h>

namespace selfconnect {
namespace {

namespace fs = std::filesystem;

/// A directory for one test, which is also the current one.
class FindingsTest : public testing::Test {
protected:
  void SetUp() override {
    before_ = fs::current_path();
    std::string name = (fs::temp_directory_path() / "findings-XXXXXX").string();
    ASSERT_NE(::mkdtemp(name.data()), nullptr);
    // The name without symbolic links, as current_path() will tell it.
    directory_ = fs::canonical(name);
    fs::current_path(directory_);
  }
  void TearDown() override {
    fs::current_path(before_);
    fs::remove_all(directory_);
  }
  static void write(const std::string &name, const std::string &content) {
    std::ofstream(name, std::ios::binary) << content;
  }
  [[nodiscard]] std::string directory() const { return directory_.string(); }

  static Findings read(const std::vector<std::string> &files) {
    return readFindings(files, cli::parseReproduceNote);
  }
  /// The message of the error that reading `files` ends in.
  static std::string errorOf(const std::vector<std::string> &files) {
    try {
      read(files);
    } catch (const InputError &error) {
      return error.what();
    }
    return "no error";
  }
  /// The same for one file "in.yaml" or "in.txt" of the given content.
  static std::string yamlError(const std::string &content) {
    write("in.yaml", content);
    return errorOf({"in.yaml"});
  }
  static std::string textError(const std::string &content) {
    write("in.txt", content);
    return errorOf({"in.txt"});
  }

private:
  fs::path before_, directory_;
};

const char *const note =
    "reproduce with: selfconnect reproduce 127.0.0.1:33334 --socket=new";

/// A fixes file with one of our diagnostics, at an offset of a file.
std::string yaml(const std::string &file, std::size_t offset,
                 const std::string &build, const std::string &last = note) {
  return "---\n"
         "MainSourceFile:  'a.c'\n"
         "Diagnostics:\n"
         "  - DiagnosticName:  selfconnect-retry-loop\n"
         "    DiagnosticMessage:\n"
         "      Message:         'm'\n"
         "      FilePath:        '" +
         file + "'\n      FileOffset:      " + std::to_string(offset) +
         "\n      Replacements:    []\n"
         "    Notes:\n"
         "      - Message:         '" +
         last + "'\n        FilePath:        '" + file +
         "'\n        FileOffset:      0\n"
         "        Replacements:    []\n"
         "    Level:           Warning\n"
         "    BuildDirectory:  '" +
         build + "'\n...\n";
}

std::string text(const std::string &place) {
  return place + ": warning: m [selfconnect-retry-loop]\n" + place +
         ": note: " + note + "\n";
}

TEST_F(FindingsTest, YamlOffsetBecomesLineAndColumn) {
  write("a.c", "int a;\n  b();\n"); // offset 9 is the b
  write("in.yaml", yaml("a.c", 9, directory()));
  const Findings read1 = read({"in.yaml"});
  ASSERT_EQ(read1.findings.size(), 1U);
  const Finding &finding = read1.findings[0];
  EXPECT_EQ(finding.check, "selfconnect-retry-loop");
  EXPECT_EQ(finding.message, "m");
  EXPECT_EQ(finding.place.file, directory() + "/a.c");
  EXPECT_EQ(finding.place.line, 2U);
  EXPECT_EQ(finding.place.column, 3U);
  EXPECT_EQ(finding.reproduce.target.str(), "127.0.0.1:33334");
  EXPECT_EQ(finding.reproduce.socket, SocketMode::New);
  ASSERT_EQ(finding.notes.size(), 1U);
  EXPECT_EQ(finding.notes[0].place.line, 1U);
  EXPECT_TRUE(read1.warnings.empty());
}

TEST_F(FindingsTest, OffsetsAreBytesAndLinesEndAsForClang) {
  // Bytes: a CR LF | e-acute is two, LF | CR alone ends a line too | x
  write("a.c", "a\r\n\xc3\xa9z\n\rx");
  const auto placeOf = [](unsigned offset) {
    write("in.yaml", yaml("a.c", offset, "."));
    const Place place = read({"in.yaml"}).findings.at(0).place;
    return std::pair(place.line, place.column);
  };
  EXPECT_EQ(placeOf(1), std::pair(1U, 2U)); // the CR of CR LF
  EXPECT_EQ(placeOf(3), std::pair(2U, 1U));
  EXPECT_EQ(placeOf(5), std::pair(2U, 3U)); // z
  EXPECT_EQ(placeOf(8), std::pair(4U, 1U)); // x
  EXPECT_EQ(placeOf(9), std::pair(4U, 2U)); // the end of the file
}

TEST_F(FindingsTest, RelativePathIsSeenFromTheBuildDirectory) {
  fs::create_directories("src");
  fs::create_directories("build");
  write("src/a.c", "x\ny\n");
  write("in.yaml", yaml("../src/./a.c", 2, directory() + "/build"));
  const Findings got = read({"in.yaml"});
  ASSERT_EQ(got.findings.size(), 1U);
  EXPECT_EQ(got.findings[0].place.file, directory() + "/src/a.c");
  EXPECT_EQ(got.findings[0].place.line, 2U);
  EXPECT_EQ(displayPath(got.findings[0].place.file), "src/a.c");
}

TEST_F(FindingsTest, DisplayPathOutsideTheCurrentDirectoryIsAbsolute) {
  EXPECT_EQ(displayPath("/usr/include/netdb.h"), "/usr/include/netdb.h");
  EXPECT_EQ(displayPath("<command line>"), "<command line>");
}

TEST_F(FindingsTest, SameFindingOfSeveralUnitsIsOne) {
  write("h.h", "x\ny\n");
  fs::create_directory("build");
  write("1.yaml", yaml("h.h", 2, directory()));
  write("2.yaml", yaml("../h.h", 2, directory() + "/build"));
  write("3.txt", text("h.h:2:1"));
  const Findings got = read({"1.yaml", "2.yaml", "3.txt"});
  EXPECT_EQ(got.findings.size(), 1U);
  EXPECT_EQ(got.skipped, (std::map<std::string, unsigned>{{"duplicate", 2}}));
}

TEST_F(FindingsTest, OtherPlaceOrOtherTargetIsAnotherFinding) {
  write("a.c", "x\ny\n");
  write("1.yaml", yaml("a.c", 0, "."));
  write("2.yaml", yaml("a.c", 2, "."));
  write("3.yaml", yaml("a.c", 2, ".",
                       "reproduce with: selfconnect reproduce "
                       "127.0.0.1:33335 --socket=new"));
  const Findings got = read({"3.yaml", "2.yaml", "1.yaml"});
  ASSERT_EQ(got.findings.size(), 3U);
  EXPECT_TRUE(got.skipped.empty());
  // Sorted by place, whatever the order of the input.
  EXPECT_EQ(got.findings[0].place.line, 1U);
  EXPECT_EQ(got.findings[2].reproduce.target.port, 33335);
}

TEST_F(FindingsTest, MissingSourceLeavesTheFindingWithoutLine) {
  write("in.yaml", yaml("gone.c", 9, "."));
  const Findings got = read({"in.yaml"});
  ASSERT_EQ(got.findings.size(), 1U);
  EXPECT_EQ(got.findings[0].place.line, 0U);
  EXPECT_EQ(
      got.warnings,
      std::vector<std::string>{
          "gone.c: No such file or directory; its findings have no line"});
}

TEST_F(FindingsTest, FindingsWithoutLinesAreToldApartByOffset) {
  write("1.yaml", yaml("gone.c", 9, "."));
  write("2.yaml", yaml("gone.c", 10, "."));
  EXPECT_EQ(read({"1.yaml", "2.yaml"}).findings.size(), 2U);
  EXPECT_EQ(read({"1.yaml", "1.yaml"}).findings.size(), 1U);
}

TEST_F(FindingsTest, SourceShorterThanTheOffset) {
  write("a.c", "x");
  write("in.yaml", yaml("a.c", 2, "."));
  const Findings got = read({"in.yaml"});
  ASSERT_EQ(got.warnings.size(), 1U);
  EXPECT_EQ(got.warnings[0].find("a.c: changed since clang-tidy ran"), 0U);
  EXPECT_EQ(got.findings.at(0).source, SourceState::Changed);
  EXPECT_EQ(got.findings.at(0).place.line, 0U);
}

TEST_F(FindingsTest, SourceThatIsNoFileIsNotOpened) {
  // Opening the pipe would wait for a writer for ever.
  ASSERT_EQ(::mkfifo("pipe.c", 0600), 0);
  write("in.yaml", yaml("pipe.c", 0, "."));
  EXPECT_EQ(read({"in.yaml"}).warnings,
            std::vector<std::string>{
                "pipe.c: not a regular file; its findings have no line"});
}

TEST_F(FindingsTest, EmptyYamlOfRunClangTidyMeansNothingFound) {
  write("in.yaml", "");
  EXPECT_TRUE(read({"in.yaml"}).findings.empty());
}

TEST_F(FindingsTest, FixesFileWithoutDiagnosticsMeansNothingFound) {
  write("in.yaml", "---\nMainSourceFile: 'a.c'\nDiagnostics: []\n...\n");
  EXPECT_TRUE(read({"in.yaml"}).findings.empty());
}

TEST_F(FindingsTest, SeveralYamlDocumentsInOneFile) {
  write("a.c", "x\ny\n");
  write("in.yaml", yaml("a.c", 0, ".") + yaml("a.c", 2, "."));
  EXPECT_EQ(read({"in.yaml"}).findings.size(), 2U);
}

TEST_F(FindingsTest, EveryCutIsNoticed) {
  write("a.c", "x\n");
  const std::string whole = yaml("a.c", 0, directory());
  const std::string closing = "\n...\n";
  ASSERT_TRUE(whole.ends_with(closing));
  for (std::size_t size = 1; size < whole.size() - 1; ++size)
    EXPECT_NE(yamlError(whole.substr(0, size)), "no error")
        << "cut after " << size << " bytes";
}

TEST_F(FindingsTest, EveryCutOfAMergedFileIsNoticed) {
  // Key order of run-clang-tidy: MainSourceFile comes last.
  const std::string whole = "Diagnostics:\n"
                            "- BuildDirectory: .\n"
                            "  DiagnosticMessage:\n"
                            "    FileOffset: 0\n"
                            "    FilePath: a.c\n"
                            "    Message: m\n"
                            "    Replacements: []\n"
                            "  DiagnosticName: selfconnect-retry-loop\n"
                            "  Level: Warning\n"
                            "  Notes:\n"
                            "  - FileOffset: 0\n"
                            "    FilePath: a.c\n"
                            "    Message: 'reproduce with: selfconnect\n"
                            "      reproduce 127.0.0.1:33334 --socket=new'\n"
                            "    Replacements: []\n"
                            "MainSourceFile: ''\n";
  write("a.c", "x\n");
  EXPECT_EQ(yamlError(whole), "no error");
  // Without the last quote and line end nothing is lost.
  for (std::size_t size = 1; size < whole.size() - 2; ++size)
    EXPECT_NE(yamlError(whole.substr(0, size)), "no error")
        << "cut after " << size << " bytes";
}

TEST_F(FindingsTest, YamlErrorsNameFileAndLine) {
  EXPECT_EQ(
      yamlError("a: b\n").find("read findings: in.yaml:1: YAML, but not a "
                               "list of clang-tidy diagnostics"),
      0U);
  EXPECT_EQ(yamlError("---\nMainSourceFile: ''\nDiagnostics:\n  - x: [\n...\n")
                .find("read findings: in.yaml:5: invalid YAML"),
            0U);
  const std::string head = "---\nMainSourceFile: ''\nDiagnostics:\n";
  EXPECT_EQ(yamlError(head + "  - Level: Warning\n...\n")
                .find("read findings: in.yaml:4: diagnostic without "
                      "DiagnosticName"),
            0U);
  EXPECT_EQ(yamlError(head + "  - DiagnosticName: selfconnect-x\n...\n")
                .find("read findings: in.yaml:4: diagnostic without a message"),
            0U);
  EXPECT_EQ(
      yamlError(head + "  - DiagnosticName: selfconnect-x\n"
                       "    DiagnosticMessage:\n"
                       "      Message: m\n"
                       "      FilePath: a.c\n"
                       "      FileOffset: -1\n...\n")
          .find("read findings: in.yaml:8: FileOffset '-1' is not a number"),
      0U);
}

TEST_F(FindingsTest, DeeplyNestedYamlIsRefused) {
  EXPECT_EQ(yamlError("---\n" + std::string(100000, '[')).find("read findings"),
            0U);
}

TEST_F(FindingsTest, HandEditedNoteNamesFileAndLine) {
  write("a.c", "x\n");
  const auto errorFor = [](const std::string &edited) {
    return yamlError(yaml("a.c", 0, ".", "reproduce with: " + edited));
  };
  for (const char *edited :
       {"selfconnect reproduce 127.0.0.1:0 --socket=new",
        "selfconnect reproduce 127.0.0.1:65536 --socket=new",
        "selfconnect reproduce 127.0.0.1:abc --socket=new",
        "selfconnect reproduce 127.0.0.1 --socket=new",
        "selfconnect reproduce 127.0.0.1:33334 --socket=old",
        "selfconnect reproduce 127.0.0.1:33334 --sockets=new",
        "selfconnect reproduce --socket=new",
        "selfconnect reproduce 127.0.0.1:33334 extra",
        "selfconnect reproduce 127.0.0.1:33334 --isolation=host",
        "selfconnect predict 127.0.0.1:33334", "selfconnect", "rm -rf x", ""}) {
    const std::string error = errorFor(edited);
    EXPECT_EQ(error.find("read findings: in.yaml:11: reproduce note"), 0U)
        << edited << " gave: " << error;
    EXPECT_EQ(error.find('\n'), std::string::npos) << error;
  }
}

TEST_F(FindingsTest, ErrorsQuoteTheInputHarmlessly) {
  const std::string head = "---\nMainSourceFile: ''\nDiagnostics:\n";
  const std::string error =
      yamlError(head + "  - DiagnosticName: \"selfconnect-\\n\\e[2J\"\n"
                       "    DiagnosticMessage:\n"
                       "      Message: m\n"
                       "      FilePath: a.c\n"
                       "      FileOffset: 0\n...\n");
  EXPECT_NE(error.find("warning of selfconnect-??[2J without"),
            std::string::npos)
      << error;
}

TEST_F(FindingsTest, NoteRoundTrip) {
  write("a.c", "x\n");
  for (const std::optional<std::string> &host :
       {std::optional<std::string>(), std::optional<std::string>("127.0.0.1"),
        std::optional<std::string>("::1"),
        std::optional<std::string>("::ffff:127.0.0.1"),
        std::optional<std::string>("localhost")})
    for (const std::optional<std::uint16_t> port :
         {std::optional<std::uint16_t>(), std::optional<std::uint16_t>(1),
          std::optional<std::uint16_t>(65535)})
      for (const SocketMode socket :
           {SocketMode::New, SocketMode::Same, SocketMode::Nonblocking}) {
        const ReproduceNote written{{host, port}, socket};
        write("in.yaml", yaml("a.c", 0, ".", written.str()));
        const ReproduceNote got = read({"in.yaml"}).findings.at(0).reproduce;
        EXPECT_EQ(got.target, written.target) << written.str();
        EXPECT_EQ(got.socket, written.socket) << written.str();
      }
}

TEST_F(FindingsTest, FindingWithoutReproduceNote) {
  write("a.c", "x\n");
  EXPECT_EQ(yamlError(yaml("a.c", 0, ".", "the loop is here"))
                .find("read findings: in.yaml:6: warning of "
                      "selfconnect-retry-loop without its reproduce note"),
            0U);
  EXPECT_EQ(textError("a.c:1:1: warning: m [selfconnect-retry-loop]\n")
                .find("read findings: in.txt:1: warning of "
                      "selfconnect-retry-loop without its reproduce note"),
            0U);
}

TEST_F(FindingsTest, FindingWithTwoReproduceNotes) {
  EXPECT_EQ(textError(text("a.c:1:1") + "a.c:1:1: note: " + note + "\n")
                .find("read findings: in.txt:3: second reproduce note"),
            0U);
}

TEST_F(FindingsTest, OtherChecksAloneAreAnError) {
  EXPECT_EQ(textError("a.c:1:1: warning: m [misc-x]\n"
                      "a.c:2:1: warning: m [-Wunused]\n")
                .find("read findings: in.txt: no finding of a selfconnect-* "
                      "check among 2 of others"),
            0U);
  EXPECT_EQ(yamlError("---\nMainSourceFile: ''\nDiagnostics:\n"
                      "  - DiagnosticName: misc-x\n...\n")
                .find("read findings: in.yaml: no finding of a selfconnect-* "
                      "check among 1 of others"),
            0U);
}

TEST_F(FindingsTest, OtherChecksBesideOursAreCounted) {
  write("in.txt", "a.c:1:1: warning: m [misc-x]\na.c:1:2: note: n\n" +
                      text("a.c:3:1") +
                      "a.c:4:1: error: m [clang-diagnostic-error]\n");
  const Findings got = read({"in.txt"});
  ASSERT_EQ(got.findings.size(), 1U);
  EXPECT_EQ(got.findings[0].notes.size(), 1U);
  EXPECT_EQ(got.skipped, (std::map<std::string, unsigned>{
                             {"other-check", 1}, {"compiler-error", 1}}));
}

TEST_F(FindingsTest, UnusableFiles) {
  EXPECT_EQ(errorOf({"none.yaml"})
                .find("read findings: none.yaml: No such "
                      "file or directory"),
            0U);
  EXPECT_EQ(
      errorOf({directory()})
          .find("read findings: " + directory() + ": a folder without *.yaml"),
      0U);
  EXPECT_EQ(textError(std::string("\x7f"
                                  "ELF\0\1",
                                  6))
                .find("read findings: in.txt:1: binary"),
            0U);
  EXPECT_EQ(textError("").find("read findings: in.txt: empty"), 0U);
  EXPECT_EQ(textError("\n \n").find("read findings: in.txt: empty"), 0U);
  for (const char *content : {"Dear diary\n", "Install clang-tidy first.\n"})
    EXPECT_EQ(textError(content).find("read findings: in.txt: neither"), 0U)
        << content;
}

TEST_F(FindingsTest, LogOfACleanRunMeansNothingFound) {
  for (const char *log :
       {"3 warnings generated.\nSuppressed 3 warnings (3 in non-user code).\n",
        "1 warning generated.\n",
        "[1/1][0.0s] clang-tidy-19 -checks=-*,selfconnect-* -p=. a.c\n",
        "/usr/bin/clang-tidy -p=. a.c\n"}) {
    write("in.txt", log);
    EXPECT_TRUE(read({"in.txt"}).findings.empty()) << log;
  }
}

// --- Sources that are not as clang-tidy read them ---------------------------

/// What becomes of a warning at `offset` of that source.
SourceState stateAt(const std::string &source, std::size_t offset) {
  std::ofstream("a.c", std::ios::binary) << source;
  std::ofstream("in.yaml") << yaml("a.c", offset, ".");
  return readFindings({"in.yaml"}, cli::parseReproduceNote)
      .findings.at(0)
      .source;
}

TEST_F(FindingsTest, CallAtThePlace) {
  for (const char *call :
       {"connect(fd, to, n);", "net::dial<T>(x);", "::connect (fd);",
        "dial /* now */ (x);", "(*dial)(x);", "Client client(host);",
        "Client client{host};", "RETRY;", "TRY(connect(x));", "p->q()->r();",
        "table[i](x);", "[&] { return 1; }();", "new Client(host);",
        "long\n_name\n(x);", "operator()(x);", "{host, port};"})
    EXPECT_EQ(stateAt(std::string("  ") + call, 2), SourceState::AsRead)
        << call;
}

TEST_F(FindingsTest, DeclarationAtThePlace) {
  for (const char *before : {"Server ", "static ns::List<int> "})
    for (const char *object : {"one;", "one, two;", "one = {host, 1};"})
      EXPECT_EQ(stateAt(std::string(before) + object, std::strlen(before)),
                SourceState::AsRead)
          << before << object;
}

TEST_F(FindingsTest, NoCallAtThePlace) {
  const std::string source = "// words\nint n = 5;\n  connect(fd);\n";
  EXPECT_EQ(stateAt(source, source.find("connect")), SourceState::AsRead);
  for (const char *elsewhere :
       {"//", "words", "n = 5", "= 5", "5;", "onnect", "  conn", ";\n  conn"})
    EXPECT_EQ(stateAt(source, source.find(elsewhere)), SourceState::Changed)
        << elsewhere;
  EXPECT_EQ(stateAt(source, source.size()), SourceState::Changed);
  EXPECT_EQ(stateAt(source, 4000000000U), SourceState::Changed);
}

TEST_F(FindingsTest, ChangedSourceIsToldOnce) {
  write("a.c", "// a line more\nf();\ng();\n");
  write("in.yaml", yaml("a.c", 0, ".") + yaml("a.c", 5, "."));
  const Findings got = read({"in.yaml"});
  EXPECT_EQ(got.findings.size(), 2U);
  ASSERT_EQ(got.warnings.size(), 1U);
  EXPECT_EQ(got.warnings[0].find("a.c: changed since clang-tidy ran"), 0U);
}

TEST_F(FindingsTest, ChangedSourceOfAText) {
  write("a.c", "f();\n  g();\n");
  const auto stateOf = [](const std::string &place) {
    write("in.txt", text(place));
    return read({"in.txt"}).findings.at(0).source;
  };
  EXPECT_EQ(stateOf("a.c:2:3"), SourceState::AsRead);
  EXPECT_EQ(stateOf("a.c:2:1"), SourceState::Changed);
  EXPECT_EQ(stateOf("a.c:9:1"), SourceState::Changed);
  EXPECT_EQ(stateOf("a.c:1:4000000000"), SourceState::Changed);
  EXPECT_EQ(stateOf("gone.c:1:1"), SourceState::Missing);
  EXPECT_TRUE(read({"in.txt"}).warnings.empty()); // it has its line
}

TEST_F(FindingsTest, SourceWrittenAfterTheReport) {
  write("a.c", "f();\n");
  write("in.yaml", yaml("a.c", 0, "."));
  EXPECT_EQ(read({"in.yaml"}).findings.at(0).source, SourceState::AsRead);
  fs::last_write_time("a.c",
                      fs::last_write_time("in.yaml") + std::chrono::seconds(1));
  const Findings got = read({"in.yaml"});
  EXPECT_EQ(got.findings.at(0).source, SourceState::Newer);
  ASSERT_EQ(got.warnings.size(), 1U);
  EXPECT_EQ(got.warnings[0].find("a.c: written after the report"), 0U);
}

TEST_F(FindingsTest, FixOfAChangedSourceIsLeftOut) {
  const std::string fix = "      Replacements:\n"
                          "        - FilePath: a.c\n"
                          "          Offset: 0\n"
                          "          Length: 1\n"
                          "          ReplacementText: g\n";
  std::string report = yaml("a.c", 0, ".");
  const std::string none = "      Replacements:    []\n";
  report.replace(report.find(none), none.size(), fix);
  write("in.yaml", report);
  write("a.c", "f();\n");
  EXPECT_EQ(read({"in.yaml"}).findings.at(0).fix.size(), 1U);
  write("a.c", "// f();\n");
  EXPECT_TRUE(read({"in.yaml"}).findings.at(0).fix.empty());
}

TEST_F(FindingsTest, ManyChangedSourcesAreCounted) {
  std::string report;
  for (int i = 0; i < 25; ++i)
    report += yaml("gone" + std::to_string(i) + ".c", 0, ".");
  write("in.yaml", report);
  const Findings got = read({"in.yaml"});
  ASSERT_EQ(got.warnings.size(), 11U);
  EXPECT_EQ(got.warnings.back(), "so are 15 more files");
}

TEST_F(FindingsTest, FileByTwoPathsIsOne) {
  fs::create_directory("real");
  write("real/a.h", "f();\n");
  fs::create_directory_symlink("real", "link");
  fs::create_symlink("real/a.h", "b.h");
  write("1.yaml", yaml("link/a.h", 0, "."));
  write("2.yaml", yaml("b.h", 0, "."));
  write("3.yaml", yaml("real/a.h", 0, "."));
  write("4.txt", text("b.h:1:1"));
  std::vector<std::string> files = {"1.yaml", "2.yaml", "3.yaml", "4.txt"};
  do { // in whatever order
    const Findings got = read(files);
    ASSERT_EQ(got.findings.size(), 1U);
    EXPECT_EQ(got.findings[0].place.file, directory() + "/real/a.h");
    EXPECT_EQ(got.findings[0].notes.at(0).place.file,
              directory() + "/real/a.h");
    EXPECT_EQ(got.skipped.at("duplicate"), 3U);
  } while (std::ranges::next_permutation(files).found);
}

TEST_F(FindingsTest, FolderOfReports) {
  fs::create_directories("reports/more");
  write("a.c", "f();\ng();\n");
  write("reports/1.yaml", yaml("a.c", 0, "."));
  write("reports/2.yml", yaml("a.c", 5, "."));
  write("reports/notes.txt", "no report\n");
  EXPECT_EQ(read({"reports"}).findings.size(), 2U);
  EXPECT_EQ(errorOf({"reports/more"})
                .find("read findings: reports/more: a folder without *.yaml"),
            0U);
}

// --- YAML that clang-tidy does not write ------------------------------------

const std::string yamlHead = "---\nMainSourceFile: ''\nDiagnostics:\n";

TEST_F(FindingsTest, DocumentsThatBeginWithAComma) {
  for (const char *content : {",", "{\"a\":1},", "--- ,\n", ", a: b\n...\n",
                              "a: b\n---\n,\n", "[],[]", "}", "]", "? ,"})
    EXPECT_EQ(yamlError(content).find("read findings: in.yaml:"), 0U)
        << content << " gave: " << yamlError(content);
}

TEST_F(FindingsTest, AliasesAreRefused) {
  std::string bomb = "---\na0: &a0 [x, x]\n";
  for (int i = 1; i < 30; ++i)
    bomb += fmt::format("a{0}: &a{0} [*a{1}, *a{1}]\n", i, i - 1);
  EXPECT_EQ(yamlError(bomb + "...\n")
                .find("read findings: in.yaml:3: alias (*a0), which "
                      "clang-tidy does not write"),
            0U);
  EXPECT_EQ(yamlError("--- &a\n<<: *a\n...\n")
                .find("read findings: in.yaml:2: alias"),
            0U);
}

TEST_F(FindingsTest, WrongShapesNameFileAndLine) {
  const std::string diagnostic = yamlHead +
                                 "  - DiagnosticName: selfconnect-x\n"
                                 "    DiagnosticMessage: {Message: m, "
                                 "FilePath: a.c, FileOffset: 0}\n";
  const auto expect = [](const std::string &content, const char *error) {
    EXPECT_EQ(
        yamlError(content).find(std::string("read findings: in.yaml:") + error),
        0U)
        << yamlError(content);
  };
  expect(diagnostic + "    Notes: {a: b}\n...\n", "6: Notes is not a list");
  expect(diagnostic + "    Notes: [a]\n...\n",
         "6: diagnostic without a message");
  expect(diagnostic + "    DiagnosticName: selfconnect-y\n...\n",
         "6: second DiagnosticName in one map");
  expect(yamlHead + "  []\nDiagnostics: []\n...\n",
         "5: second Diagnostics in one map");
  expect("Diagnostics: {}\nMainSourceFile: ''\n",
         "1: Diagnostics is not a list");
  expect("Diagnostics: [a]\nMainSourceFile: ''\n",
         "1: diagnostic without a name");
  expect("Diagnostics: [{DiagnosticName: [a]}]\nMainSourceFile: ''\n",
         "1: diagnostic without DiagnosticName");
  expect("{[a]: b, Diagnostics: []}\n", "1: list or map for a key");
  expect("# nothing\n", "1: YAML, but not a list");
  expect("~\n", "1: YAML, but not a list");
}

TEST_F(FindingsTest, OfOtherChecksTheShapeIsFree) {
  write("a.c", "f();\n");
  std::string content = yaml("a.c", 0, ".");
  content.insert(content.find("  - Diag"),
                 "  - {DiagnosticName: misc-x, Notes: {a: b}}\n");
  write("in.yaml", content);
  EXPECT_EQ(read({"in.yaml"}).skipped.at("other-check"), 1U);
}

// With ExplainSilence the checks say of each other call why it is no finding.
TEST_F(FindingsTest, WhatIsNotReportedIsPassedOver) {
  write("a.c", "f();\n");
  std::string silent = yaml("a.c", 0, ".", "guarded here");
  silent.replace(silent.find("'m'"), 3, "'not reported'");
  write("silent.yaml", silent);
  write("silent.txt",
        "a.c:1:1: warning: not reported [selfconnect-retry-loop]\n"
        "a.c:1:1: note: guarded here\n"
        "a.c:1:1: warning: not reported "
        "[selfconnect-ephemeral-listen-port,-warnings-as-errors]\n"
        "a.c:1:1: note: the port is not known\n");
  const Findings got = read({"silent.yaml", "silent.txt"});
  EXPECT_TRUE(got.findings.empty());
  EXPECT_EQ(got.skipped,
            (std::map<std::string, unsigned>{{"not-reported", 3}}));
}

TEST_F(FindingsTest, FlowStyleAndByteOrderMarkAndWindowsLineEnds) {
  write("a.c", "f();\n");
  const std::string flow =
      "{\"MainSourceFile\": \"a.c\", \"Diagnostics\": [{\"Notes\": "
      "[{\"Message\": \"" +
      std::string(note) +
      "\", \"FilePath\": \"a.c\", \"FileOffset\": 0}], "
      "\"DiagnosticMessage\": {\"Message\": \"m\", \"FilePath\": \"a.c\", "
      "\"FileOffset\": 0}, \"DiagnosticName\": \"selfconnect-x\"}]}";
  std::string windows;
  for (const char c : yaml("a.c", 0, "."))
    windows += c == '\n' ? std::string("\r\n") : std::string(1, c);
  for (const std::string &content :
       {flow, "\xef\xbb\xbf" + yaml("a.c", 0, "."), windows}) {
    write("in.yaml", content);
    EXPECT_EQ(read({"in.yaml"}).findings.size(), 1U) << content;
    write("in", content); // by its content alone, if it begins as such
    if (content != flow) {
      EXPECT_EQ(read({"in"}).findings.size(), 1U) << content;
    }
  }
}

TEST_F(FindingsTest, BytesThatAreNoText) {
  std::string wide = "\xff\xfe";
  for (const char c : yaml("a.c", 0, "."))
    wide += std::string{c, '\0'};
  EXPECT_EQ(yamlError(wide).find("read findings: in.yaml:1: binary, or text in "
                                 "UTF-16"),
            0U);
  EXPECT_EQ(yamlError("a: b\nc: \xff\n")
                .find("read findings: in.yaml:2: "
                      "invalid YAML"),
            0U);
  EXPECT_EQ(yamlError("a: b\nc: \x01\n")
                .find("read findings: in.yaml:2: "
                      "invalid YAML"),
            0U);
  EXPECT_EQ(yamlError(std::string("a: b\n\0", 6))
                .find("read findings: in.yaml:2: binary"),
            0U);
}

TEST_F(FindingsTest, LongInputsKeepTheirLines) {
  // Longer than what is read at once, in every sense.
  write("a.c", "f();\n");
  std::string content = yaml("a.c", 0, ".");
  content.insert(content.find("  - Diag"),
                 "  - {DiagnosticName: misc-x, Notes: '" +
                     std::string(300000, 'x') + "'}\n" +
                     std::string(70000, '\n'));
  write("in.yaml", content);
  EXPECT_EQ(read({"in.yaml"}).findings.size(), 1U);
  content.replace(content.find("reproduce with: "), 9, "reconnect");
  EXPECT_EQ(yamlError(content).find("read findings: in.yaml:70007: warning of"),
            0U)
      << yamlError(content);
}

// --- The text alone ---------------------------------------------------------

struct Read {
  std::vector<Diagnostic> ours;
  OtherDiagnostics others;
};

Read readText(const std::string &log) {
  // The text is to be taken for clang-tidy's, whatever is in it.
  InputFile input(log + "\n1 warning generated.\n", "log");
  Read read;
  read.others = readTidyText(input, [&](Diagnostic diagnostic) {
    read.ours.push_back(std::move(diagnostic));
  });
  return read;
}

/// The place of the only finding in `log`.
Place placeIn(const std::string &log) {
  const Read got = readText(log);
  EXPECT_EQ(got.ours.size(), 1U) << log;
  return got.ours.empty() ? Place() : got.ours[0].main.place;
}

TEST(TidyText, PathsWithBlanksAndColons) {
  const std::string here = fs::current_path().string() + "/";
  EXPECT_EQ(placeIn(text("my dir/a b.c:3:4")),
            (Place{here + "my dir/a b.c", 3, 4}));
  EXPECT_EQ(placeIn(text("a:1:2.c:3:4")), (Place{here + "a:1:2.c", 3, 4}));
  EXPECT_EQ(placeIn(text("C:\\src\\a.c:3:4")),
            (Place{here + "C:\\src\\a.c", 3, 4}));
  EXPECT_EQ(placeIn(text("/abs/../a.c:3:4")), (Place{"/a.c", 3, 4}));
}

TEST(TidyText, ColoursAndWindowsLineEnds) {
  const std::string log =
      "\x1b[1ma.c:5:3: \x1b[0m\x1b[0;1;35mwarning: \x1b[0m\x1b[1mm "
      "[selfconnect-retry-loop]\x1b[0m\r\n"
      "    5 |   while (x)\x1b[0m\r\n"
      "      | \x1b[0;1;32m  ^\r\n"
      "\x1b[0m\x1b[1ma.c:5:3: \x1b[0m\x1b[0;1;30mnote: \x1b[0m" +
      std::string(note) + "\x1b[0m\r\n";
  const Read got = readText(log);
  ASSERT_EQ(got.ours.size(), 1U);
  EXPECT_EQ(got.ours[0].main.message, "m");
  ASSERT_EQ(got.ours[0].notes.size(), 1U);
  EXPECT_EQ(got.ours[0].notes[0].message, note);
  EXPECT_EQ(got.ours[0].notes[0].origin, 4U);
}

TEST(TidyText, JunkOfABuildLogInBetween) {
  const std::string log = "[1/9] Building C object a.o\n"
                          "a.c:5:3: warning: m [selfconnect-retry-loop]\n"
                          "make[1]: Entering directory 'x'\n"
                          "\r[2/9] Linking\ra.c:5:3: note: " +
                          std::string(note) + "\n";
  const Read got = readText(log);
  ASSERT_EQ(got.ours.size(), 1U);
  EXPECT_EQ(got.ours[0].notes.size(), 1U);
}

TEST(TidyText, WarningAsErrorAndAliases) {
  const Read got = readText(
      "a.c:1:1: error: m [selfconnect-retry-loop,-warnings-as-errors]\n"
      "a.c:2:1: warning: m [misc-x,selfconnect-retry-loop]\n");
  ASSERT_EQ(got.ours.size(), 2U);
  EXPECT_EQ(got.ours[0].check, "selfconnect-retry-loop");
  EXPECT_EQ(got.ours[1].check, "selfconnect-retry-loop");
}

TEST(TidyText, SnippetsAreNotDiagnostics) {
  // Code that itself holds text of the form of a diagnostic.
  const Read got =
      readText("    5 | // b.c:1:1: warning: m [selfconnect-retry-loop]\n"
               "      | b.c:1:1: warning: m [selfconnect-retry-loop]\n");
  EXPECT_TRUE(got.ours.empty());
  EXPECT_EQ(got.others.count(), 0U);
}

TEST(TidyText, NotesOfOthersStayWithOthers) {
  const Read got = readText(text("a.c:1:1") + "b.c:1:1: warning: m [-Wunused]\n"
                                              "b.c:2:1: note: declared here\n");
  ASSERT_EQ(got.ours.size(), 1U);
  EXPECT_EQ(got.ours[0].notes.size(), 1U);
}

TEST(TidyText, OurWarningInAnotherFormatIsAnError) {
  for (const char *line : {"a.c(5,3): warning: m [selfconnect-retry-loop]",
                           "warning: m [selfconnect-retry-loop]",
                           "a.c: error: m [selfconnect-retry-loop]"})
    EXPECT_THROW(readText(line), InputError) << line;
}

TEST(TidyText, ReproduceNoteWithoutWarningIsAnError) {
  EXPECT_THROW(readText("a.c:1:1: note: " + std::string(note)), InputError);
}

TEST(TidyText, NumbersThatDoNotFitAreNoPlace) {
  EXPECT_THROW(readText("a.c:99999999999:1: warning: m "
                        "[selfconnect-retry-loop]"),
               InputError);
}

} // namespace
} // namespace selfconnect
