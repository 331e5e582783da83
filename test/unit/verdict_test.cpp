//===- verdict_test.cpp - finding + run -> verdict ------------------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "selfconnect/error.h"
#include "selfconnect/verdict.h"

#include <gtest/gtest.h>

namespace selfconnect {
namespace {

Finding findingFor(std::optional<std::string> host,
                   std::optional<std::uint16_t> port,
                   SocketMode socket = SocketMode::New) {
  Finding finding;
  finding.check = "selfconnect-retry-loop";
  finding.place = {"/a.c", 1, 1};
  finding.message = "m";
  finding.reproduce = {{std::move(host), port}, socket};
  return finding;
}

JudgedRange rangeOf(std::uint16_t low, std::uint16_t high,
                    const std::string &reserved = "") {
  std::string error;
  return {{low, high}, "test", parseReservedPorts(reserved, error).value()};
}

/// Answers as told and remembers what it was asked.
class FakeRunner {
public:
  explicit FakeRunner(Outcome outcome = Outcome::SelfConnected) {
    answer.outcome = outcome;
    answer.reason = "the runner's reason";
    answer.tries = 12;
    if (outcome == Outcome::SelfConnected)
      answer.evidence.emplace().tcpState = "ESTABLISHED";
  }
  std::vector<RunAnswer>
  operator()(const std::vector<ReproduceOptions> &questions) {
    asked = questions;
    return std::vector<RunAnswer>(questions.size(), answer);
  }

