//===- sysctl_files.cpp - what is reserved at the next boot ---------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "sysctl_files.h"

#include "processes.h"

#include <algorithm>
#include <filesystem>
#include <map>

namespace selfconnect::detail {
namespace {

namespace fs = std::filesystem;

std::string_view trim(std::string_view text) {
  constexpr std::string_view blanks = " \t\r";
  text.remove_prefix(std::min(text.find_first_not_of(blanks), text.size()));
  return text.substr(0, text.find_last_not_of(blanks) + 1);
}

/// Both separators are in use: net.ipv4.x and net/ipv4/x.
bool isReservedPorts(std::string_view key) {
  if (key.starts_with('-')) // an error is to be ignored
    key.remove_prefix(1);
  std::string dotted(trim(key));
  std::replace(dotted.begin(), dotted.end(), '/', '.');
  return dotted == "net.ipv4.ip_local_reserved_ports";
}

} // namespace

std::optional<std::string> findReservedPorts(std::string_view text) {
  std::optional<std::string> found;
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    const std::string_view content = trim(line);
    const std::size_t equals = content.find('=');
    if (equals == std::string_view::npos || content.front() == '#' ||
        content.front() == ';')
      continue;
    if (isReservedPorts(trim(content.substr(0, equals))))
      found = trim(content.substr(equals + 1));
  }
  return found;
}

std::optional<ConfiguredPorts> readConfiguredPorts() {
  // A file hides those of the same name in later folders; of all that are left
  // the last by name counts.
  std::map<std::string, std::string> files;
  for (const char *folder : {"/etc/sysctl.d", "/run/sysctl.d",
                             "/usr/local/lib/sysctl.d", "/usr/lib/sysctl.d"}) {
    std::error_code error;
    for (fs::directory_iterator entry(folder, error), end;
         !error && entry != end; entry.increment(error))
      if (entry->path().extension() == ".conf")
        files.try_emplace(entry->path().filename().string(),
                          entry->path().string());
  }
  files["\xff"] = "/etc/sysctl.conf"; // after all of them

  std::optional<ConfiguredPorts> last;
  for (const auto &[name, path] : files)
    if (const auto value = findReservedPorts(readText(path))) {
      std::string error;
      if (auto reserved = parseReservedPorts(*value, error))
        last = {path, std::move(*reserved)};
    }
  return last;
}

} // namespace selfconnect::detail
