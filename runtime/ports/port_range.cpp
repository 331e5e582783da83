//===- port_range.cpp - the ephemeral port range --------------------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "selfconnect/port_range.h"

#include "selfconnect/quote.h"

#include <charconv>

namespace selfconnect {

std::string PortRange::str() const {
  return std::to_string(low) + "-" + std::to_string(high);
}

const std::vector<PortRangePreset> &portRangePresets() {
  static const std::vector<PortRangePreset> presets = {
      {"linux", {32768, 60999}, "Linux 4.2 and later, ip-sysctl.rst"},
      {"iana", {49152, 65535, "iana"}, "RFC 6335, section 6"},
      {"macos",
       {49152, 65535, "macos"},
       "net.inet.ip.portrange.first and .last"},
      {"windows",
       {49152, 65535, "windows"},
       "Windows Vista and later, netsh dynamicport"},
      {"freebsd",
       {10000, 65535, "freebsd"},
       "netinet/in.h, IPPORT_EPHEMERALFIRST"},
      {"openbsd",
       {1024, 49151, "openbsd"},
       "net.inet.ip.portfirst and .portlast"},
  };
  return presets;
}

std::optional<std::uint16_t> parsePort(std::string_view text,
                                       std::string &error) {
  unsigned value = 0;
  const char *begin = text.data(); // not ended by a zero: `end` is its end
  const char *end = begin + text.size();
  auto [stop, status] = std::from_chars(begin, end, value);
  // No leading zeros: elsewhere they mean octal.
  if (status != std::errc() || stop != end || text.front() == '0' ||
      value > 65535) {
    error = "port " + quote(text) + " is not a number from 1 to 65535";
    return std::nullopt;
  }
  return static_cast<std::uint16_t>(value);
}

std::optional<PortRange> parsePortRange(std::string_view text,
                                        std::string &error) {
  std::string names;
  for (const PortRangePreset &preset : portRangePresets()) {
    if (text == preset.name)
      return preset.range;
    names += std::string(preset.name) + ", ";
  }

  std::size_t dash = text.find('-');
  if (dash == std::string_view::npos) {
    error = "port range " + quote(text) + " is neither LOW-HIGH nor one of " +
            names + "host";
    return std::nullopt;
  }
  std::string reason;
  auto low = parsePort(text.substr(0, dash), reason);
  auto high = low ? parsePort(text.substr(dash + 1), reason) : std::nullopt;
  if (!high) {
    error = "port range " + quote(text) + ": " + reason +
            "; write LOW-HIGH, such as 32768-60999";
    return std::nullopt;
  }
  if (*low > *high) {
    error = "port range " + quote(text) + " is reversed; write " +
            PortRange{*high, *low}.str();
    return std::nullopt;
  }
  return PortRange{*low, *high};
}

} // namespace selfconnect
