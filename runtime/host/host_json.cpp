//===- host_json.cpp - the report for machines ----------------------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "selfconnect/host.h"

#include "selfconnect/reproduce.h"

#include <cmath>

namespace selfconnect {

using Json = nlohmann::ordered_json;

namespace {

Json textOrNull(const std::string &text) {
  return text.empty() ? Json(nullptr) : Json(text);
}

Json toJson(const HostProcess &process) {
  return {{"pid", process.pid},
          {"name", process.name},
          {"user", textOrNull(process.user)},
          {"unit", textOrNull(process.unit)},
          {"container", textOrNull(process.container)}};
}

Json toJson(const HostListener &listener);
Json toJson(const HostSelfConnection &self);
Json toJson(const HostNetwork &network);

template <typename T> Json listOf(const std::vector<T> &values) {
  Json list = Json::array();
  for (const T &value : values)
    list.push_back(toJson(value));
  return list;
}

const char *halfOf(const HostListener &listener) {
  return listener.possible == Drawable::Yes ? "preferred" : "other";
}

Json toJson(const HostListener &listener) {
  return {{"address", listener.address},
          {"port", listener.port},
          {"v6only", listener.v6only},
          {"half", halfOf(listener)},
          {"per_hour", listener.perHour ? Json(*listener.perHour) : nullptr},
          {"user", textOrNull(listener.user)},
          {"processes", listOf(listener.processes)}};
}

Json toJson(const HostSelfConnection &self) {
  // To the millisecond: the kernel has it no finer.
  return {{"address", self.address},
          {"port", self.port},
          {"state", self.state},
          {"since",
           self.since ? Json(std::round(*self.since * 1e3) / 1e3) : nullptr},
          {"since_exact", self.sinceExact},
          {"user", textOrNull(self.user)},
          {"processes", listOf(self.processes)}};
}

Json reservationOf(const HostNetwork &network) {
  if (network.sysctlLine.empty())
    return nullptr;
  return {{"line", network.sysctlLine},
          {"in_force", network.listeners.empty()},
          {"configured_in", textOrNull(network.configuredIn)}};
}

Json toJson(const HostNetwork &network) {
  Json range = network.seen ? toJson(network.range, "host") : Json(nullptr);
  return {{"own", network.own},
          {"name", textOrNull(network.name)},
          {"inode", network.inode ? Json(network.inode) : nullptr},
          {"process", network.process ? toJson(*network.process) : nullptr},
          {"seen", network.seen},
          {"errors", network.errors},
          {"range", range},
          {"reserved", toJson(network.reserved)},
          {"listeners", listOf(network.listeners)},
          {"reserved_listeners", network.reservedListeners},
          {"self_connected", listOf(network.selfConnections)},
          {"reserve", reservationOf(network)}};
}

} // namespace

Json toJson(const HostReport &report) {
  return {{"schema", 1},
          {"networks", listOf(report.networks)},
          {"unseen_processes", report.unseenProcesses}};
}

} // namespace selfconnect
