//===- audit_test.cpp - what is read of the kernel's counters -------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "audit.h"

#include <gtest/gtest.h>

#include <string>

namespace selfconnect::detail {
namespace {

// The layout of /proc/net/snmp (snmp_seq_show_tcp_udp() in net/ipv4/proc.c).
std::string snmp(const std::string &values) {
  return "Ip: Forwarding DefaultTTL\nIp: 2 64\n"
         "Tcp: RtoAlgorithm RtoMin RtoMax MaxConn ActiveOpens PassiveOpens "
         "AttemptFails EstabResets CurrEstab InSegs\n"
         "Tcp: " +
         values + "\nUdp: InDatagrams NoPorts\nUdp: 5 6\n";
}

TEST(ParseSnmp, FindsTheCountersByName) {
  auto counters = parseSnmp(snmp("1 200 120000 -1 12 3 11 0 1 99"));
  ASSERT_TRUE(counters);
  EXPECT_EQ(counters->activeOpens, 12);
  EXPECT_EQ(counters->passiveOpens, 3);
  EXPECT_EQ(counters->attemptFails, 11);
  EXPECT_EQ(counters->established, 1);
}

TEST(ParseSnmp, TakesAnyOrderOfColumns) {
  auto counters =
      parseSnmp("Tcp: CurrEstab AttemptFails PassiveOpens ActiveOpens\n"
                "Tcp: 1 2 3 4\n");
  ASSERT_TRUE(counters);
  EXPECT_EQ(counters->established, 1);
  EXPECT_EQ(counters->attemptFails, 2);
  EXPECT_EQ(counters->passiveOpens, 3);
  EXPECT_EQ(counters->activeOpens, 4);
}

TEST(ParseSnmp, RefusesWhatIsMissing) {
  EXPECT_FALSE(parseSnmp(""));
  EXPECT_FALSE(parseSnmp("Udp: InDatagrams\nUdp: 5\n"));
  EXPECT_FALSE(parseSnmp("Tcp: ActiveOpens PassiveOpens AttemptFails "
                         "CurrEstab\n"));                     // no values
  EXPECT_FALSE(parseSnmp(snmp("1 200 120000 -1 12 3 11 0"))); // too few
  EXPECT_FALSE(parseSnmp("Tcp: ActiveOpens PassiveOpens CurrEstab\n"
                         "Tcp: 1 2 3\n")); // no AttemptFails
}

// Read as 0, or up to the letter, it would pass for a count.
TEST(ParseSnmp, RefusesWhatIsNoNumber) {
  EXPECT_FALSE(parseSnmp(snmp("1 200 120000 -1 many 3 11 0 1 99")));
  EXPECT_FALSE(parseSnmp(snmp("1 200 120000 -1 12x 3 11 0 1 99")));
  EXPECT_FALSE(
      parseSnmp(snmp("1 200 120000 -1 99999999999999999999 3 11 0 1 99")));
}

TEST(CountedSince, IsTheDifferenceOfEach) {
  Counters since = countedSince({10, 5, 7, 1}, {30, 24, 7, 2});
  EXPECT_EQ(since.activeOpens, 20);
  EXPECT_EQ(since.attemptFails, 19);
  EXPECT_EQ(since.passiveOpens, 0);
  EXPECT_EQ(since.established, 1);
}

// Each try a connection begun, all but the last failed, none accepted.
TEST(Audited, HoldsForWhatTheKernelCountedLikewise) {
  Trial result;
  result.outcome = Outcome::SelfConnected;
  result.tries = 12;
  EXPECT_FALSE(result.audited()); // nothing was counted
  result.counters = Counters{12, 11, 0, 1};
  EXPECT_TRUE(result.audited());
  result.triesWithoutPort = 2; // those do not get as far as a connection
  EXPECT_FALSE(result.audited());
  result.counters = Counters{10, 9, 0, 1};
  EXPECT_TRUE(result.audited());
}

TEST(Audited, FailsWhereOneCounterDiffers) {
  Trial result;
  result.outcome = Outcome::SelfConnected;
  result.tries = 12;
  for (const Counters &wrong :
       {Counters{13, 11, 0, 1}, Counters{12, 10, 0, 1}, Counters{12, 11, 1, 1},
        Counters{12, 11, 0, 2}}) {
    result.counters = wrong;
    EXPECT_FALSE(result.audited());
  }
}

TEST(Audited, OfALoopThatGaveUpAllTriesFailed) {
  Trial result;
  result.outcome = Outcome::NotReproduced;
  result.tries = 12;
  result.counters = Counters{12, 12, 0, 0};
  EXPECT_TRUE(result.audited());
  result.counters = Counters{12, 11, 0, 1};
  EXPECT_FALSE(result.audited());
}

} // namespace
} // namespace selfconnect::detail
