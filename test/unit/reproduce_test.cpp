//===- reproduce_test.cpp - real self-connects ----------------------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Each of these makes a network namespace and connects in it. Where the
/// environment does not permit that, they fail and say what refused it.
///
//===----------------------------------------------------------------------===//

#include "selfconnect/host_ports.h"
#include "selfconnect/reproduce.h"

#include "attempt_loop.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <cerrno>
#include <string>
#include <sys/wait.h>
#include <unistd.h>

namespace selfconnect {
namespace {

ReproduceOptions on(const std::string &host, std::uint16_t port) {
  ReproduceOptions options;
  options.host = host;
  options.port = port;
  options.range = {32768, 60999};
  options.rangeSource = "linux";
  return options;
}

/// 127.0.0.1 on a range of 100 ports, which takes some 45 tries.
ReproduceOptions onSmallRange(std::uint16_t port) {
  ReproduceOptions options = on("127.0.0.1", port);
  options.range = {40000, 40099};
  return options;
}

void expectProof(const ReproduceResult &result, const std::string &endpoint) {
  ASSERT_EQ(result.outcome, Outcome::SelfConnected) << result.reason;
  EXPECT_GE(result.tries, 1U);
  ASSERT_TRUE(result.evidence);
  const Evidence &evidence = *result.evidence;
  EXPECT_EQ(evidence.local, endpoint);
  EXPECT_EQ(evidence.peer, endpoint);
  EXPECT_EQ(evidence.tcpState, "ESTABLISHED");
  EXPECT_TRUE(evidence.echo);
  EXPECT_EQ(evidence.serverBind, "EADDRINUSE");
  EXPECT_EQ(evidence.serverBindReuseaddr, "EADDRINUSE");
  EXPECT_EQ(evidence.serverBindAfterClose, "EADDRINUSE");
  EXPECT_EQ(evidence.serverBindAfterCloseReuseaddr, "EADDRINUSE");
  EXPECT_EQ(evidence.serverBindAfterReset, "ok");
  EXPECT_EQ(evidence.serverBindAfterResetReuseaddr, "ok");
}

TEST(Attempts, ALoopWithABoundIsBegunAnewWithANewSocket) {
  // Bound and not listening: every try is refused, and none can meet itself.
  detail::Fd held(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  auto any = detail::SocketAddress::parse("127.0.0.1", 0).value();
  ASSERT_EQ(::bind(held.get(), any.data(), any.length()), 0);
  detail::AttemptPlan plan;
  plan.target = detail::SocketAddress::localOf(held.get()).value();
  plan.mode = SocketMode::Same;
  plan.maxTries = 5;
  plan.triesPerCall = 2;
  unsigned sockets = 0;
  plan.prepare = [&](int) { ++sockets; };
  EXPECT_EQ(detail::runAttempts(plan).tries, 5U);
  EXPECT_EQ(sockets, 3U);
}

TEST(Reproduce, ABoundedLoopTellsTheTryAndTheCall) {
  ReproduceOptions options = onSmallRange(40050);
  options.method = Method::Forced;
  options.triesPerCall = 3;
  ReproduceResult result = reproduce(options);
  expectProof(result, "127.0.0.1:40050");
  EXPECT_TRUE(result.audited());
  EXPECT_NE(toText(result).find("at try 1 of call 1, after 1 try"),
            std::string::npos)
      << toText(result);
  EXPECT_EQ(CallCount(8968, 5).str(), "try 3 of call 1794");
  EXPECT_EQ(CallCount(10, 5).str(), "try 5 of call 2");
  EXPECT_EQ(toJson(result).at("calls"), 1);
}

TEST(Reproduce, NaturalLoopOnTheDefaultRange) {
  ReproduceResult result = reproduce(on("127.0.0.1", 33334));
  expectProof(result, "127.0.0.1:33334");
  EXPECT_EQ(result.method, Method::Natural);
}

TEST(Reproduce, EachKindOfSocket) {
  for (SocketMode mode :
       {SocketMode::New, SocketMode::Same, SocketMode::Nonblocking}) {
    SCOPED_TRACE(socketModeName(mode));
    ReproduceOptions options = onSmallRange(40050);
    options.socket = mode;
    expectProof(reproduce(options), "127.0.0.1:40050");
  }
}

TEST(Reproduce, EachWordForThisHost) {
  const char *const words[][2] = {
      {"localhost", "127.0.0.1:33334"},
      {"0.0.0.0", "127.0.0.1:33334"},
      {"::1", "[::1]:33334"},
      {"::", "[::1]:33334"},
      {"::ffff:127.0.0.1", "[::ffff:127.0.0.1]:33334"}};
  for (const auto &[host, endpoint] : words) {
    SCOPED_TRACE(host);
    ReproduceOptions options = on(host, 33334);
    options.method = Method::Forced;
    expectProof(reproduce(options), endpoint);
  }
}

TEST(Reproduce, NaturalLoopOnIpv6) {
  ReproduceOptions options = onSmallRange(40050);
  options.host = "::1";
  expectProof(reproduce(options), "[::1]:40050");
}

TEST(Reproduce, TheKernelsTableNamesBothEnds) {
  // Port 33333 is 0x8235; 127.0.0.1 is written in the byte order of the host.
  ReproduceOptions options = on("127.0.0.1", 33333);
  options.method = Method::Forced;
  ReproduceResult result = reproduce(options);
  ASSERT_TRUE(result.evidence) << result.reason;
  EXPECT_NE(
      result.evidence->procNetTcp.find(" 0100007F:8235 0100007F:8235 01 "),
      std::string::npos)
      << result.evidence->procNetTcp;
}

TEST(Reproduce, ForcedTakesOneTryWhateverTheParity) {
  for (std::uint16_t port : {std::uint16_t{33333}, std::uint16_t{33334}}) {
    ReproduceOptions options = on("127.0.0.1", port);
    options.method = Method::Forced;
    ReproduceResult result = reproduce(options);
    expectProof(result, "127.0.0.1:" + std::to_string(port));
    EXPECT_EQ(result.tries, 1U);
  }
}

TEST(Reproduce, TheOtherHalfNeedsExhaustion) {
  ReproduceOptions options = on("127.0.0.1", 33333);
  ReproduceResult natural = reproduce(options);
  EXPECT_EQ(natural.outcome, Outcome::Impossible);
  EXPECT_EQ(natural.tries, 0U);
  EXPECT_EQ(natural.reason,
            "port 33333 is inside the ephemeral port range 32768-60999, "
            "reached only when all even ports of it are in use; try "
            "--method=exhausted");
  options.method = Method::Exhausted;
  expectProof(reproduce(options), "127.0.0.1:33333");
}

TEST(Reproduce, ExhaustionIsNoUseInThePreferredHalf) {
  ReproduceOptions options = on("127.0.0.1", 33334);
  options.method = Method::Exhausted;
  EXPECT_EQ(reproduce(options).outcome, Outcome::Impossible);
}

TEST(Reproduce, AnOddLowEndTurnsTheHalvesRound) {
  ReproduceOptions options = on("127.0.0.1", 33333);
  options.range = {32769, 60999};
  expectProof(reproduce(options), "127.0.0.1:33333");
  options.port = 33334;
  EXPECT_EQ(reproduce(options).outcome, Outcome::Impossible);
}

TEST(Reproduce, TheLastPortOfAnOddRangeNeedsItsNeighbourTaken) {
  ReproduceOptions options = onSmallRange(40100);
  options.range = {40000, 40100};
  EXPECT_EQ(reproduce(options).outcome, Outcome::Impossible);
  options.method = Method::Exhausted;
  expectProof(reproduce(options), "127.0.0.1:40100");
  options.method = Method::Forced;
  expectProof(reproduce(options), "127.0.0.1:40100");
}

TEST(Reproduce, TinyRangesMeetAtOnce) {
  for (PortRange range : {PortRange{40000, 40000}, PortRange{40000, 40001},
                          PortRange{40000, 40002}}) {
    SCOPED_TRACE(range.str());
    ReproduceOptions options = on("127.0.0.1", 40000);
    options.range = range;
    ReproduceResult result = reproduce(options);
    expectProof(result, "127.0.0.1:40000");
    EXPECT_EQ(result.tries, 1U);
  }
}

TEST(Reproduce, AReservedPortIsImpossibleByAnyMethod) {
  for (Method method : {Method::Natural, Method::Forced, Method::Exhausted}) {
    ReproduceOptions options = on("127.0.0.1", 33334);
    options.reserved.add({33334, 33334});
    options.method = method;
    ReproduceResult result = reproduce(options);
    EXPECT_EQ(result.outcome, Outcome::Impossible);
    EXPECT_EQ(result.reason,
              "port 33334 is reserved (net.ipv4.ip_local_reserved_ports)");
  }
}

TEST(Reproduce, APortOutsideTheRangeIsImpossible) {
  ReproduceOptions options = on("127.0.0.1", 33334);
  options.range = {49152, 65535};
  ReproduceResult result = reproduce(options);
  EXPECT_EQ(result.outcome, Outcome::Impossible);
  EXPECT_EQ(result.reason,
            "port 33334 is outside the ephemeral port range 49152-65535");
}

TEST(Reproduce, ReservedNeighboursAreWrittenInsideAndDoNoHarm) {
  ReproduceOptions options = onSmallRange(40050);
  std::string error;
  options.reserved =
      parseReservedPorts("40000,40002,40004,40040-40048", error).value();
  expectProof(reproduce(options), "127.0.0.1:40050");
}

TEST(Reproduce, OtherLoopbackAddressesCannotMeetThemselves) {
  ReproduceResult result = reproduce(on("127.0.0.2", 33334));
  EXPECT_EQ(result.outcome, Outcome::Impossible);
  EXPECT_EQ(result.reason,
            "a socket that connects to 127.0.0.2 gets the source address "
            "127.0.0.1, so it cannot meet itself");
}

TEST(Reproduce, OtherLoopbackAddressesMeetThemselvesWhenBound) {
  for (SocketMode socket :
       {SocketMode::New, SocketMode::Same, SocketMode::Nonblocking}) {
    ReproduceOptions options = on("127.0.0.2", 33334);
    options.method = Method::Forced;
    options.socket = socket;
    options.bindAnyPort = true;
    expectProof(reproduce(options), "127.0.0.2:33334");
  }
}

TEST(Reproduce, AddressOfAnotherHostCannotBeBound) {
  ReproduceOptions options = on("192.0.2.1", 33334);
  options.bindAnyPort = true;
  ReproduceResult result = reproduce(options);
  EXPECT_EQ(result.outcome, Outcome::Impossible);
  EXPECT_EQ(result.reason, "no socket of this host can be bound to 192.0.2.1: "
                           "Cannot assign requested address");
}

TEST(Reproduce, NamesAreNotLookedUp) {
  EXPECT_THROW(reproduce(on("server.invalid", 33334)), InputError);
}

/// Runs until the loop is ended by a limit. A run may meet itself before its
/// limit, though with one in 300 at most: not three times in a row.
ReproduceResult untilLimited(const ReproduceOptions &options) {
  ReproduceResult result;
  for (int run = 0; run < 3; ++run) {
    result = reproduce(options);
    if (result.outcome != Outcome::SelfConnected)
      break;
  }
  return result;
}

TEST(Reproduce, TheLimitOfTriesEndsIt) {
  ReproduceOptions options = on("127.0.0.1", 33334);
  options.maxTries = 3;
  ReproduceResult result = untilLimited(options);
  EXPECT_EQ(result.outcome, Outcome::NotReproduced);
  EXPECT_EQ(result.reason, "the limit of 3 tries");
  EXPECT_EQ(result.tries, 3U);
  EXPECT_FALSE(result.evidence);
}

TEST(Reproduce, TheTimeLimitEndsIt) {
  // A millisecond is some 100 tries of one in 32256 each.
  ReproduceOptions options = on("127.0.0.1", 33334);
  options.range = {1024, 65535};
  options.timeout = std::chrono::milliseconds(1);
  ReproduceResult result = untilLimited(options);
  EXPECT_EQ(result.outcome, Outcome::NotReproduced);
  EXPECT_EQ(result.reason, "the time limit");
  EXPECT_GE(result.seconds, 0.001);
}

TEST(Reproduce, AHeldSocketIsThereToBeLookedAt) {
  ReproduceOptions options = on("127.0.0.1", 33333);
  options.method = Method::Forced;
  ReproduceCallbacks callbacks;
  int calls = 0;
  callbacks.hold = [&](const HeldSocket &held) {
    ++calls;
    EXPECT_EQ(held.local, "127.0.0.1:33333");
    EXPECT_EQ(held.isolation, Isolation::Netns);
    std::string link =
        "/proc/" + std::to_string(held.pid) + "/fd/" + std::to_string(held.fd);
    char target[64] = {};
    ASSERT_GT(::readlink(link.c_str(), target, sizeof(target) - 1), 0) << link;
    EXPECT_EQ(std::string(target).find("socket:["), 0U) << target;
  };
  expectProof(reproduce(options, callbacks), "127.0.0.1:33333");
  EXPECT_EQ(calls, 1);
}

TEST(Reproduce, LeavesTheHostAndNoChildBehind) {
  std::string error;
  auto range = readHostPortRange(error);
  auto reserved = readHostReservedPorts(error);
  ASSERT_TRUE(range && reserved) << error;
  ReproduceOptions options = on("127.0.0.1", 40001);
  options.range = {40000, 40001};
  options.reserved.add({40000, 40000});
  options.method = Method::Forced;
  expectProof(reproduce(options), "127.0.0.1:40001");
  EXPECT_EQ(readHostPortRange(error), range);
  EXPECT_EQ(readHostReservedPorts(error)->str(), reserved->str());
  EXPECT_EQ(::waitpid(-1, nullptr, WNOHANG), -1);
  EXPECT_EQ(errno, ECHILD);
}

TEST(Reproduce, JsonHasTheFieldsOfTheContract) {
  ReproduceOptions options = on("127.0.0.1", 33333);
  options.method = Method::Forced;
  options.reserved.add({8080, 8081});
  nlohmann::ordered_json json = toJson(reproduce(options));
  EXPECT_EQ(json.at("schema"), 1);
  EXPECT_EQ(json.at("target"), "127.0.0.1:33333");
  EXPECT_EQ(json.at("range").at("low"), 32768);
  EXPECT_EQ(json.at("range").at("high"), 60999);
  EXPECT_EQ(json.at("range").at("source"), "linux");
  EXPECT_EQ(json.at("reserved"), (std::vector<int>{8080, 8081}));
  EXPECT_EQ(json.at("socket"), "new");
  EXPECT_EQ(json.at("method"), "forced");
  EXPECT_EQ(json.at("isolation"), "netns");
  EXPECT_EQ(json.at("kernel"), kernelRelease());
  EXPECT_EQ(json.at("outcome"), "self-connected");
  EXPECT_TRUE(json.at("reason").is_string());
  EXPECT_EQ(json.at("tries"), 1);
  EXPECT_GT(json.at("seconds").get<double>(), 0);
  EXPECT_GT(json.at("tries_per_second").get<double>(), 0);
  EXPECT_EQ(json.at("prediction").at("possible"), "when-exhausted");
  EXPECT_EQ(json.at("prediction").at("candidates"), 14116);
  EXPECT_TRUE(json.at("prediction").at("median_tries").is_null());
  EXPECT_EQ(json.at("prediction").at("kernel_class"), "E");
  EXPECT_EQ(json.at("evidence").at("local"), "127.0.0.1:33333");
  EXPECT_EQ(json.at("evidence").at("server_bind"), "EADDRINUSE");
  EXPECT_EQ(json.at("evidence").at("server_bind_after_close"), "EADDRINUSE");
  EXPECT_EQ(json.at("evidence").at("server_bind_after_reset"), "ok");
}

} // namespace
} // namespace selfconnect
