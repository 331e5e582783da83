//===- run_report.cpp - what a run came to
//-------------------------------------===//
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

/// Of the sockets of one process, and of the processes, not more are listed;
/// all are counted.
constexpr std::size_t listed = 20;

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

/// Printable on any terminal, without the quotes.
std::string escaped(const std::string &bytes) {
  std::string quoted = quote(bytes);
  return quoted.substr(1, quoted.size() - 2);
}

ExecSocket describe(const Judged &judged) {
  const SelfSocket &socket = judged.socket;
  ExecSocket result;
  result.fd = socket.fd;
  result.thread = socket.innerTid;
  result.local = socket.local;
  result.after = socket.since;
  result.seconds = socket.until - socket.since;
  result.written = socket.written;
  result.wrote = escaped(socket.wrote);
  result.end = name(socket.end);
  result.verdict = judged.judgement.belief;
  result.reason = judged.judgement.reason;
  result.serverBindAfter = socket.serverBind;
  return result;
}

std::map<std::string, std::size_t>
countBinds(const std::vector<Judged> &sockets) {
  std::map<std::string, std::size_t> counts;
  for (const Judged &each : sockets)
    if (const std::string &result = each.socket.serverBind; !result.empty())
      ++counts[result];
  return counts;
}

BeliefCounts countBeliefs(const std::vector<Judged> &sockets) {
  BeliefCounts counts;
  for (const Judged &each : sockets)
    ++counts[each.judgement.belief];
  return counts;
}

ExecProcess describe(const ObservedProcess &process,
                     const std::vector<Judged> &sockets) {
  ExecProcess result;
  result.pid = process.innerPid;
  result.name = process.name;
  for (const auto &[tid, thread] : process.threads) {
    result.threads.push_back(
        {static_cast<int>(tid), thread.name, thread.tries});
    result.tries += thread.tries;
  }
  result.exitCode = process.exitCode;
  for (const auto &[reason, count] : process.obstacles)
    if (result.obstacles.size() < listed)
      result.obstacles.push_back({reason, count});
  result.selfConnected = sockets.size();
  result.verdicts = countBeliefs(sockets);
  for (const Judged &each : sockets)
    if (result.sockets.size() < listed)
      result.sockets.push_back(describe(each));
  return result;
}

ExecEnd endOfProgram(const RunReport &report) {
  ExecEnd end;
  end.timedOut = report.timedOut;
  end.interrupted = report.interrupted;
  if (report.status && WIFSIGNALED(*report.status))
    end.signal = WTERMSIG(*report.status);
  else if (report.status)
    end.exitCode = WEXITSTATUS(*report.status);
  return end;
}

std::optional<ExecServer> describe(const LateServer *server) {
  if (!server)
    return std::nullopt;
  return ExecServer{server->listeningSince(), server->refusal(),
                    server->connections()};
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

ExecResult reportRun(const ExecOptions &options, const Observer &observer,
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
  ExecResult result;
  for (bool withSockets : {true, false})
    for (const auto &[pid, process] : observer.processes()) {
      std::vector<Judged> &sockets = byProcess[pid];
      if (sockets.empty() == withSockets || result.processes.size() >= listed)
        continue;
      std::sort(sockets.begin(), sockets.end(), order);
      result.processes.push_back(describe(process, sockets));
      result.processes.back().outcome = outcomeOf(process, sockets);
    }

  auto unseen = countUnseen(report, all.size());
  Reasons reasons = findReasons(worst, observer, withoutSockets, report,
                                unseen.value_or(0) > 0, !all.empty());
  result.port = options.port;
  result.kernel = kernelRelease();
  result.outcome = worst == RunOutcome::Believed || reasons.empty()
                       ? worst
                       : RunOutcome::Undecided;
  result.reasons = reasons.all();
  result.wantedNetwork = observer.reachability().wanted();
  result.seconds = report.seconds;
  result.tries = observer.tries();
  if (report.counters) // tries of ours are none of the program's
    result.activeOpens =
        report.counters->activeOpens -
        static_cast<std::int64_t>(observer.reachability().ownTries());
  result.selfConnected = all.size();
  result.unseen = unseen;
  result.verdicts = countBeliefs(all);
  result.serverBinds = countBinds(all);
  result.processesTotal = observer.processes().size();
  result.serverBindDuring = report.listenDuring;
  result.serverBindAfter = report.listenAfter;
  result.server = describe(report.server);
  result.end = endOfProgram(report);
  return result;
}

} // namespace selfconnect::detail
