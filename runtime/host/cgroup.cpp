//===- cgroup.cpp - the unit or container of a process --------------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "cgroup.h"

#include <algorithm>

namespace selfconnect::detail {
namespace {

/// Cuts the text at the first `separator`; `rest` is what stands behind it.
std::string_view cut(std::string_view &rest, char separator) {
  const std::string_view head = rest.substr(0, rest.find(separator));
  rest.remove_prefix(std::min(head.size() + 1, rest.size()));
  return head;
}

bool isId(std::string_view text) {
  constexpr std::size_t length = 64;
  return text.size() == length &&
         text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

/// "docker-0123...scope", "cri-containerd-0123...scope", "0123..." below
/// docker/ or kubepods/, "machine-NAME.scope", "lxc.payload.NAME".
std::string containerOf(std::string_view part, std::string_view above) {
  constexpr std::string_view scope = ".scope";
  constexpr std::string_view machine = "machine-";
  constexpr std::string_view payload = "lxc.payload.";
  constexpr std::size_t shown = 12; // as `docker ps` shows
  if (part.starts_with(payload))
    return std::string(part.substr(payload.size()));
  if (above == "lxc")
    return std::string(part);
  if (part.ends_with(scope)) {
    part.remove_suffix(scope.size());
    if (part.starts_with(machine))
      return std::string(part.substr(machine.size()));
  }
  const std::size_t dash = part.rfind('-');
  if (dash != std::string_view::npos)
    part.remove_prefix(dash + 1);
  return isId(part) ? std::string(part.substr(0, shown)) : "";
}

void takePath(std::string_view path, CgroupOwner &owner) {
  std::string_view above;
  while (!path.empty()) {
    const std::string_view part = cut(path, '/');
    if (const std::string name = containerOf(part, above); !name.empty()) {
      owner.container = name;
      owner.unit.clear(); // that of the container's runtime
    } else if (part.ends_with(".service") || part.ends_with(".scope") ||
               part.ends_with(".socket")) {
      owner.unit = part;
    }
    above = part;
  }
}

} // namespace

CgroupOwner parseCgroup(std::string_view text) {
  CgroupOwner owner;
  while (!text.empty()) {
    std::string_view line = cut(text, '\n'); // ID:CONTROLLERS:PATH
    cut(line, ':');
    const std::string_view controllers = cut(line, ':');
    // Of version 1, the hierarchy that systemd keeps; its other ones agree.
    CgroupOwner found;
    takePath(line, found);
    if (owner.container.empty())
      owner.container = found.container;
    if (controllers.empty() || controllers == "name=systemd")
      if (!found.unit.empty())
        owner.unit = found.unit;
  }
  return owner;
}

} // namespace selfconnect::detail