  RunAnswer answer;
  std::vector<ReproduceOptions> asked;
};

JudgeOptions on(std::vector<JudgedRange> ranges) {
  JudgeOptions options;
  options.ranges = std::move(ranges);
  return options;
}

/// The verdict on the only range.
Verdict verdictOf(const Finding &finding, const JudgeOptions &options,
                  FakeRunner &runner) {
  const auto judged = judge({finding}, options, std::ref(runner));
  EXPECT_EQ(judged.size(), 1U);
  EXPECT_EQ(judged.at(0).verdicts.size(), 1U);
  return judged.at(0).verdicts.at(0);
}

TEST(Verdict, OfALoopWithABoundCountsTriesAndCalls) {
  FakeRunner runner;
  Finding finding = findingFor("127.0.0.1", 33334, SocketMode::Same);
  finding.reproduce.tries = 5;
  finding.reproduce.reuseaddr = true;
  const Verdict got = verdictOf(finding, on({rangeOf(32768, 60999)}), runner);
  EXPECT_EQ(got.kind, VerdictKind::Confirmed);
  EXPECT_EQ(got.reason, "the loop connected to itself at try 2 of call 3");
  EXPECT_EQ(got.tries, 12U);
  ASSERT_EQ(runner.asked.size(), 1U);
  EXPECT_EQ(runner.asked[0].triesPerCall, 5U);
  EXPECT_TRUE(runner.asked[0].reuseaddr);
}

TEST(Verdict, AnotherBoundIsAnotherRun) {
  FakeRunner runner;
  Finding finding = findingFor("127.0.0.1", 33334, SocketMode::Same);
  Finding bounded = finding;
  bounded.reproduce.tries = 5;
  judge({finding, bounded}, on({rangeOf(32768, 60999)}), std::ref(runner));
  EXPECT_EQ(runner.asked.size(), 2U);
}

TEST(Verdict, PreferredHalfIsConfirmedByTheNaturalLoop) {
  FakeRunner runner;
  const Verdict got =
      verdictOf(findingFor("127.0.0.1", 33334, SocketMode::Same),
                on({rangeOf(32768, 60999)}), runner);
  EXPECT_EQ(got.kind, VerdictKind::Confirmed);
  EXPECT_EQ(got.method, Method::Natural);
  EXPECT_EQ(got.tries, 12U);
  EXPECT_EQ(got.evidence.value().tcpState, "ESTABLISHED");
  EXPECT_EQ(got.reason, "the loop connected to itself at try 12");
  ASSERT_EQ(runner.asked.size(), 1U);
  EXPECT_EQ(runner.asked[0].host, "127.0.0.1");
  EXPECT_EQ(runner.asked[0].port, 33334);
  EXPECT_EQ(runner.asked[0].socket, SocketMode::Same);
  EXPECT_EQ(runner.asked[0].method, Method::Natural);
  EXPECT_EQ(runner.asked[0].isolation, Isolation::Netns);
  EXPECT_EQ(runner.asked[0].range, (PortRange{32768, 60999}));
}

// Class A draws from every port: there is no other half.
TEST(Verdict, GoesByTheKernelsClass) {
  FakeRunner runner;
  JudgeOptions options = on({rangeOf(32768, 60999)});
  options.kernelClass = KernelClass::A;
  const Verdict got =
      verdictOf(findingFor("127.0.0.1", 33333), options, runner);
  EXPECT_EQ(got.kind, VerdictKind::Confirmed);
  EXPECT_EQ(got.method, Method::Natural);
  ASSERT_EQ(runner.asked.size(), 1U);
  EXPECT_EQ(runner.asked[0].kernelClass, KernelClass::A);
}

// What Windows does is no question for this kernel, whatever the port's parity,
// the host or the reserved ports.
TEST(Verdict, RangeOfAnotherSystemIsNotRun) {
  JudgedRange windows = rangeOf(49152, 65535, "54338-54339");
  windows.range.otherSystem = "windows";
  for (const char *host : {"127.0.0.1", "127.0.0.2", "server.example"})
    for (const auto port : {std::uint16_t{54338}, std::uint16_t{54339}}) {
      FakeRunner runner;
      const Verdict got =
          verdictOf(findingFor(host, port), on({windows}), runner);
      EXPECT_EQ(got.kind, VerdictKind::Unknown) << host << port;
      EXPECT_EQ(got.reason, "inside the range of windows; not this kernel");
      EXPECT_TRUE(runner.asked.empty());
    }
  FakeRunner runner;
  const Verdict outside =
      verdictOf(findingFor("127.0.0.1", 33334), on({windows}), runner);
  EXPECT_EQ(outside.kind, VerdictKind::Refuted);
  EXPECT_EQ(outside.reason,
            "port 33334 is outside the ephemeral port range 49152-65535");
  EXPECT_TRUE(runner.asked.empty());
}

TEST(Verdict, OtherHalfIsConfirmedWhenExhausted) {
  FakeRunner runner;
  const Verdict got = verdictOf(findingFor("127.0.0.1", 33333),
                                on({rangeOf(32768, 60999)}), runner);
  EXPECT_EQ(got.kind, VerdictKind::ConfirmedWhenExhausted);
  EXPECT_EQ(got.method, Method::Forced);
  EXPECT_EQ(
      got.reason,
      "port 33333 is inside the ephemeral port range 32768-60999, "
      "reached only when all even ports of it are in use; then it connected "
      "to itself");
}

TEST(Verdict, OtherHalfByTheExhaustedMethodWhenAskedFor) {
  FakeRunner runner;
  JudgeOptions options = on({rangeOf(32768, 60999)});
  options.otherHalf = Method::Exhausted;
  const Verdict got =
      verdictOf(findingFor("127.0.0.1", 33333), options, runner);
  EXPECT_EQ(got.kind, VerdictKind::ConfirmedWhenExhausted);
  EXPECT_EQ(got.method, Method::Exhausted);
  EXPECT_EQ(runner.asked.at(0).method, Method::Exhausted);
}

TEST(Verdict, ParityFollowsTheLowEndOfTheRange) {
  FakeRunner runner;
  const JudgeOptions options = on({rangeOf(32769, 60999)});
  EXPECT_EQ(verdictOf(findingFor("127.0.0.1", 33333), options, runner).kind,
            VerdictKind::Confirmed);
  EXPECT_EQ(verdictOf(findingFor("127.0.0.1", 33334), options, runner).kind,
            VerdictKind::ConfirmedWhenExhausted);
}

TEST(Verdict, WhatArithmeticRefutesIsNotRun) {
  FakeRunner runner;
  Verdict got = verdictOf(findingFor("127.0.0.1", 33333),
                          on({rangeOf(49152, 65535)}), runner);
  EXPECT_EQ(got.kind, VerdictKind::Refuted);
  EXPECT_EQ(got.reason,
            "port 33333 is outside the ephemeral port range 49152-65535");

  got = verdictOf(findingFor("127.0.0.1", 33333),
                  on({rangeOf(32768, 60999, "33333")}), runner);
  EXPECT_EQ(got.kind, VerdictKind::Refuted);
  EXPECT_NE(got.reason.find("port 33333 is reserved"), std::string::npos);
  EXPECT_FALSE(got.method.has_value());
  EXPECT_FALSE(got.evidence);
  EXPECT_TRUE(runner.asked.empty());
}

TEST(Verdict, OtherHostIsRefuted) {
  FakeRunner runner;
  // TEST-NET-1 is no address of any host.
  const Verdict got = verdictOf(findingFor("192.0.2.1", 33334),
                                on({rangeOf(32768, 60999)}), runner);
  EXPECT_EQ(got.kind, VerdictKind::Refuted);
  EXPECT_NE(got.reason.find("192.0.2.1"), std::string::npos) << got.reason;
  // The first word names the subject: "no socket of this host ...", "a socket
  // that ...".
  EXPECT_NE(got.reason.find("socket"), std::string::npos) << got.reason;
  EXPECT_NE(got.reason.find("192.0.2.1"), 0U) << got.reason;
  EXPECT_TRUE(runner.asked.empty());
}

TEST(Verdict, NameThatIsNotLookedUpIsUnknown) {
  FakeRunner runner;
  const Verdict got = verdictOf(findingFor("db.example", 33334),
                                on({rangeOf(32768, 60999)}), runner);
  EXPECT_EQ(got.kind, VerdictKind::Unknown);
  EXPECT_TRUE(runner.asked.empty());
}

TEST(Verdict, HostOrPortMissingIsUnknown) {
  FakeRunner runner;
  const JudgeOptions options = on({rangeOf(32768, 60999)});
  const auto reasonFor = [&](const Finding &finding) {
    const Verdict got = verdictOf(finding, options, runner);
    EXPECT_EQ(got.kind, VerdictKind::Unknown);
    EXPECT_FALSE(got.assumed.has_value());
    return got.reason;
  };
  EXPECT_EQ(reasonFor(findingFor("::1", std::nullopt))
                .find("the port is not known from the source"),
            0U);
  EXPECT_EQ(reasonFor(findingFor(std::nullopt, 40000))
                .find("the host is not known from the source"),
            0U);
  EXPECT_EQ(reasonFor(findingFor(std::nullopt, std::nullopt))
                .find("neither host nor port is known from the source"),
            0U);
  EXPECT_TRUE(runner.asked.empty());
}

TEST(Verdict, AssumptionFillsInWhatIsMissingOnly) {
  FakeRunner runner;
  JudgeOptions options = on({rangeOf(32768, 60999)});
  options.assume = {"::1", 33334};
  Verdict got =
      verdictOf(findingFor("127.0.0.1", std::nullopt), options, runner);
  EXPECT_EQ(got.kind, VerdictKind::Confirmed);
  EXPECT_EQ(got.assumed, (Target{"127.0.0.1", 33334}));
  EXPECT_EQ(runner.asked.at(0).host, "127.0.0.1");

  got = verdictOf(findingFor("127.0.0.1", 40000), options, runner);
  EXPECT_FALSE(got.assumed.has_value());
  EXPECT_EQ(runner.asked.at(0).port, 40000);
}

TEST(Verdict, HalfAnAssumptionMayNotBeEnough) {
  FakeRunner runner;
  JudgeOptions options = on({rangeOf(32768, 60999)});
  options.assume = {"127.0.0.1", std::nullopt};
  EXPECT_EQ(verdictOf(findingFor(std::nullopt, 33334), options, runner).kind,
            VerdictKind::Confirmed);
  EXPECT_EQ(
      verdictOf(findingFor(std::nullopt, std::nullopt), options, runner).kind,
      VerdictKind::Unknown);
}

TEST(Verdict, OnePerRange) {
  FakeRunner runner;
  const auto judged = judge(
      {findingFor("127.0.0.1", 33333)},
      on({rangeOf(32768, 60999), rangeOf(49152, 65535), rangeOf(32769, 60999)}),
      std::ref(runner));
  ASSERT_EQ(judged.at(0).verdicts.size(), 3U);
  EXPECT_EQ(judged[0].verdicts[0].kind, VerdictKind::ConfirmedWhenExhausted);
  EXPECT_EQ(judged[0].verdicts[1].kind, VerdictKind::Refuted);
  EXPECT_EQ(judged[0].verdicts[1].range.range, (PortRange{49152, 65535}));
  EXPECT_EQ(judged[0].verdicts[2].kind, VerdictKind::Confirmed);
  EXPECT_EQ(runner.asked.size(), 2U);
}

TEST(Verdict, SameQuestionIsAskedOnce) {
  FakeRunner runner;
  const auto judged = judge({findingFor("127.0.0.1", 33334),
                             findingFor("127.0.0.1", 33334, SocketMode::Same),
                             findingFor("127.0.0.1", 33334)},
                            on({rangeOf(32768, 60999)}), std::ref(runner));
  EXPECT_EQ(runner.asked.size(), 2U); // new and same
  for (const JudgedFinding &one : judged)
    EXPECT_EQ(one.verdicts.at(0).kind, VerdictKind::Confirmed);
}

TEST(Verdict, RunThatFindsNothingIsNotARefutation) {
  for (const Outcome outcome :
       {Outcome::NotReproduced, Outcome::ConnectedToServer,
        Outcome::Impossible}) {
    FakeRunner runner(outcome);
    const Verdict got = verdictOf(findingFor("127.0.0.1", 33334),
                                  on({rangeOf(32768, 60999)}), runner);
    EXPECT_EQ(got.kind, VerdictKind::NotRun);
    EXPECT_EQ(got.reason, "the runner's reason");
    EXPECT_EQ(got.method, Method::Natural);
    EXPECT_FALSE(got.evidence);
  }
}

TEST(Verdict, EnvironmentThatRefusesIsNotRun) {
  FakeRunner runner;
  runner.answer.kind = RunAnswer::Kind::NoEnvironment;
  const Verdict got = verdictOf(findingFor("127.0.0.1", 33334),
                                on({rangeOf(32768, 60999)}), runner);
  EXPECT_EQ(got.kind, VerdictKind::NotRun);
  EXPECT_EQ(got.reason, "the runner's reason");
  EXPECT_FALSE(got.method.has_value());
}

TEST(Verdict, OptionsThatCannotBeRunAreTheUsersError) {
  FakeRunner runner;
  runner.answer.kind = RunAnswer::Kind::BadOptions;
  EXPECT_THROW(judge({findingFor("127.0.0.1", 33334)},
                     on({rangeOf(32768, 60999)}), std::ref(runner)),
               InputError);
}

TEST(Verdict, NoFindingsNoRuns) {
  FakeRunner runner;
  EXPECT_TRUE(judge({}, on({rangeOf(32768, 60999)}), std::ref(runner)).empty());
}

} // namespace
} // namespace selfconnect
