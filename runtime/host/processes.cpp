//===- processes.cpp - who holds a socket ---------------------------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "processes.h"

#include "cgroup.h"

#include <array>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <dirent.h>
#include <fstream>
#include <iterator>
#include <memory>
#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

namespace selfconnect::detail {

std::vector<int> numbersIn(const std::string &folder) {
  std::vector<int> numbers;
  const std::unique_ptr<DIR, int (*)(DIR *)> entries(::opendir(folder.c_str()),
                                                     ::closedir);
  if (!entries)
    return numbers;
  while (const dirent *entry = ::readdir(entries.get())) {
    const char *end = entry->d_name + std::strlen(entry->d_name);
    int number = 0;
    const auto [stop, bad] = std::from_chars(entry->d_name, end, number);
    if (bad == std::errc() && stop == end)
      numbers.push_back(number);
  }
  return numbers;
}

std::string readLink(const std::string &path) {
  std::array<char, 256> text; // NOLINT(cppcoreguidelines-pro-type-member-init)
  const ssize_t length = ::readlink(path.c_str(), text.data(), text.size());
  return length < 0 ? "" : std::string(text.data(), length);
}

std::string readText(const std::string &path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::uint64_t inodeIn(const std::string &text, const char *kind) {
  const std::string head = std::string(kind) + ":[";
  std::uint64_t inode = 0;
  if (text.compare(0, head.size(), head) == 0)
    std::from_chars(text.data() + head.size(), text.data() + text.size(),
                    inode);
  return inode;
}

void findHolders(
    const std::vector<pid_t> &processes,
    std::unordered_map<std::uint64_t, std::vector<pid_t>> &holders) {
  for (const pid_t pid : processes) {
    const std::string folder = "/proc/" + std::to_string(pid) + "/fd/";
    for (const int fd : numbersIn(folder)) {
      const auto held = holders.find(
          inodeIn(readLink(folder + std::to_string(fd)), "socket"));
      if (held == holders.end())
        continue;
      std::vector<pid_t> &pids = held->second;
      if (pids.empty() || pids.back() != pid) // by a second descriptor
        pids.push_back(pid);
    }
  }
}

HostProcess describeProcess(pid_t pid) {
  const std::string folder = "/proc/" + std::to_string(pid);
  HostProcess process;
  process.pid = pid;
  process.name = readText(folder + "/comm");
  if (!process.name.empty() && process.name.back() == '\n')
    process.name.pop_back();
  struct stat status = {};
  if (::stat(folder.c_str(), &status) == 0)
    process.user = userName(status.st_uid);
  const CgroupOwner owner = parseCgroup(readText(folder + "/cgroup"));
  process.unit = owner.unit;
  process.container = owner.container;
  return process;
}

std::string userName(std::uint32_t uid) {
  static std::unordered_map<std::uint32_t, std::string> known;
  const auto [entry, isNew] = known.try_emplace(uid);
  if (isNew) {
    std::vector<char> buffer(std::size_t{16} * 1024);
    passwd account = {};
    passwd *found = nullptr;
    ::getpwuid_r(uid, &account, buffer.data(), buffer.size(), &found);
    entry->second = found ? found->pw_name : std::to_string(uid);
  }
  return entry->second;
}

} // namespace selfconnect::detail
