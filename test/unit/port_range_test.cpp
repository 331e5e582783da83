//===- port_range_test.cpp - ranges, reserved ports and targets -----------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "selfconnect/host_ports.h"
#include "selfconnect/port_range.h"
#include "selfconnect/quote.h"
#include "selfconnect/reproduce_note.h"
#include "selfconnect/reserved_ports.h"

#include <gtest/gtest.h>

namespace selfconnect {
namespace {

TEST(Port, ReadsDecimalNumbersOfTheRightSizeOnly) {
  std::string error;
  EXPECT_EQ(parsePort("1", error), 1);
  EXPECT_EQ(parsePort("33334", error), 33334);
  EXPECT_EQ(parsePort("65535", error), 65535);
  for (const char *bad : {"", "0", "65536", "99999999999999999999", "abc",
                          "80x", " 80", "80 ", "+80", "-1", "0x50", "080"}) {
    error.clear();
    EXPECT_FALSE(parsePort(bad, error)) << bad;
    EXPECT_EQ(error, "port " + quote(bad) + " is not a number from 1 to 65535");
  }
}

TEST(PortRange, ReadsWhatItWrites) {
  std::string error;
  for (PortRange range :
       {PortRange{1, 65535}, PortRange{40000, 40000}, PortRange{32768, 60999}})
    EXPECT_EQ(parsePortRange(range.str(), error), range);
}

TEST(PortRange, KnowsTheDefaultsOfSystems) {
  std::string error;
  EXPECT_EQ(parsePortRange("linux", error), (PortRange{32768, 60999}));
  EXPECT_EQ(parsePortRange("iana", error), (PortRange{49152, 65535}));
  EXPECT_EQ(parsePortRange("macos", error), (PortRange{49152, 65535}));
  EXPECT_EQ(parsePortRange("windows", error), (PortRange{49152, 65535}));
  EXPECT_EQ(parsePortRange("freebsd", error), (PortRange{10000, 65535}));
  EXPECT_EQ(parsePortRange("openbsd", error), (PortRange{1024, 49151}));
}

// The halves and the reserved ports are Linux's: who goes by them has to know.
TEST(PortRange, KnowsWhoseItIs) {
  std::string error;
  for (const char *ours : {"linux", "49152-65535"})
    EXPECT_EQ(parsePortRange(ours, error)->otherSystem, nullptr) << ours;
  for (const char *other : {"iana", "macos", "windows", "freebsd", "openbsd"})
    EXPECT_STREQ(parsePortRange(other, error)->otherSystem, other);
}

std::string namesOf(const std::optional<std::vector<PortRange>> &ranges) {
  std::string names;
  for (const PortRange &range : ranges.value_or(std::vector<PortRange>()))
    names += (range.otherSystem ? range.otherSystem : "") +
             (":" + range.str()) + " ";
  return names;
}

TEST(PortRanges, AreSeparatedBySemicolons) {
  std::string error;
  EXPECT_EQ(namesOf(resolvePortRanges("linux", error)), ":32768-60999 ");
  EXPECT_EQ(namesOf(resolvePortRanges("windows;linux", error)),
            "windows:49152-65535 :32768-60999 ");
  EXPECT_EQ(namesOf(resolvePortRanges(" 1024-65535 ;; \topenbsd;", error)),
            ":1024-65535 openbsd:1024-49151 ");
  EXPECT_TRUE(resolvePortRanges("host;linux", error));
  // Each once; the same ports of two systems are two ranges.
  EXPECT_EQ(namesOf(resolvePortRanges("linux;32768-60999;macos;windows;macos",
                                      error)),
            ":32768-60999 macos:49152-65535 windows:49152-65535 ");
}

TEST(PortRanges, NameTheItemThatIsNoRange) {
  for (const char *bad : {"plan9", "linux;plan9", "plan9 ;linux", "; plan9;"}) {
    std::string error;
    EXPECT_FALSE(resolvePortRanges(bad, error)) << bad;
    EXPECT_EQ(error.find("port range 'plan9' is neither"), 0U) << error;
  }
  for (const char *none : {"", ";", " ; ;\t"}) {
    std::string error;
    EXPECT_FALSE(resolvePortRanges(none, error)) << none;
    EXPECT_EQ(error, "no port range in " + quote(none) +
                         "; write LOW-HIGH or a name, such as linux;windows");
  }
}

TEST(PortRange, SaysHowToMendAReversedOne) {
  std::string error;
  EXPECT_FALSE(parsePortRange("60999-32768", error));
  EXPECT_EQ(error, "port range '60999-32768' is reversed; write 32768-60999");
}

TEST(PortRange, RefusesAllElse) {
  for (const char *bad :
       {"", "-", "1-", "-1", "0-10", "1-65536", "1--2", "1-2-3", "1 - 2",
        "Linux", "plan9", "32768", "32768:60999"}) {
    std::string error;
    EXPECT_FALSE(parsePortRange(bad, error)) << bad;
    EXPECT_NE(error.find("port range " + quote(bad)), std::string::npos)
        << error;
    EXPECT_EQ(error.find('\n'), std::string::npos);
  }
}

TEST(ReservedPorts, ReadsTheSysctlsForm) {
  std::string error;
  auto reserved = parseReservedPorts("33333-33340,8080\n", error);
  ASSERT_TRUE(reserved);
  EXPECT_EQ(reserved->str(), "8080,33333-33340");
  for (unsigned port : {8080U, 33333U, 33337U, 33340U})
    EXPECT_TRUE(reserved->contains(port)) << port;
  for (unsigned port : {0U, 8079U, 8081U, 33332U, 33341U, 65536U})
    EXPECT_FALSE(reserved->contains(port)) << port;
}

TEST(ReservedPorts, MergesWhatTouchesOrOverlaps) {
  std::string error;
  EXPECT_EQ(parseReservedPorts("5,3,4", error)->str(), "3-5");
  EXPECT_EQ(parseReservedPorts("10-20,15-30,40", error)->str(), "10-30,40");
  EXPECT_EQ(parseReservedPorts("1-10,20-30,5-25", error)->str(), "1-30");
  EXPECT_EQ(parseReservedPorts("65535,65534,1", error)->str(), "1,65534-65535");
}

TEST(ReservedPorts, EmptyIsEmpty) {
  std::string error;
  EXPECT_TRUE(parseReservedPorts("", error)->empty());
  EXPECT_TRUE(parseReservedPorts(" \n", error)->empty());
  EXPECT_EQ(parseReservedPorts("", error)->str(), "");
}

TEST(ReservedPorts, TakesPortZeroAsTheSysctlDoesAndDropsIt) {
  std::string error;
  EXPECT_EQ(parseReservedPorts("0-1023", error)->str(), "1-1023");
  EXPECT_TRUE(parseReservedPorts("0", error)->empty());
}

TEST(ReservedPorts, RefusesAllElse) {
  for (const char *bad :
       {"a", "1,,2", "1,", ",1", "1-", "-1", "5-3", "65536", "1 2", "1;2"}) {
    std::string error;
    EXPECT_FALSE(parseReservedPorts(bad, error)) << bad;
    EXPECT_EQ(error.find("reserved ports: "), 0U) << error;
  }
}

TEST(Target, ReadsWhatItWrites) {
  const std::optional<std::string> hosts[] = {
      std::nullopt,       "127.0.0.1",    "localhost",         "::1",
      "::ffff:127.0.0.1", "fe80::1%eth0", "db-1.example_x.org"};
  const std::optional<std::uint16_t> ports[] = {std::nullopt, std::uint16_t{1},
                                                std::uint16_t{33334},
                                                std::uint16_t{65535}};
  for (const auto &host : hosts)
    for (const auto &port : ports) {
      Target target{host, port};
      std::string error;
      EXPECT_EQ(parseTarget(target.str(), error), target)
          << target.str() << ": " << error;
    }
}

TEST(Target, WritesWhatIsUnknownAsAWord) {
  EXPECT_EQ((Target{std::nullopt, std::uint16_t{33334}}).str(), "HOST:33334");
  EXPECT_EQ((Target{"127.0.0.1", std::nullopt}).str(), "127.0.0.1:PORT");
  EXPECT_EQ((Target{"::1", std::uint16_t{33334}}).str(), "[::1]:33334");
}

TEST(Target, RefusesAllElse) {
  for (const char *bad :
       {"", ":", "127.0.0.1", "127.0.0.1:", ":80", "[]:80", "[::1]", "[::1:80",
        "::1:80", "[127.0.0.1]:80", "a b:80", "127.0.0.1:0", "127.0.0.1:65536",
        "127.0.0.1:abc", "127.0.0.1:80 ", "$(id):80", "a;b:80"}) {
    std::string error;
    EXPECT_FALSE(parseTarget(bad, error)) << bad;
    EXPECT_EQ(error.find("target " + quote(bad) + ": "), 0U) << error;
  }
}

TEST(Quote, ShowsNoControlBytesAndNoEndlessText) {
  EXPECT_EQ(quote("a\x1b[31m\n\xff"), "'a\\x1b[31m\\x0a\\xff'");
  EXPECT_EQ(quote(std::string(61, 'x')), "'" + std::string(60, 'x') + "...'");
}

} // namespace
} // namespace selfconnect
