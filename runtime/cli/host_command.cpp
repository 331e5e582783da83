//===- host_command.cpp - selfconnect host --------------------------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "host_command.h"

#include "common_options.h"
#include "output.h"
#include "wording.h"

#include "selfconnect/host.h"
#include "selfconnect/json_text.h"
#include "selfconnect/quote.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <cmath>
#include <ctime>
#include <memory>

namespace selfconnect::cli {
namespace {

/// "nginx[812] (user www-data, unit nginx.service)", " and 7 more" for those
/// that do the same.
std::string describe(const std::vector<HostProcess> &processes,
                     const std::string &user) {
  std::string owner = user.empty() ? "" : "user " + user;
  auto add = [&](const char *what, const std::string &name) {
    if (!name.empty())
      owner += fmt::format("{}{} {}", owner.empty() ? "" : ", ", what, name);
  };
  std::string text = "unknown process";
  if (!processes.empty()) {
    const HostProcess &first = processes.front();
    text = fmt::format("{}[{}]", first.name, first.pid);
    if (processes.size() > 1)
      text += fmt::format(" and {} more", processes.size() - 1);
    if (user.empty())
      add("user", first.user);
    add("unit", first.unit);
    add("container", first.container);
  }
  return printable(owner.empty() ? text : fmt::format("{} ({})", text, owner));
}

std::string endpoint(const std::string &address, unsigned port) {
  if (address.find(':') != std::string::npos)
    return fmt::format("[{}]:{}", address, port);
  return fmt::format("{}:{}", address, port);
}

std::string describe(const HostListener &listener) {
  const std::string chance = listener.perHour
                                 ? fmt::format("preferred half, {} per hour",
                                               percent(*listener.perHour))
                                 : "other half, on a busy host only";
  return fmt::format("{:<24} {:<33} {}{}\n",
                     endpoint(listener.address, listener.port), chance,
                     describe(listener.processes, listener.user),
                     listener.v6only ? ", IPv6 only" : "");
}

std::string describe(const HostSelfConnection &self) {
  std::string since = "since an unknown time";
  if (self.since) {
    const auto seconds = static_cast<std::time_t>(*self.since);
    const double ago = static_cast<double>(std::time(nullptr)) - *self.since;
    since = fmt::format("since {}{:%Y-%m-%d %H:%M:%S} ({})",
                        self.sinceExact ? "" : "before ",
                        fmt::localtime(seconds), duration(std::fmax(ago, 0)));
  }
  return fmt::format("{} is connected to itself {}, {}: {}\n",
                     endpoint(self.address, self.port), since, self.state,
                     describe(self.processes, self.user));
}

std::string describeReservation(const HostNetwork &network) {
  if (network.sysctlLine.empty())
    return "";
  const bool inForce = network.listeners.empty();
  const std::string &file = network.configuredIn;
  std::string text;
  if (!network.own)
    text = inForce ? "reserved and in force, in this network namespace"
                   : "not in force; to reserve them in this network namespace";
  else if (inForce)
    text = file.empty()
               ? "reserved and in force until the next boot; no file has it"
               : "reserved and in force, by " + file;
  else
    text = file.empty() ? "not in force; to reserve them, put this line into a "
                          "file in /etc/sysctl.d"
                        : "not in force, but in " + file +
                              "; sysctl --system applies it";
  return fmt::format("{}:\n  {}\n", text, network.sysctlLine);
}

std::string describe(const HostNetwork &network) {
  std::string text;
  if (!network.own) {
    text = "network namespace " + (network.name.empty()
                                       ? fmt::format("net:[{}]", network.inode)
                                       : network.name);
    if (network.process)
      text += ", of " + describe({*network.process}, "");
    text = printable(text) + "\n";
  }
  if (!network.seen)
    return text + "could not be read\n";
  for (const HostListener &listener : network.listeners)
    text += describe(listener);
  const std::size_t count = network.listeners.size();
  text += fmt::format("{} listener{} inside the range {} and not reserved",
                      count, count == 1 ? "" : "s", network.range.str());
  if (network.reservedListeners > 0)
    text += fmt::format(", {} reserved", network.reservedListeners);
  text += "\n";
  for (const HostSelfConnection &self : network.selfConnections)
    text += describe(self);
  return text + describeReservation(network);
}

std::string toText(const HostReport &report) {
  std::string text;
  for (const HostNetwork &network : report.networks) {
    // Of a container, most often: nothing to tell.
    const bool empty = network.seen && network.listeners.empty() &&
                       network.selfConnections.empty() &&
                       network.reservedListeners == 0;
    if (network.own || !empty)
      text += (text.empty() ? "" : "\n") + describe(network);
  }
  if (report.unseenProcesses > 0)
    text += fmt::format(
        "\n{} process{} of other users, and their network namespaces, could "
        "not be read; run as root to see them\n",
        report.unseenProcesses, report.unseenProcesses == 1 ? "" : "es");
  return text;
}

ExitCode runHost(const ResultOptions &options) {
  Output output(options.output);
  const HostReport report = inspectHost();
  for (const HostNetwork &network : report.networks)
    for (const std::string &error : network.errors)
      printWarning(error);
  output.write(options.json ? jsonText(toJson(report)) : toText(report));
  output.finish();
  if (report.foundAny())
    return ExitCode::Hazard;
  return report.sawAny() ? ExitCode::Done : ExitCode::Environment;
}

} // namespace

void addHostCommand(CLI::App &app, Command &chosen) {
  auto *command = app.add_subcommand(
      "host",
      "Lists this machine's TCP listeners on ports of the ephemeral port "
      "range, and sockets connected to themselves");
  auto options = std::make_shared<ResultOptions>();
  addResultOptions(*command, *options);
  command->callback(
      [&chosen, options] { chosen = [options] { return runHost(*options); }; });
}

} // namespace selfconnect::cli
