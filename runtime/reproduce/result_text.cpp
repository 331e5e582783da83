//===- result_text.cpp - the result for people ----------------------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "selfconnect/reproduce.h"

#include <fmt/format.h>

namespace selfconnect {
namespace {

/// "127.0.0.1:33334 self-connected after 8442 tries in 0.09 s (...)."
std::string headline(const ReproduceResult &result) {
  std::string tries =
      fmt::format("{} {} in {:.2g} s", result.tries,
                  result.tries == 1 ? "try" : "tries", result.seconds);
  std::string met = "after " + tries;
  if (result.triesPerCall)
    met =
        fmt::format("at {}, after {}",
                    CallCount(result.tries, *result.triesPerCall).str(), tries);
  std::string how = fmt::format(
      "range {}, {} method, {} socket, {}", result.range.str(),
      methodName(result.method), socketModeName(result.socket),
      result.isolation == Isolation::Netns ? "network namespace of its own"
                                           : "host network");
  if (result.reuseaddr)
    how += ", SO_REUSEADDR";
  if (result.bindAnyPort)
    how += ", bound to port 0";
  if (result.triesPerCall)
    how += fmt::format(", restarted after {} {}", *result.triesPerCall,
                       *result.triesPerCall == 1 ? "try" : "tries");
  if (result.narrowed)
    how += ", by IP_LOCAL_PORT_RANGE";
  switch (result.outcome) {
  case Outcome::SelfConnected:
    return fmt::format("{} self-connected {} ({})", result.target.str(), met,
                       how);
  case Outcome::NotReproduced:
    return fmt::format("{} did not self-connect within {} ({}): {}",
                       result.target.str(), tries, how, result.reason);
  case Outcome::Impossible:
    return fmt::format("{} cannot self-connect this way ({}): {}",
                       result.target.str(), how, result.reason);
  case Outcome::ConnectedToServer:
    return fmt::format("{} connected to a server ({}): {}", result.target.str(),
                       how, result.reason);
  }
  return {};
}

/// "EADDRINUSE (with SO_REUSEADDR: EADDRINUSE)"
std::string bothWays(const std::string &plain, const std::string &reuseaddr) {
  if (plain.empty())
    return "not tried";
  return plain + " (with SO_REUSEADDR: " + reuseaddr + ")";
}

/// "8442 connections begun, 8441 failed, 0 accepted: as the loop counted"
std::string auditText(const ReproduceResult &result) {
  const Counters &counters = *result.counters;
  return fmt::format(
      "{} connections opened, {} failed, {} accepted: {}", counters.activeOpens,
      counters.attemptFails, counters.passiveOpens,
      result.audited() ? "as the loop counted" : "NOT as the loop counted");
}

} // namespace

std::string toText(const ReproduceResult &result) {
  std::string text = headline(result) + "\n";
  if (!result.evidence)
    return text;
  const Evidence &evidence = *result.evidence;
  auto line = [&](const char *what, const std::string &value) {
    text += fmt::format("  {:<30} {}\n", what, value);
  };
  line("socket",
       evidence.local + " -> " + evidence.peer + " " + evidence.tcpState);
  line("kernel's table",
       evidence.procNetTcp.empty() ? "not readable" : evidence.procNetTcp);
  if (result.counters)
    line("kernel's counters", auditText(result));
  line("what was written", evidence.echo ? "came back" : "did not come back");
  line("server's bind, socket open",
       bothWays(evidence.serverBind, evidence.serverBindReuseaddr));
  line("server's bind, after close()",
       bothWays(evidence.serverBindAfterClose,
                evidence.serverBindAfterCloseReuseaddr));
  line("server's bind, after a reset",
       bothWays(evidence.serverBindAfterReset,
                evidence.serverBindAfterResetReuseaddr));
  return text;
}

} // namespace selfconnect
