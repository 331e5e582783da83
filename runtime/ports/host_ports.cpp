//===- host_ports.cpp - what the running kernel is set to -----------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "selfconnect/host_ports.h"

#include "selfconnect/quote.h"

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>

namespace selfconnect {
namespace {

/// The whole file, by one read(): the kernel gives a list of reserved ports out
/// at once, cut at the length asked for, and an end of file from then on. The
/// longest one (every second port) has less than 200 kB.
std::optional<std::string> readSysctl(const char *path, int &errorNumber) {
  int fd = ::open(path, O_RDONLY | O_CLOEXEC);
  if (fd < 0) {
    errorNumber = errno;
    return std::nullopt;
  }
  constexpr std::size_t enough = 256 * std::size_t{1024};
  std::string text(enough, '\0');
  ssize_t length = ::read(fd, text.data(), text.size());
  errorNumber = errno;
  ::close(fd);
  if (length < 0)
    return std::nullopt;
  text.resize(static_cast<std::size_t>(length));
  return text;
}

} // namespace

std::optional<PortRange> readHostPortRange(std::string &error) {
  const char *path = "/proc/sys/net/ipv4/ip_local_port_range";
  int errorNumber = 0;
  auto text = readSysctl(path, errorNumber);
  if (!text) {
    error = std::string("read ") + path + ": " + std::strerror(errorNumber) +
            "; give the range as LOW-HIGH";
    return std::nullopt;
  }
  // "32768\t60999\n"
  const char *end = text->data() + text->size();
  unsigned low = 0;
  unsigned high = 0;
  auto first = std::from_chars(text->data(), end, low);
  const char *blank = first.ptr;
  while (blank != end && (*blank == '\t' || *blank == ' '))
    ++blank;
  auto second = std::from_chars(blank, end, high);
  if (first.ec != std::errc() || second.ec != std::errc() || low < 1 ||
      low > high || high > 65535) {
    error = std::string("read ") + path + ": " + quote(*text) +
            " is not a port range; give the range as LOW-HIGH";
    return std::nullopt;
  }
  return PortRange{static_cast<std::uint16_t>(low),
                   static_cast<std::uint16_t>(high)};
}

std::optional<PortRange> resolvePortRange(std::string_view text,
                                          std::string &error) {
  return text == "host" ? readHostPortRange(error)
                        : parsePortRange(text, error);
}

std::optional<std::vector<PortRange>> resolvePortRanges(std::string_view text,
                                                        std::string &error) {
  constexpr std::string_view blanks = " \t\r\n";
  std::vector<PortRange> ranges;
  for (std::string_view rest = text; !rest.empty();) {
    std::string_view item = rest.substr(0, rest.find(';'));
    rest.remove_prefix(std::min(item.size() + 1, rest.size()));
    item.remove_prefix(std::min(item.find_first_not_of(blanks), item.size()));
    item = item.substr(0, item.find_last_not_of(blanks) + 1);
    if (item.empty())
      continue;
    auto range = resolvePortRange(item, error);
    if (!range)
      return std::nullopt;
    bool known =
        std::any_of(ranges.begin(), ranges.end(), [&](const PortRange &other) {
          return other == *range && other.otherSystem == range->otherSystem;
        });
    if (!known)
      ranges.push_back(*range);
  }
  if (ranges.empty()) {
    error = "no port range in " + quote(text) +
            "; write LOW-HIGH or a name, such as linux;windows";
    return std::nullopt;
  }
  return ranges;
}

std::optional<ReservedPorts> readHostReservedPorts(std::string &error) {
  const char *path = "/proc/sys/net/ipv4/ip_local_reserved_ports";
  int errorNumber = 0;
  auto text = readSysctl(path, errorNumber);
  if (!text && errorNumber == ENOENT)
    return ReservedPorts(); // a kernel older than the sysctl
  if (!text) {
    error = std::string("read ") + path + ": " + std::strerror(errorNumber) +
            "; give the reserved ports as a list";
    return std::nullopt;
  }
  auto reserved = parseReservedPorts(*text, error);
  if (!reserved)
    error = std::string("read ") + path + ": " + error;
  return reserved;
}

} // namespace selfconnect
