//===- common_options.cpp - options that commands share -------------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "common_options.h"

#include "terminal.h"

#include "selfconnect/host_ports.h"
#include "selfconnect/quote.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cmath>
#include <map>

namespace selfconnect::cli {

namespace {

/// The NAME of NAME=RANGE. It becomes the name of a column and of a category,
/// hence no blanks and nothing that some format takes for its own.
std::string checkedName(const std::string &text, std::size_t length) {
  constexpr std::size_t longest = 40;
  const std::string name = text.substr(0, length);
  const bool plain = std::all_of(name.begin(), name.end(), [](unsigned char c) {
    return std::isalnum(c) || c == '_' || c == '-' || c == '.';
  });
  if (name.empty() || name.size() > longest || !plain)
    throw InputError("--range: " + quote(text) +
                     ": a name is made of up to 40 letters, digits, '_', '-' "
                     "and '.'; write NAME=RANGE, such as laptop=host");
  return name;
}

} // namespace

NamedRange resolveRange(const std::string &text) {
  NamedRange named;
  const std::size_t equals = text.find('=');
  if (equals != std::string::npos)
    named.name = checkedName(text, equals);
  named.source = text.substr(equals + 1); // npos + 1 is 0
  std::string error;
  auto range = resolvePortRange(named.source, error);
  if (!range && named.source == "host")
    throw EnvironmentError(error);
  if (!range)
    throw InputError("--range: " + error);
  named.range = *range;
  return named;
}

/// A range without a name goes by what it is: reports tell environments apart
/// by that.
std::vector<NamedRange> resolveRanges(const std::vector<std::string> &texts) {
  std::vector<NamedRange> ranges;
  for (const std::string &text : texts) {
    NamedRange range = resolveRange(text);
    const auto nameOf = [](const NamedRange &named) {
      return named.name.empty() ? named.source : named.name;
    };
    for (const NamedRange &other : ranges)
      if (nameOf(range) == nameOf(other))
        throw InputError("--range: " + quote(nameOf(range)) +
                         " names two ranges; give each range its own name");
    ranges.push_back(std::move(range));
  }
  return ranges;
}

ReservedPorts resolveReserved(const std::string &text,
                              const NamedRange &range) {
  std::string error;
  if (range.range.otherSystem) {
    if (text != "host" && !parseReservedPorts(text, error))
      throw InputError("--reserved: " + error);
    return {};
  }
  if (text == "host" || (text.empty() && range.source == "host")) {
    auto reserved = readHostReservedPorts(error);
    if (!reserved)
      throw EnvironmentError(error);
    return *reserved;
  }
  auto reserved = parseReservedPorts(text, error);
  if (!reserved)
    throw InputError("--reserved: " + error);
  return *reserved;
}

Target resolveTarget(const std::string &text) {
  std::string error;
  auto target = parseTarget(text, error);
  if (!target)
    throw InputError(error);
  if (!target->host)
    throw InputError("target '" + text +
                     "': HOST stands for an unknown host; write an address of "
                     "this host, such as 127.0.0.1");
  if (!target->port)
    throw InputError("target '" + text +
                     "': PORT stands for an unknown port; write its number");
  return *target;
}

/// What --help says of --range.
static std::string describeRanges() {
  std::string text = "ephemeral port range: host (this machine's)";
  for (const PortRangePreset &preset : portRangePresets())
    text += std::string(", ") + preset.name;
  return text + " or LOW-HIGH; NAME=RANGE gives it a name";
}

CLI::Option *addRangeOption(CLI::App &app, std::string &text) {
  return app.add_option("--range", text, describeRanges())
      ->type_name("RANGE")
      ->capture_default_str();
}

CLI::Option *addRangesOption(CLI::App &app, std::vector<std::string> &texts) {
  return app
      .add_option("--range", texts,
                  describeRanges() + "; may be given several times")
      ->type_name("RANGE")
      ->allow_extra_args(false)
      ->capture_default_str();
}

CLI::Option *addReservedOption(CLI::App &app, std::string &text) {
  return app
      .add_option("--reserved", text,
                  "reserved ports: host, or a list such as 8080,33333-33340 "
                  "(default: host with --range=host, none with another range)")
      ->type_name("LIST");
}

CLI::Option *addOutputOption(CLI::App &app, std::string &file) {
  return app
      .add_option(
          "--output", file,
          "write the result to this file instead of standard output; it "
          "keeps its old content until the result is complete")
      ->type_name("FILE");
}

CLI::Option *addResultOptions(CLI::App &app, ResultOptions &options) {
  addOutputOption(app, options.output);
  addQuietOption(app);
  return app.add_flag("--json", options.json, "print the result as JSON");
}

CLI::Option *addTargetArgument(CLI::App &app, std::string &text) {
  return app
      .add_option("target", text,
                  "what the client connects to: 127.0.0.1:33334, "
                  "[::1]:33334, localhost:33334")
      ->type_name("HOST:PORT")
      ->required();
}

void LoopOptions::applyTo(ReproduceOptions &options) const {
  // The options' own checks admit names that are known only.
  options.socket = parseSocketMode(socket).value();
  options.method = parseMethod(method).value();
  options.isolation = parseIsolation(isolation).value();
  options.reuseaddr = reuseaddr;
  options.bindAnyPort = bindAnyPort;
  if (maxTries > 0)
    options.maxTries = maxTries;
  if (triesPerCall > 0)
    options.triesPerCall = triesPerCall;
  options.timeout = std::chrono::milliseconds(
      std::max(std::llround(timeoutSeconds * 1000), 1LL));
}

CLI::Option *addSocketOption(CLI::App &app, LoopOptions &options) {
  return app
      .add_option("--socket", options.socket,
                  "what each try uses: a new socket, the same blocking one, "
                  "the same nonblocking one")
      ->check(CLI::IsMember({"new", "same", "nonblocking"}))
      ->capture_default_str();
}

CLI::Option *addMethodOption(CLI::App &app, LoopOptions &options) {
  return app
      .add_option("--method", options.method,
                  "natural: the loop as it is; forced: every other port "
                  "reserved, so the first try meets the port; exhausted: the "
                  "preferred half of the range reserved, as on a busy host")
      ->check(CLI::IsMember({"natural", "forced", "exhausted"}))
      ->capture_default_str();
}

CLI::Option *addIsolationOption(CLI::App &app, LoopOptions &options) {
  return app
      .add_option("--isolation", options.isolation,
                  "netns: in a network namespace made for the run; host: on "
                  "this machine's own loopback")
      ->check(CLI::IsMember({"netns", "host"}))
      ->capture_default_str();
}

CLI::Option *addCountOption(CLI::App &app, const std::string &name,
                            std::uint64_t &count, const std::string &help,
                            std::uint64_t most) {
  auto whole = [most](std::string &text) -> std::string {
    std::uint64_t value = 0;
    const char *end = text.data() + text.size();
    auto [stop, status] = std::from_chars(text.data(), end, value);
    // No leading zeros: CLI11 takes them for octal.
    if (status == std::errc() && stop == end && text.front() != '0' &&
        value <= most)
      return "";
    return quote(text) + " is not a whole number from 1 " +
           (most == anyCount ? "on" : "to " + std::to_string(most));
  };
  return app.add_option(name, count, help)
      ->type_name("N")
      ->check(CLI::Validator(whole, ""));
}

KernelClass resolveKernelClass(const std::string &text) {
  if (text == "host")
    return calibrateKernel().kernelClass.value_or(KernelClass::E);
  return parseKernelClass(text).value(); // the option admits these only
}

CLI::Option *addKernelClassOption(CLI::App &app, std::string &text) {
  return app
      .add_option(
          "--kernel-class", text,
          "how the kernel walks through the range: host (measured on this "
          "machine, by refused connections), A (Linux up to 4.1), B (4.2), C "
          "(4.6), D (5.12), E (5.18) or E1 (6.8, a socket with "
          "IP_LOCAL_PORT_RANGE)")
      ->check(CLI::IsMember({"host", "A", "B", "C", "D", "E", "E1"}))
      ->type_name("CLASS")
      ->capture_default_str();
}

void addClientOptions(CLI::App &app, bool &reuseaddr, bool &bindAnyPort) {
  app.add_flag("--reuseaddr", reuseaddr, "the client sets SO_REUSEADDR");
  app.add_flag("--bind-any-port", bindAnyPort,
               "the client binds port 0 before it connects, at the address "
               "that it connects to");
}

CLI::Option *addTriesPerCallOption(CLI::App &app, LoopOptions &options) {
  return addCountOption(app, "--tries", options.triesPerCall,
                        "the client gives up after N tries; its loop is called "
                        "again until it connects to itself");
}

CLI::Option *addMaxTriesOption(CLI::App &app, LoopOptions &options) {
  return addCountOption(
      app, "--max-tries", options.maxTries,
      "give up after N tries (default: when the model leaves a miss "
      "probability of one in a million)");
}

CLI::Option *addTimeoutOption(CLI::App &app, LoopOptions &options) {
  return addSecondsOption(app, "--timeout", options.timeoutSeconds,
                          "give up after this time")
      ->default_str("60s");
}

CLI::Option *addSecondsOption(CLI::App &app, const std::string &name,
                              double &seconds, const std::string &help) {
  // Replaces "100ms" by "0.1".
  auto toSeconds = [](std::string &text) -> std::string {
    const std::map<std::string_view, double> units = {
        {"", 1}, {"ms", 0.001}, {"s", 1}, {"m", 60}, {"h", 3600}};
    double value = 0;
    const char *end = text.data() + text.size();
    auto [stop, status] =
        std::from_chars(text.data(), end, value, std::chars_format::fixed);
    auto unit = units.find(std::string_view(stop, end - stop));
    if (status != std::errc() || unit == units.end() ||
        !(value * unit->second >= 0.001 && value * unit->second <= 1e9))
      return quote(text) + " is not a time; write 100ms, 5s, 2m, 1h or a "
                           "number of seconds";
    text = std::to_string(value * unit->second);
    return "";
  };
  return app
      .add_option(name, seconds,
                  help + "; a number of seconds, or with a unit: "
                         "100ms, 5s, 2m, 1h")
      ->transform(CLI::Validator(toSeconds, ""))
      ->type_name("TIME");
}

} // namespace selfconnect::cli
