//===- exec_text.cpp - a run for people -----------------------------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "exec.h"

#include "selfconnect/quote.h"

#include <algorithm>
#include <csignal>
#include <cstring>
#include <fmt/format.h>
#include <map>

namespace selfconnect {
namespace {

using Json = nlohmann::ordered_json;

/// Of one process; the worst come first.
constexpr std::size_t shownSockets = 5;

std::string counted(std::uint64_t count, const std::string &one,
                    const std::string &many) {
  return fmt::format("{} {}", count, count == 1 ? one : many);
}

std::string tries(const Json &json) {
  return counted(json.at("tries"), "try", "tries");
}

std::string socketText(const Json &socket) {
  std::string text = fmt::format(
      "  {}: thread {}, descriptor {}, connected to itself after {:.3f} s: {}",
      socket.at("verdict").get<std::string>(), socket.at("thread").get<int>(),
      socket.at("fd").get<int>(), socket.at("after").get<double>(),
      socket.at("reason").get<std::string>());
  if (socket.at("wrote").is_string())
    text += fmt::format(" (\"{}\")", socket.at("wrote").get<std::string>());
  return text + "\n";
}

std::string processText(const Json &process) {
  std::string text = fmt::format(
      "process {} ({}): {}", process.at("pid").get<int>(),
      printable(process.at("name").get<std::string>()), tries(process));
  const Json &threads = process.at("threads");
  if (threads.size() > 1)
    for (const Json &thread : threads)
      text += fmt::format("{} thread {} ({}) {}",
                          &thread == &threads.front() ? ":" : ",",
                          thread.at("tid").get<int>(),
                          printable(thread.at("name").get<std::string>()),
                          thread.at("tries").get<std::uint64_t>());
  text += "\n";
  for (const Json &obstacle : process.at("obstacles"))
    text += fmt::format("  {} could not meet itself: {}\n", tries(obstacle),
                        obstacle.at("reason").get<std::string>());
  const Json &sockets = process.at("sockets");
  std::size_t shown = std::min(sockets.size(), shownSockets);
  for (std::size_t index = 0; index < shown; ++index)
    text += socketText(sockets[index]);
  std::size_t total = process.at("self_connected");
  if (total > shown)
    text += fmt::format("  and {} more\n", total - shown);
  return text;
}

std::string serverText(const Json &result) {
  const Json &server = result.at("server");
  std::string text;
  for (const auto &[bind, count] : result.at("server_binds").items())
    text += fmt::format("server's bind, right after a socket was given up: {} "
                        "({})\n",
                        bind, counted(count, "time", "times"));
  for (auto [key, when] : {std::pair("server_bind_during", "with the program"),
                           std::pair("server_bind_after", "after its end")})
    if (result.at(key).is_string())
      text += fmt::format("server's bind, {}: {}\n", when,
                          result.at(key).get<std::string>());
  if (server.is_null())
    return text;
  if (server.at("refused").is_string())
    text += fmt::format("server's bind, at first: {}\n",
                        server.at("refused").get<std::string>());
  if (server.at("listening_since").is_null())
    return text + (server.at("refused").is_null()
                       ? "server: not started: the run ended before\n"
                       : "server: could not listen until the end\n");
  return text + fmt::format("server: listening after {:.3f} s, {}\n",
                            server.at("listening_since").get<double>(),
                            counted(server.at("connections"), "connection",
                                    "connections"));
}

/// "SEGV", "RTMIN+1".
std::string signalName(int signal) {
  if (const char *name = ::sigabbrev_np(signal))
    return name;
  if (signal >= SIGRTMIN && signal <= SIGRTMAX)
    return fmt::format("RTMIN+{}", signal - SIGRTMIN);
  return "without a name";
}

std::string endText(const Json &result) {
  const Json &end = result.at("program_end");
  std::string how = "was still running";
  if (end.at("signal").is_number())
    how = fmt::format("ended by signal {} ({})", end.at("signal").get<int>(),
                      signalName(end.at("signal")));
  else if (end.at("exit_code").is_number())
    how =
        fmt::format("ended with exit code {}", end.at("exit_code").get<int>());
  if (end.at("interrupted"))
    how += fmt::format(", and was interrupted after {:.3g} s",
                       result.at("seconds").get<double>());
  if (end.at("timed_out"))
    how += fmt::format(", and the time limit of {:.3g} s ended the run",
                       result.at("seconds").get<double>());
  return "the program " + how + "\n";
}

/// Whether there are connections to itself that only the kernel has seen.
bool hasUnseen(const Json &result) {
  return result.at("unseen").is_number() && result.at("unseen") > 0;
}

std::string undecidedText(const Json &result) {
  std::string text;
  for (const Json &reason : result.at("reasons"))
    text += (text.empty() ? "" : "; ") + reason.get<std::string>();
  return text;
}

std::string verdictText(const Json &result) {
  const std::map<std::string, std::string> texts = {
      {"believed", "it believed a connection to itself"},
      {"noticed", "it met itself, noticed, and gave the socket up"},
      {"undecided", undecidedText(result)},
      {"not-self-connected",
       "none of its sockets met itself: there was a server"},
      {"no-attempt", "it did not try to connect to this port"}};
  return fmt::format("port {}, {}: {}\n", result.at("port").get<int>(),
                     tries(result),
                     texts.at(result.at("outcome").get<std::string>()));
}

} // namespace

std::string execToText(const Json &result) {
  std::string text = verdictText(result);
  const Json &processes = result.at("processes");
  for (const Json &process : processes)
    text += processText(process);
  std::size_t total = result.at("processes_total");
  if (total > processes.size())
    text += fmt::format("and {} more processes\n", total - processes.size());
  if (hasUnseen(result))
    text += "unseen, but counted by the kernel: " +
            counted(result.at("unseen"), "connection", "connections") +
            " neither refused nor accepted\n";
  if (result.at("wanted_network").is_string())
    text += "there is no network in here: it asked for " +
            result.at("wanted_network").get<std::string>() + "\n";
  return text + serverText(result) + endText(result);
}

} // namespace selfconnect
