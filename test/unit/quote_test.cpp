//===- quote_test.cpp - text that cannot disturb a terminal ---------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "selfconnect/json_text.h"
#include "selfconnect/quote.h"

#include <gtest/gtest.h>

namespace selfconnect {
namespace {

TEST(Printable, KeepsText) {
  EXPECT_EQ(printable("src/client.c: 5 %"), "src/client.c: 5 %");
  EXPECT_EQ(printable("gr\u00fc\u00dfe/\u65e5\u672c/\U0001f600"),
            "gr\u00fc\u00dfe/\u65e5\u672c/\U0001f600");
  EXPECT_EQ(printable("\u00a0\ud7ff\ue000\ufffd\U0010ffff"),
            "\u00a0\ud7ff\ue000\ufffd\U0010ffff");
}

TEST(Printable, ReplacesControlCharacters) {
  EXPECT_EQ(printable("\x1b[31mred\x1b[0m\r\n\t\x7f"), "?[31mred?[0m????");
  EXPECT_EQ(printable(std::string_view("a\0b", 3)), "a?b");
  // U+0080 to U+009F, of which U+009B begins an escape sequence.
  EXPECT_EQ(printable("\u0080\u009b31m\u009f"), "??31m?");
}

TEST(Printable, ReplacesWhatTurnsTextAround) {
  for (const char *mark :
       {"\u061c", "\u200e", "\u200f", "\u202a", "\u202b", "\u202c", "\u202d",
        "\u202e", "\u2066", "\u2067", "\u2068", "\u2069"})
    EXPECT_EQ(printable(std::string("a") + mark + "b"), "a?b") << mark;
  EXPECT_EQ(printable("\u2028\u2029"), "??"); // ends of a line
}

TEST(Printable, ReplacesWhatIsNoUtf8) {
  EXPECT_EQ(printable("\x9b"
                      "31m"),
            "?31m"); // a control character of Latin-1
  EXPECT_EQ(printable("\xff\xfe"), "??");
  EXPECT_EQ(printable("a\xc3"), "a?"); // cut off
  EXPECT_EQ(printable("\xe2\x80"), "??");
  EXPECT_EQ(printable("\xe2\x80z"), "??z");
  EXPECT_EQ(printable("\xc1\x9b"), "??");           // longer than need be
  EXPECT_EQ(printable("\xe0\x82\x9b"), "???");      // likewise, U+009B
  EXPECT_EQ(printable("\xf0\x80\x80\x9b"), "????"); // likewise
  EXPECT_EQ(printable("\xed\xa0\x80"), "???");      // a surrogate
  EXPECT_EQ(printable("\xf4\x90\x80\x80"), "????"); // beyond Unicode
  EXPECT_EQ(printable("\xf8\x88\x80\x80\x80"), "?????");
}

TEST(Printable, IsNoCommandOfCi) {
  EXPECT_EQ(printable("##[error]owned ##[x"), "##?error]owned ##?x");
  EXPECT_EQ(printable("a ##vso[task.x]"), "a ##vso?task.x]");
  EXPECT_EQ(printable("###[error]"), "###?error]");
  EXPECT_EQ(printable("a ## b[1] # [x]"), "a ## b[1] # [x]");
}

TEST(CommandOfCi, BeginsWithTwoColonsBehindBlanks) {
  for (const char *line :
       {"::error::x", " \t::error::x", "\u00a0::x", "\u3000 ::x", "\u2003::x"})
    EXPECT_TRUE(isCommandOfCi(line)) << line;
  for (const char *line : {"", ":", "a::b", " a ::b", ": :", "\xff::x"})
    EXPECT_FALSE(isCommandOfCi(line)) << line;
}

TEST(JsonText, IsAsciiAndKeepsTheText) {
  const std::string name = "gr\u00fc\u00dfe\u202e\u009b\x1b\x7f.c";
  const std::string text = jsonText({{"file", name}});
  for (const char c : text)
    EXPECT_TRUE(c == '\n' || (c >= 0x20 && c < 0x7f)) << text;
  EXPECT_EQ(nlohmann::json::parse(text).at("file"), name);
  EXPECT_EQ(jsonText({{"file", "\xff"}}), "{\n  \"file\": \"\\ufffd\"\n}\n");
}

} // namespace
} // namespace selfconnect
