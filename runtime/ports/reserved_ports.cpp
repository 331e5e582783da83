//===- reserved_ports.cpp - ports that are never handed out ---------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "selfconnect/reserved_ports.h"

#include "selfconnect/quote.h"

#include <algorithm>
#include <charconv>

namespace selfconnect {

bool ReservedPorts::contains(unsigned port) const {
  auto after = std::upper_bound(
      ranges_.begin(), ranges_.end(), port,
      [](unsigned value, const PortRange &range) { return value < range.low; });
  return after != ranges_.begin() && std::prev(after)->contains(port);
}

void ReservedPorts::add(PortRange range) {
  // All that overlap or touch `range` become one with it.
  auto first = std::lower_bound(ranges_.begin(), ranges_.end(), range,
                                [](const PortRange &a, const PortRange &b) {
                                  return a.high + 1 < b.low;
                                });
  auto last = first;
  for (; last != ranges_.end() && last->low <= range.high + 1; ++last) {
    range.low = std::min(range.low, last->low);
    range.high = std::max(range.high, last->high);
  }
  ranges_.insert(ranges_.erase(first, last), range);
}

std::string ReservedPorts::str() const {
  std::string out;
  for (const PortRange &range : ranges_) {
    if (!out.empty())
      out += ',';
    out += range.size() == 1 ? std::to_string(range.low) : range.str();
  }
  return out;
}

namespace {

/// A port as the sysctl takes it: 0 is allowed there, though no port.
std::optional<unsigned> parseSysctlPort(std::string_view text) {
  unsigned value = 0;
  const char *begin = text.data(); // not ended by a zero: `end` is its end
  const char *end = begin + text.size();
  auto [stop, status] = std::from_chars(begin, end, value);
  // No leading zeros: the kernel takes them for octal.
  bool octal = text.size() > 1 && text.front() == '0';
  if (status != std::errc() || stop != end || octal || value > 65535)
    return std::nullopt;
  return value;
}

std::string_view trim(std::string_view text) {
  constexpr std::string_view blanks = " \t\r\n";
  std::size_t first = text.find_first_not_of(blanks);
  if (first == std::string_view::npos)
    return {};
  return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

} // namespace

std::optional<ReservedPorts> parseReservedPorts(std::string_view text,
                                                std::string &error) {
  ReservedPorts result;
  text = trim(text);
  for (bool more = !text.empty(); more;) {
    std::size_t comma = text.find(',');
    more = comma != std::string_view::npos;
    std::string_view item = text.substr(0, comma);
    text.remove_prefix(more ? comma + 1 : text.size());

    std::size_t dash = item.find('-');
    auto low = parseSysctlPort(item.substr(0, dash));
    auto high = dash == std::string_view::npos
                    ? low
                    : parseSysctlPort(item.substr(dash + 1));
    if (!low || !high) {
      error = "reserved ports: " + quote(item) +
              " is neither a port nor LOW-HIGH; write a list such as "
              "8080,33333-33340";
      return std::nullopt;
    }
    if (*low > *high) {
      error = "reserved ports: " + quote(item) + " is reversed; write " +
              std::to_string(*high) + "-" + std::to_string(*low);
      return std::nullopt;
    }
    if (*high > 0)
      result.add({static_cast<std::uint16_t>(std::max(*low, 1U)),
                  static_cast<std::uint16_t>(*high)});
  }
  return result;
}

} // namespace selfconnect
