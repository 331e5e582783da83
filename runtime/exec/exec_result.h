//===- exec_result.h - what a run came to -----------------------*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_EXEC_EXEC_RESULT_H
#define SELFCONNECT_EXEC_EXEC_RESULT_H

#include <nlohmann/json.hpp>

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace selfconnect {

/// What a program did with a connection to itself.
enum class Belief {
  Believed,  ///< took it for a connection to the server
  Noticed,   ///< gave it up unused
  Undecided, ///< the run ended before it could show
};

/// From the best to the worst: the run is as its worst process.
enum class RunOutcome {
  NoAttempt,
  NotSelfConnected,
  Noticed,
  Undecided,
  Believed
};

/// "believed", "no-attempt", ...
const char *beliefName(Belief belief);
const char *runOutcomeName(RunOutcome outcome);

/// A socket that met itself.
struct ExecSocket {
  int fd = -1;
  int thread = 0;
  std::string local; ///< "127.0.0.1:33334"
  double after = 0;  ///< seconds from the start
  double seconds = 0;
  std::uint64_t written = 0;
  std::string wrote; ///< the first of it, printable
  std::string end;   ///< "open", "closed", ...
  Belief verdict = Belief::Undecided;
  std::string reason;
  std::string serverBindAfter; ///< "ok", "EADDRINUSE"; "" if not tried
};

struct ExecThread {
  int tid = 0;
  std::string name;
  std::uint64_t tries = 0;
};

/// Why tries could not meet themselves.
struct ExecObstacle {
  std::string reason;
  std::uint64_t tries = 0;
};

/// How many sockets there are of each verdict.
using BeliefCounts = std::map<Belief, std::size_t>;

struct ExecProcess {
  int pid = 0;
  std::string name;
  std::uint64_t tries = 0;
  std::vector<ExecThread> threads;
  std::optional<int> exitCode;
  std::vector<ExecObstacle> obstacles; ///< the first of many
  std::size_t selfConnected = 0;       ///< all sockets
  BeliefCounts verdicts;
  std::vector<ExecSocket> sockets; ///< the first of many, the worst first
  RunOutcome outcome = RunOutcome::NoAttempt;
};

/// The server of --serve-after.
struct ExecServer {
  std::optional<double> listeningSince;
  std::string refused; ///< why it could not listen at first; "" if it could
  unsigned connections = 0;
};

struct ExecEnd {
  bool timedOut = false;
  bool interrupted = false;
  std::optional<int> exitCode;
  std::optional<int> signal;
};

struct ExecResult {
  std::uint16_t port = 0;
  std::vector<std::string> program; ///< as it was called
  std::string kernel;
  RunOutcome outcome = RunOutcome::NoAttempt;
  std::vector<std::string> reasons; ///< of RunOutcome::Undecided
  std::string wantedNetwork;        ///< what it asked for that is not there
  double seconds = 0;
  std::uint64_t tries = 0;
  std::optional<std::int64_t> activeOpens; ///< as the kernel counts
  std::size_t selfConnected = 0;
  std::optional<std::uint64_t> unseen; ///< that only the kernel has counted
  BeliefCounts verdicts;
  /// How often a server could have had the port right after a socket was given
  /// up, by result.
  std::map<std::string, std::size_t> serverBinds;
  std::size_t processesTotal = 0;
  std::vector<ExecProcess> processes; ///< the first of many, the worst first
  std::string serverBindDuring;       ///< as ExecSocket::serverBindAfter
  std::string serverBindAfter;
  std::optional<ExecServer> server;
  ExecEnd end;
  std::optional<int> interruptedBy; ///< the signal
};

/// What --json prints, and what a run sends.
nlohmann::ordered_json toJson(const ExecResult &result);
ExecResult execResultFrom(const nlohmann::ordered_json &json);

/// For people.
std::string toText(const ExecResult &result);

} // namespace selfconnect

#endif // SELFCONNECT_EXEC_EXEC_RESULT_H
