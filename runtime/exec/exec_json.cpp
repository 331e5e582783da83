//===- exec_json.cpp - a run as JSON --------------------------------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "exec_result.h"

#include <string_view>

namespace selfconnect {

using Json = nlohmann::ordered_json;

namespace {

constexpr Belief allBeliefs[] = {Belief::Believed, Belief::Noticed,
                                 Belief::Undecided};

Json textOrNull(const std::string &text) {
  return text.empty() ? Json(nullptr) : Json(text);
}
std::string textFrom(const Json &json) {
  return json.is_null() ? std::string() : json.get<std::string>();
}

template <typename T> Json valueOrNull(const std::optional<T> &value) {
  return value ? Json(*value) : Json(nullptr);
}
template <typename T> std::optional<T> valueFrom(const Json &json) {
  return json.is_null() ? std::nullopt : std::optional<T>(json.get<T>());
}

/// The value of that name.
template <typename Enum, typename Name>
Enum enumFrom(const Json &json, Enum last, Name name) {
  const auto text = json.get<std::string>();
  for (int each = 0; each < static_cast<int>(last); ++each)
    if (text == name(static_cast<Enum>(each)))
      return static_cast<Enum>(each);
  return last;
}
Belief beliefFrom(const Json &json) {
  return enumFrom(json, Belief::Undecided, beliefName);
}
RunOutcome outcomeFrom(const Json &json) {
  return enumFrom(json, RunOutcome::Believed, runOutcomeName);
}

Json toJson(const BeliefCounts &counts) {
  Json json;
  for (const Belief belief : allBeliefs) {
    const auto count = counts.find(belief);
    json[beliefName(belief)] = count == counts.end() ? 0 : count->second;
  }
  return json;
}
BeliefCounts countsFrom(const Json &json) {
  BeliefCounts counts;
  for (const Belief belief : allBeliefs)
    counts[belief] = json.at(beliefName(belief)).get<std::size_t>();
  return counts;
}

Json toJson(const ExecSocket &socket) {
  return {{"fd", socket.fd},
          {"thread", socket.thread},
          {"local", socket.local},
          {"after", socket.after},
          {"seconds", socket.seconds},
          {"written", socket.written},
          {"wrote", textOrNull(socket.wrote)},
          {"end", socket.end},
          {"verdict", beliefName(socket.verdict)},
          {"reason", socket.reason},
          {"server_bind_after", textOrNull(socket.serverBindAfter)}};
}
void from(const Json &json, ExecSocket &socket) {
  socket.fd = json.at("fd");
  socket.thread = json.at("thread");
  socket.local = json.at("local");
  socket.after = json.at("after");
  socket.seconds = json.at("seconds");
  socket.written = json.at("written");
  socket.wrote = textFrom(json.at("wrote"));
  socket.end = json.at("end");
  socket.verdict = beliefFrom(json.at("verdict"));
  socket.reason = json.at("reason");
  socket.serverBindAfter = textFrom(json.at("server_bind_after"));
}

Json toJson(const ExecThread &thread) {
  return {{"tid", thread.tid}, {"name", thread.name}, {"tries", thread.tries}};
}
void from(const Json &json, ExecThread &thread) {
  thread = {json.at("tid"), json.at("name"), json.at("tries")};
}

Json toJson(const ExecObstacle &obstacle) {
  return {{"reason", obstacle.reason}, {"tries", obstacle.tries}};
}
void from(const Json &json, ExecObstacle &obstacle) {
  obstacle = {json.at("reason"), json.at("tries")};
}

Json toJson(const ExecProcess &process);
void from(const Json &json, ExecProcess &process);

template <typename T> Json listOf(const std::vector<T> &values) {
  Json list = Json::array();
  for (const T &value : values)
    list.push_back(toJson(value));
  return list;
}
template <typename T> void from(const Json &json, std::vector<T> &values) {
  for (const Json &each : json)
    from(each, values.emplace_back());
}

Json toJson(const ExecProcess &process) {
  return {{"pid", process.pid},
          {"name", process.name},
          {"tries", process.tries},
          {"threads", listOf(process.threads)},
          {"exit_code", valueOrNull(process.exitCode)},
          {"obstacles", listOf(process.obstacles)},
          {"self_connected", process.selfConnected},
          {"verdicts", toJson(process.verdicts)},
          {"sockets", listOf(process.sockets)},
          {"outcome", runOutcomeName(process.outcome)}};
}
void from(const Json &json, ExecProcess &process) {
  process.pid = json.at("pid");
  process.name = json.at("name");
  process.tries = json.at("tries");
  from(json.at("threads"), process.threads);
  process.exitCode = valueFrom<int>(json.at("exit_code"));
  from(json.at("obstacles"), process.obstacles);
  process.selfConnected = json.at("self_connected");
  process.verdicts = countsFrom(json.at("verdicts"));
  from(json.at("sockets"), process.sockets);
  process.outcome = outcomeFrom(json.at("outcome"));
}

Json toJson(const ExecServer &server) {
  return {{"listening_since", valueOrNull(server.listeningSince)},
          {"refused", textOrNull(server.refused)},
          {"connections", server.connections}};
}
ExecServer serverFrom(const Json &json) {
  return {valueFrom<double>(json.at("listening_since")),
          textFrom(json.at("refused")), json.at("connections")};
}

Json toJson(const ExecEnd &end) {
  return {{"timed_out", end.timedOut},
          {"interrupted", end.interrupted},
          {"exit_code", valueOrNull(end.exitCode)},
          {"signal", valueOrNull(end.signal)}};
}
ExecEnd endFrom(const Json &json) {
  return {json.at("timed_out"), json.at("interrupted"),
          valueFrom<int>(json.at("exit_code")),
          valueFrom<int>(json.at("signal"))};
}

} // namespace

const char *beliefName(Belief belief) {
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

const char *runOutcomeName(RunOutcome outcome) {
  switch (outcome) {
  case RunOutcome::NoAttempt:
    return "no-attempt";
  case RunOutcome::NotSelfConnected:
    return "not-self-connected";
  case RunOutcome::Noticed:
    return beliefName(Belief::Noticed);
  case RunOutcome::Undecided:
    return beliefName(Belief::Undecided);
  case RunOutcome::Believed:
    break;
  }
  return beliefName(Belief::Believed);
}

Json toJson(const ExecResult &result) {
  return {{"schema", 1},
          {"port", result.port},
          {"program", result.program},
          {"kernel", result.kernel},
          {"outcome", runOutcomeName(result.outcome)},
          {"reasons", result.reasons},
          {"wanted_network", textOrNull(result.wantedNetwork)},
          {"seconds", result.seconds},
          {"tries", result.tries},
          {"active_opens", valueOrNull(result.activeOpens)},
          {"self_connected", result.selfConnected},
          {"unseen", valueOrNull(result.unseen)},
          {"verdicts", toJson(result.verdicts)},
          {"server_binds", Json(result.serverBinds)},
          {"processes_total", result.processesTotal},
          {"processes", listOf(result.processes)},
          {"server_bind_during", textOrNull(result.serverBindDuring)},
          {"server_bind_after", textOrNull(result.serverBindAfter)},
          {"server", result.server ? toJson(*result.server) : Json(nullptr)},
          {"program_end", toJson(result.end)},
          {"interrupted_by", valueOrNull(result.interruptedBy)}};
}

ExecResult execResultFrom(const Json &json) {
  ExecResult result;
  result.port = json.at("port");
  result.program = json.at("program").get<std::vector<std::string>>();
  result.kernel = json.at("kernel");
  result.outcome = outcomeFrom(json.at("outcome"));
  result.reasons = json.at("reasons").get<std::vector<std::string>>();
  result.wantedNetwork = textFrom(json.at("wanted_network"));
  result.seconds = json.at("seconds");
  result.tries = json.at("tries");
  result.activeOpens = valueFrom<std::int64_t>(json.at("active_opens"));
  result.selfConnected = json.at("self_connected");
  result.unseen = valueFrom<std::uint64_t>(json.at("unseen"));
  result.verdicts = countsFrom(json.at("verdicts"));
  result.serverBinds =
      json.at("server_binds").get<std::map<std::string, std::size_t>>();
  result.processesTotal = json.at("processes_total");
  from(json.at("processes"), result.processes);
  result.serverBindDuring = textFrom(json.at("server_bind_during"));
  result.serverBindAfter = textFrom(json.at("server_bind_after"));
  if (const Json &server = json.at("server"); !server.is_null())
    result.server = serverFrom(server);
  result.end = endFrom(json.at("program_end"));
  result.interruptedBy = valueFrom<int>(json.at("interrupted_by"));
  return result;
}

} // namespace selfconnect
