//===- run_report.cpp - a run as JSON -------------------------------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "run_report.h"

#include "belief.h"

#include "selfconnect/quote.h"
#include "selfconnect/reproduce.h"

#include <algorithm>
#include <sys/wait.h>
#include <tuple>

namespace selfconnect::detail {
namespace {

using Json = nlohmann::ordered_json;

/// Of the sockets of one process, and of the processes, not more are listed;
/// all are counted.
constexpr std::size_t listed = 20;

const char *name(Belief belief) {
  switch (belief) {
  case Belief::Believed:
    return "believed";
  case Belief::Noticed:
    return "noticed";
  case Belief::Undecided:
    break;
  }
  return "undecided";
}

const char *name(SelfSocket::End end) {
  switch (end) {
  case SelfSocket::End::Open:
    return "open";
  case SelfSocket::End::Closed:
    return "closed";
  case SelfSocket::End::Released:
    return "released";
  case SelfSocket::End::ShutDown:
    return "shut-down";
  case SelfSocket::End::Exit:
    break;
  }
  return "exit";
}

struct Judged {
  SelfSocket socket;
  Judgement judgement;
};

Json textOrNull(const std::string &text) {
  return text.empty() ? Json(nullptr) : Json(text);
}

/// Printable on any terminal, without the quotes.
std::string escaped(const std::string &bytes) {
  std::string quoted = quote(bytes);
  return quoted.substr(1, quoted.size() - 2);
}

Json toJson(const Judged &judged) {
  const SelfSocket &socket = judged.socket;
  return {{"fd", socket.fd},
          {"thread", socket.innerTid},
          {"local", socket.local},
          {"after", socket.since},
          {"seconds", socket.until - socket.since},
          {"written", socket.written},
          {"wrote", textOrNull(escaped(socket.wrote))},
          {"end", name(socket.end)},
          {"verdict", name(judged.judgement.belief)},
          {"reason", judged.judgement.reason},
          {"server_bind_after", textOrNull(socket.serverBind)}};
}

/// How often a server could have had the port right after a socket was given
/// up, by result.
Json countBinds(const std::vector<Judged> &sockets) {
  Json counts = Json::object();
  for (const Judged &each : sockets)
    if (const std::string &result = each.socket.serverBind; !result.empty())
      counts[result] = counts.value(result, 0) + 1;
  return counts;
}

/// How many there are of each kind.
Json countBeliefs(const std::vector<Judged> &sockets) {
  Json counts;
  for (Belief belief : {Belief::Believed, Belief::Noticed, Belief::Undecided})
    counts[name(belief)] =
        std::count_if(sockets.begin(), sockets.end(), [&](const Judged &each) {
          return each.judgement.belief == belief;
        });
  return counts;
}

Json processToJson(const ObservedProcess &process,
                   const std::vector<Judged> &sockets) {
  Json threads = Json::array();
  std::uint64_t tries = 0;
  for (const auto &[tid, thread] : process.threads) {
    threads.push_back(
        {{"tid", tid}, {"name", thread.name}, {"tries", thread.tries}});
    tries += thread.tries;
  }
  Json list = Json::array();
  for (const Judged &each : sockets)
    if (list.size() < listed)
      list.push_back(toJson(each));
  return {{"pid", process.innerPid},
          {"name", process.name},
          {"tries", tries},
          {"threads", threads},
          {"self_connected", sockets.size()},
          {"verdicts", countBeliefs(sockets)},
          {"sockets", list}};
}

Json programEnd(const RunReport &report) {
  Json end = {{"timed_out", report.timedOut},
              {"exit_code", nullptr},
              {"signal", nullptr}};
  if (report.status && WIFSIGNALED(*report.status))
    end["signal"] = WTERMSIG(*report.status);
  else if (report.status)
    end["exit_code"] = WEXITSTATUS(*report.status);
  return end;
}

Json serverToJson(const LateServer *server) {
  if (!server)
    return nullptr;
  auto since = server->listeningSince();
  return {{"listening_since", since ? Json(*since) : Json(nullptr)},
          {"refused", textOrNull(server->refusal())},
          {"connections", server->connections()}};
}

/// The kernel counts whoever connects, fails, or is connected to. Who connects
/// and is neither of these has met itself, or has given up while nobody
/// answered; so many of them are not among the `seen` ones. Nothing where the
/// kernel does not tell.
std::optional<std::uint64_t> countUnseen(const RunReport &report,
                                         std::size_t seen) {
  if (!report.counters)
    return std::nullopt;
  const Counters &all = *report.counters;
  auto unseen = all.activeOpens - all.attemptFails - all.passiveOpens -
                static_cast<std::int64_t>(seen);
  return static_cast<std::uint64_t>(std::max<std::int64_t>(unseen, 0));
}

const char *outcomeOf(const Json &beliefs, std::uint64_t tries, bool unseen,
                      bool timedOut) {
  if (beliefs.at(name(Belief::Believed)) > 0)
    return name(Belief::Believed);
  if (unseen) // they may have been believed
    return name(Belief::Undecided);
  for (Belief belief : {Belief::Noticed, Belief::Undecided})
    if (beliefs.at(name(belief)) > 0)
      return name(belief);
  if (tries > 0)
    return "not-self-connected";
  return timedOut ? name(Belief::Undecided) : "no-attempt";
}

} // namespace

Json reportRun(const ExecOptions &options, const Observer &observer,
               const RunReport &report) {
  RunEnd end;
  end.lastTry = observer.lastTry();
  end.status = report.status;
  std::vector<Judged> all;
  std::map<pid_t, std::vector<Judged>> byProcess;
  for (const SelfSocket &socket : observer.sockets()) {
    all.push_back({socket, judge(socket, end)});
    byProcess[socket.pid].push_back(all.back());
  }
  // What matters most comes first, and of that what came first.
  auto order = [](const Judged &a, const Judged &b) {
    return std::tie(a.judgement.belief, a.socket.since, a.socket.fd) <
           std::tie(b.judgement.belief, b.socket.since, b.socket.fd);
  };
  Json processes = Json::array();
  for (bool withSockets : {true, false})
    for (const auto &[pid, process] : observer.processes()) {
      std::vector<Judged> &sockets = byProcess[pid];
      if (sockets.empty() == withSockets || processes.size() >= listed)
        continue;
      std::sort(sockets.begin(), sockets.end(), order);
      processes.push_back(processToJson(process, sockets));
    }

  Json beliefs = countBeliefs(all);
  auto unseen = countUnseen(report, all.size());
  return {{"schema", 1},
          {"port", options.port},
          {"program", nullptr}, // whoever asked knows
          {"kernel", kernelRelease()},
          {"outcome", outcomeOf(beliefs, observer.tries(),
                                unseen.value_or(0) > 0, report.timedOut)},
          {"seconds", report.seconds},
          {"tries", observer.tries()},
          {"active_opens", report.counters ? Json(report.counters->activeOpens)
                                           : Json(nullptr)},
          {"self_connected", all.size()},
          {"unseen", unseen ? Json(*unseen) : Json(nullptr)},
          {"verdicts", beliefs},
          {"server_binds", countBinds(all)},
          {"processes_total", observer.processes().size()},
          {"processes", processes},
          {"server_bind_during", textOrNull(report.listenDuring)},
          {"server_bind_after", textOrNull(report.listenAfter)},
          {"server", serverToJson(report.server)},
          {"program_end", programEnd(report)}};
}

} // namespace selfconnect::detail
