//===- inspect.cpp - from tables to a report ------------------------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "selfconnect/host.h"

#include "../ports/tries_of_ports.h"
#include "namespaces.h"
#include "processes.h"
#include "sysctl_files.h"

#include <algorithm>
#include <chrono>
#include <map>
#include <tuple>
#include <unordered_map>

namespace selfconnect {

using namespace detail;

namespace {

constexpr double hour = 3600;

using Holders = std::unordered_map<std::uint64_t, std::vector<pid_t>>;

/// Describes each process once.
class Processes {
public:
  explicit Processes(const Holders &holders) : holders_(holders) {}

  const HostProcess &describe(pid_t pid) {
    const auto [entry, isNew] = known_.try_emplace(pid);
    if (isNew)
      entry->second = describeProcess(pid);
    return entry->second;
  }

  /// Adds the holders of a socket that are not there yet.
  void addHolders(std::uint64_t inode, std::vector<HostProcess> &processes) {
    const auto held = holders_.find(inode);
    if (held == holders_.end())
      return;
    for (const pid_t pid : held->second)
      if (std::none_of(processes.begin(), processes.end(),
                       [&](const auto &other) { return other.pid == pid; }))
        processes.push_back(describe(pid));
  }

private:
  const Holders &holders_;
  std::unordered_map<pid_t, HostProcess> known_;
};

const char *stateName(std::uint8_t state) {
  constexpr const char *names[] = {"",          "ESTABLISHED", "SYN-SENT",
                                   "SYN-RECV",  "FIN-WAIT-1",  "FIN-WAIT-2",
                                   "TIME-WAIT", "CLOSE",       "CLOSE-WAIT",
                                   "LAST-ACK",  "LISTEN",      "CLOSING"};
  return state < std::size(names) ? names[state] : "";
}

/// Tells the listeners, which are sorted by port, what their chances are.
void addChances(std::vector<HostListener> &listeners,
                const NamespaceTable &table) {
  std::vector<unsigned> numbers;
  for (const HostListener &listener : listeners)
    numbers.push_back(listener.port);
  const auto models = ports::triesOfPorts(numbers, table.range, table.reserved);
  for (std::size_t at = 0; at < listeners.size(); ++at) {
    HostListener &listener = listeners[at];
    listener.possible = mayDraw(listener.port, table.range, table.reserved);
    if (listener.possible == Drawable::Yes)
      listener.perHour = models[at].overTime(hour, 1);
  }
}

std::string userOf(const DiagSocket &socket, const NamespaceTable &table) {
  return table.usersKnown ? userName(socket.uid) : "";
}

void addListeners(HostNetwork &network, const NamespaceTable &table,
                  Processes &processes) {
  using Key = std::tuple<unsigned, std::string, bool>;
  std::map<Key, HostListener> listeners;
  for (const DiagSocket &socket : table.sockets) {
    if (!socket.isListener())
      continue;
    if (table.reserved.contains(socket.local.port)) {
      ++network.reservedListeners;
      continue;
    }
    HostListener &listener =
        listeners[{socket.local.port, socket.local.address, socket.v6only}];
    if (listener.port == 0) {
      listener.address = socket.local.address;
      listener.port = socket.local.port;
      listener.v6only = socket.v6only;
      listener.user = userOf(socket, table);
    }
    processes.addHolders(socket.inode, listener.processes);
  }
  for (auto &[key, listener] : listeners)
    network.listeners.push_back(std::move(listener));
  addChances(network.listeners, table);
}

void addSelfConnections(HostNetwork &network, const NamespaceTable &table,
                        Processes &processes) {
  using Seconds = std::chrono::duration<double>;
  const double now =
      Seconds(std::chrono::system_clock::now().time_since_epoch()).count();
  for (const DiagSocket &socket : table.sockets) {
    if (!socket.isSelfConnected())
      continue;
    HostSelfConnection &self = network.selfConnections.emplace_back();
    self.address = socket.local.address;
    self.port = socket.local.port;
    self.state = stateName(socket.state);
    if (socket.times) {
      const auto &[sent, acknowledged, neverSent] = *socket.times;
      self.sinceExact = neverSent;
      self.since =
          now - (neverSent ? sent : std::max(sent, acknowledged)) / 1e3;
    }
    self.user = userOf(socket, table);
    processes.addHolders(socket.inode, self.processes);
  }
}

/// What to write, and whether that is written already.
void addReservation(HostNetwork &network,
                    const std::optional<ConfiguredPorts> &configured) {
  ReservedPorts wanted = network.reserved;
  for (const HostListener &listener : network.listeners)
    wanted.add({listener.port, listener.port});
  // Nothing of this machine's servers is kept safe by what is reserved.
  if (network.listeners.empty() && network.reservedListeners == 0)
    return;
  network.sysctlLine = "net.ipv4.ip_local_reserved_ports = " + wanted.str();
  if (!network.own || !configured)
    return;
  ReservedPorts both = configured->reserved;
  for (const PortRange &each : wanted.ranges())
    both.add(each);
  if (both.ranges() == configured->reserved.ranges())
    network.configuredIn = configured->file;
}

} // namespace

bool HostReport::sawAny() const {
  return std::any_of(networks.begin(), networks.end(),
                     [](const HostNetwork &network) { return network.seen; });
}

bool HostReport::foundAny() const {
  return std::any_of(
      networks.begin(), networks.end(), [](const HostNetwork &network) {
        return !network.listeners.empty() || !network.selfConnections.empty();
      });
}

HostReport inspectHost() {
  HostReport report;
  const std::vector<pid_t> pids = numbersIn("/proc");
  const auto places = findNamespaces(pids, report.unseenProcesses);
  std::vector<NamespaceTable> tables;
  Holders holders;
  for (const NamespacePlace &place : places) {
    const NamespaceTable &table = tables.emplace_back(readNamespace(place));
    for (const DiagSocket &socket : table.sockets)
      holders[socket.inode];
  }
  findHolders(pids, holders);

  Processes processes(holders);
  const auto configured = readConfiguredPorts();
  for (std::size_t at = 0; at < places.size(); ++at) {
    const NamespacePlace &place = places[at];
    const NamespaceTable &table = tables[at];
    HostNetwork &network = report.networks.emplace_back();
    network.own = at == 0;
    network.name = place.name;
    network.inode = place.inode;
    if (place.pid != 0)
      network.process = processes.describe(place.pid);
    network.seen = table.ipv4 || table.ipv6;
    network.errors = table.errors;
    network.range = table.range;
    network.reserved = table.reserved;
    addListeners(network, table, processes);
    addSelfConnections(network, table, processes);
    addReservation(network, configured);
  }
  return report;
}

} // namespace selfconnect
