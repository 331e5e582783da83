//===- result_json.cpp - the result for machines --------------------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "selfconnect/reproduce.h"

#include "evidence.h"

#include <nlohmann/json.hpp>

#include <cmath>

namespace selfconnect {

using Json = nlohmann::ordered_json;

namespace {

/// A text that may be missing.
Json textOrNull(const std::string &text) {
  return text.empty() ? Json(nullptr) : Json(text);
}

/// A number of tries; 0 stands for none.
Json triesOrNull(double tries) {
  return tries > 0 ? Json(std::llround(tries)) : Json(nullptr);
}

const char *possibleName(Drawable possible) {
  switch (possible) {
  case Drawable::No:
    return "no";
  case Drawable::WhenExhausted:
    return "when-exhausted";
  case Drawable::Unknown:
    return "unknown";
  case Drawable::Yes:
    return "yes";
  }
  return "";
}

} // namespace

Json toJson(const PortRange &range, const std::string &source) {
  return {{"low", range.low}, {"high", range.high}, {"source", source}};
}

Json toJson(const ReservedPorts &reserved) {
  Json ports = Json::array();
  for (const PortRange &range : reserved.ranges())
    for (unsigned port = range.low; port <= range.high; ++port)
      ports.push_back(port);
  return ports;
}

Json toJson(const Prediction &prediction) {
  if (prediction.possible ==
      Drawable::Unknown) // the model is not of its kernel
    return {{"possible", possibleName(prediction.possible)},
            {"candidates", nullptr},
            {"median_tries", nullptr},
            {"mean_tries", nullptr},
            {"p99_tries", nullptr},
            {"kernel_class", nullptr}};
  return {{"possible", possibleName(prediction.possible)},
          {"candidates", prediction.candidates},
          {"median_tries", triesOrNull(prediction.medianTries)},
          {"mean_tries", triesOrNull(prediction.meanTries)},
          {"p99_tries", triesOrNull(prediction.p99Tries)},
          {"kernel_class", kernelClassName(prediction.kernelClass)}};
}

Json toJson(const Evidence &evidence) {
  return {
      {"local", evidence.local},
      {"peer", evidence.peer},
      {"tcp_state", evidence.tcpState},
      {"proc_net_tcp", textOrNull(evidence.procNetTcp)},
      {"echo", evidence.echo},
      {"server_bind", textOrNull(evidence.serverBind)},
      {"server_bind_after_close", textOrNull(evidence.serverBindAfterClose)},
      {"server_bind_after_reset", textOrNull(evidence.serverBindAfterReset)},
      {"server_bind_reuseaddr", textOrNull(evidence.serverBindReuseaddr)},
      {"server_bind_after_close_reuseaddr",
       textOrNull(evidence.serverBindAfterCloseReuseaddr)},
      {"server_bind_after_reset_reuseaddr",
       textOrNull(evidence.serverBindAfterResetReuseaddr)}};
}

Evidence detail::evidenceFromJson(const Json &json) {
  auto text = [&](const char *field) {
    const Json &value = json.at(field);
    return value.is_null() ? std::string() : value.get<std::string>();
  };
  Evidence evidence;
  evidence.local = text("local");
  evidence.peer = text("peer");
  evidence.tcpState = text("tcp_state");
  evidence.procNetTcp = text("proc_net_tcp");
  evidence.echo = json.at("echo");
  evidence.serverBind = text("server_bind");
  evidence.serverBindReuseaddr = text("server_bind_reuseaddr");
  evidence.serverBindAfterClose = text("server_bind_after_close");
  evidence.serverBindAfterCloseReuseaddr =
      text("server_bind_after_close_reuseaddr");
  evidence.serverBindAfterReset = text("server_bind_after_reset");
  evidence.serverBindAfterResetReuseaddr =
      text("server_bind_after_reset_reuseaddr");
  return evidence;
}

static Json auditToJson(const ReproduceResult &result) {
  if (!result.counters)
    return nullptr;
  Json json = toJson(*result.counters);
  json["tries_without_port"] = result.triesWithoutPort;
  json["agrees"] = result.audited();
  return json;
}

Json toJson(const ReproduceResult &result) {
  std::optional<CallCount> count;
  if (result.triesPerCall)
    count.emplace(result.tries, *result.triesPerCall);
  return {
      {"schema", 1},
      {"target", result.target.str()},
      {"range", toJson(result.range, result.rangeSource)},
      {"reserved", toJson(result.reserved)},
      {"socket", socketModeName(result.socket)},
      {"method", methodName(result.method)},
      {"isolation", isolationName(result.isolation)},
      {"kernel", result.kernel},
      {"outcome", outcomeName(result.outcome)},
      {"reason", result.reason},
      {"tries", result.tries},
      {"seconds", result.seconds},
      {"tries_per_second", std::round(result.triesPerSecond())},
      {"prediction", toJson(result.prediction)},
      {"evidence", result.evidence ? toJson(*result.evidence) : Json(nullptr)},
      {"audit", auditToJson(result)},
      {"reuseaddr", result.reuseaddr},
      {"bind_any_port", result.bindAnyPort},
      {"narrowed", result.narrowed},
      {"tries_per_call",
       result.triesPerCall ? Json(*result.triesPerCall) : Json(nullptr)},
      {"calls", count ? Json(count->calls) : Json(nullptr)},
      {"try_of_call", count ? Json(count->tryOfCall) : Json(nullptr)}};
}

} // namespace selfconnect
