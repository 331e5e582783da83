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
#include <csignal>
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
  Json obstacles = Json::array();
  for (const auto &[reason, count] : process.obstacles)
    if (obstacles.size() < listed)
      obstacles.push_back({{"reason", reason}, {"tries", count}});
  Json list = Json::array();
  for (const Judged &each : sockets)
    if (list.size() < listed)
      list.push_back(toJson(each));
  return {
      {"pid", process.innerPid},
      {"name", process.name},
      {"tries", tries},
      {"threads", threads},
      {"exit_code", process.exitCode ? Json(*process.exitCode) : Json(nullptr)},
      {"obstacles", obstacles},
      {"self_connected", sockets.size()},
      {"verdicts", countBeliefs(sockets)},
      {"sockets", list}};
}

Json programEnd(const RunReport &report) {
  Json end = {{"timed_out", report.timedOut},
              {"interrupted", report.interrupted},
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

/// The first in the process namespace is ours, the second the program.
constexpr pid_t programPid = 2;

/// From the best to the worst: the run is as its worst process.
enum class RunOutcome {
  NoAttempt,
  NotSelfConnected,
  Noticed,
  Undecided,
  Believed
};

const char *name(RunOutcome outcome) {
  switch (outcome) {
  case RunOutcome::NoAttempt:
    return "no-attempt";
  case RunOutcome::NotSelfConnected:
    return "not-self-connected";
  case RunOutcome::Noticed:
    return name(Belief::Noticed);
  case RunOutcome::Undecided:
    return name(Belief::Undecided);
  case RunOutcome::Believed:
    break;
  }
  return name(Belief::Believed);
}

RunEnd endOf(const ObservedProcess &process, const RunReport &report) {
  constexpr int bySignal = SIGKILL; // what it was, nobody saw
  RunEnd end;
  end.lastTry = process.lastTry;
  if (process.innerPid == programPid || !report.callsTold)
    end.status = report.status;
  else if (process.exitCode)
    end.status = *process.exitCode << 8; // as waitpid() has it
  else if (!report.timedOut && !report.interrupted)
    end.status = bySignal;
  return end;
}

std::uint64_t triesOf(const ObservedProcess &process) {
  std::uint64_t tries = 0;
  for (const auto &[tid, thread] : process.threads)
    tries += thread.tries;
  return tries;
}

RunOutcome outcomeOf(const ObservedProcess &process,
                     const std::vector<Judged> &sockets) {
  auto has = [&](Belief belief) {
    return std::any_of(sockets.begin(), sockets.end(), [&](const Judged &each) {
      return each.judgement.belief == belief;
    });
  };
  if (has(Belief::Believed))
    return RunOutcome::Believed;
  if (has(Belief::Noticed))
    return RunOutcome::Noticed;
  if (!sockets.empty() || !process.obstacles.empty())
    return RunOutcome::Undecided;
  return triesOf(process) > 0 ? RunOutcome::NotSelfConnected
                              : RunOutcome::NoAttempt;
}

/// Why there is no more to tell, for people.
class Reasons {
public:
  void add(const std::string &reason) {
    if (std::find(all_.begin(), all_.end(), reason) == all_.end())
      all_.push_back(reason);
  }
  [[nodiscard]] bool empty() const { return all_.empty(); }
  [[nodiscard]] const std::vector<std::string> &all() const { return all_; }

private:
  std::vector<std::string> all_;
};

bool metServer(const RunReport &report) {
  return !report.counters || report.counters->passiveOpens > 0 ||
         (report.server && report.server->connections() > 0);
}

/// What the run as a whole leaves open, where its processes would have it
/// `outcome`.
Reasons findReasons(RunOutcome outcome, const Observer &observer,
                    const std::vector<const ObservedProcess *> &withoutSockets,
                    const RunReport &report, bool unseen, bool met) {
  Reasons reasons;
  const bool early = report.timedOut || report.interrupted;
  if (unseen)
    reasons.add("it may have met itself unseen");
  if (outcome == RunOutcome::Undecided && met)
    reasons.add("it met itself; the run was too short to tell more");
  for (const ObservedProcess *process : withoutSockets)
    for (const auto &[obstacle, tries] : process->obstacles)
      reasons.add("it could not meet itself: " + obstacle);
  if (outcome == RunOutcome::NoAttempt && early)
    reasons.add(std::string("it had not tried to connect to this port when ") +
                (report.interrupted ? "it was interrupted"
                                    : "the time limit ended the run"));
  if (outcome == RunOutcome::NoAttempt && !early &&
      !observer.reachability().wanted().empty())
    reasons.add("it did not get to this port without a network");
  if (outcome == RunOutcome::NotSelfConnected && !metServer(report) && !met)
    reasons.add("none of its sockets met itself, nor a server: what was in the "
                "way is not known");
  if (report.server && !report.server->listeningSince() &&
      report.server->refusal().empty())
    reasons.add("the run ended before the server was due");
  return reasons;
}

} // namespace

Json reportRun(const ExecOptions &options, const Observer &observer,
               const RunReport &report) {
  std::vector<Judged> all;
  std::map<pid_t, std::vector<Judged>> byProcess;
  static const ObservedProcess unknown;
  for (const SelfSocket &socket : observer.sockets()) {
    auto process = observer.processes().find(socket.pid);
    RunEnd end =
        endOf(process == observer.processes().end() ? unknown : process->second,
              report);
    all.push_back({socket, judge(socket, end)});
    byProcess[socket.pid].push_back(all.back());
  }
  RunOutcome worst = RunOutcome::NoAttempt;
  std::vector<const ObservedProcess *> withoutSockets;
  for (const auto &[pid, process] : observer.processes()) {
    worst = std::max(worst, outcomeOf(process, byProcess[pid]));
    if (byProcess[pid].empty())
      withoutSockets.push_back(&process);
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
      processes.back()["outcome"] = name(outcomeOf(process, sockets));
    }

  Json beliefs = countBeliefs(all);
  auto unseen = countUnseen(report, all.size());
  Reasons reasons = findReasons(worst, observer, withoutSockets, report,
                                unseen.value_or(0) > 0, !all.empty());
  RunOutcome outcome = worst == RunOutcome::Believed || reasons.empty()
                           ? worst
                           : RunOutcome::Undecided;
  // Tries of ours are none of the program's.
  std::int64_t ownTries = observer.reachability().ownTries();
  return {{"schema", 1},
          {"port", options.port},
          {"program", nullptr}, // whoever asked knows
          {"kernel", kernelRelease()},
          {"outcome", name(outcome)},
          {"reasons", reasons.all()},
          {"wanted_network", textOrNull(observer.reachability().wanted())},
          {"seconds", report.seconds},
          {"tries", observer.tries()},
          {"active_opens", report.counters
                               ? Json(report.counters->activeOpens - ownTries)
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
