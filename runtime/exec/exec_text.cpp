//===- exec_text.cpp - a run for people -----------------------------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "exec_result.h"

#include "selfconnect/quote.h"

#include <algorithm>
#include <csignal>
#include <cstring>
#include <fmt/format.h>

namespace selfconnect {
namespace {

/// Of one process; the worst come first.
constexpr std::size_t shownSockets = 5;

std::string counted(std::uint64_t count, const std::string &one,
                    const std::string &many) {
  return fmt::format("{} {}", count, count == 1 ? one : many);
}

std::string triesText(std::uint64_t tries) {
  return counted(tries, "try", "tries");
}

std::string socketText(const ExecSocket &socket) {
  std::string text = fmt::format(
      "  {}: thread {}, descriptor {}, connected to itself after {:.3f} s: {}",
      beliefName(socket.verdict), socket.thread, socket.fd, socket.after,
      socket.reason);
  if (!socket.wrote.empty())
    text += fmt::format(" (\"{}\")", socket.wrote);
  return text + "\n";
}

std::string processText(const ExecProcess &process) {
  std::string text =
      fmt::format("process {} ({}): {}", process.pid, printable(process.name),
                  triesText(process.tries));
  const char *separator = ":";
  if (process.threads.size() > 1)
    for (const ExecThread &thread : process.threads) {
      text += fmt::format("{} thread {} ({}) {}", separator, thread.tid,
                          printable(thread.name), thread.tries);
      separator = ",";
    }
  text += "\n";
  for (const ExecObstacle &obstacle : process.obstacles)
    text += fmt::format("  {} could not meet itself: {}\n",
                        triesText(obstacle.tries), obstacle.reason);
  const std::size_t shown = std::min(process.sockets.size(), shownSockets);
  for (std::size_t index = 0; index < shown; ++index)
    text += socketText(process.sockets[index]);
  if (process.selfConnected > shown)
    text += fmt::format("  and {} more\n", process.selfConnected - shown);
  return text;
}

std::string serverText(const ExecResult &result) {
  std::string text;
  for (const auto &[bind, count] : result.serverBinds)
    text += fmt::format("server's bind, right after a socket was given up: {} "
                        "({})\n",
                        bind, counted(count, "time", "times"));
  if (!result.serverBindDuring.empty())
    text += fmt::format("server's bind, with the program: {}\n",
                        result.serverBindDuring);
  if (!result.serverBindAfter.empty())
    text += fmt::format("server's bind, after its end: {}\n",
                        result.serverBindAfter);
  if (!result.server)
    return text;
  const ExecServer &server = *result.server;
  if (!server.refused.empty())
    text += fmt::format("server's bind, at first: {}\n", server.refused);
  if (!server.listeningSince)
    return text + (server.refused.empty()
                       ? "server: not started: the run ended before\n"
                       : "server: could not listen until the end\n");
  return text +
         fmt::format("server: listening after {:.3f} s, {}\n",
                     *server.listeningSince,
                     counted(server.connections, "connection", "connections"));
}

/// "SEGV", "RTMIN+1".
std::string signalName(int signal) {
  if (const char *name = ::sigabbrev_np(signal))
    return name;
  if (signal >= SIGRTMIN && signal <= SIGRTMAX)
    return fmt::format("RTMIN+{}", signal - SIGRTMIN);
  return "without a name";
}

std::string endText(const ExecResult &result) {
  const ExecEnd &end = result.end;
  std::string how = "was still running";
  if (end.signal)
    how = fmt::format("ended by signal {} ({})", *end.signal,
                      signalName(*end.signal));
  else if (end.exitCode)
    how = fmt::format("ended with exit code {}", *end.exitCode);
  if (end.interrupted)
    how += fmt::format(", and was interrupted after {:.3g} s", result.seconds);
  if (end.timedOut)
    how += fmt::format(", and the time limit of {:.3g} s ended the run",
                       result.seconds);
  return "the program " + how + "\n";
}

std::string outcomeText(const ExecResult &result) {
  switch (result.outcome) {
  case RunOutcome::Believed:
    return "it believed a connection to itself";
  case RunOutcome::Noticed:
    return "it met itself, noticed, and gave the socket up";
  case RunOutcome::Undecided:
    return fmt::format("{}", fmt::join(result.reasons, "; "));
  case RunOutcome::NotSelfConnected:
    return "none of its sockets met itself: there was a server";
  case RunOutcome::NoAttempt:
    break;
  }
  return "it did not try to connect to this port";
}

} // namespace

std::string toText(const ExecResult &result) {
  std::string text = fmt::format("port {}, {}: {}\n", result.port,
                                 triesText(result.tries), outcomeText(result));
  for (const ExecProcess &process : result.processes)
    text += processText(process);
  if (result.processesTotal > result.processes.size())
    text += fmt::format("and {} more processes\n",
                        result.processesTotal - result.processes.size());
  if (result.unseen.value_or(0) > 0)
    text += "unseen, but counted by the kernel: " +
            counted(*result.unseen, "connection", "connections") +
            " neither refused nor accepted\n";
  if (!result.wantedNetwork.empty())
    text += "there is no network in here: it asked for " +
            result.wantedNetwork + "\n";
  return text + serverText(result) + endText(result);
}

} // namespace selfconnect
