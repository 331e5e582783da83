//===- process_files.cpp - look at the processes of the sandbox -----------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "process_files.h"

#include "sandbox/step.h"

#include <algorithm>
#include <cctype>
#include <cerrno>
#include <charconv>
#include <fcntl.h>
#include <filesystem>
#include <fmt/format.h>
#include <fstream>
#include <sstream>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace selfconnect::detail {
namespace {

namespace fs = std::filesystem;

/// Processes come and go: what cannot be read is empty.
std::string readLink(const fs::path &path) {
  std::error_code error;
  return fs::read_symlink(path, error).string();
}

/// But nothing may look empty because no descriptor was left to look with.
void checkLimit(int errorNumber, const std::string &path) {
  if (errorNumber == EMFILE)
    failStep("look at the processes", path, errorNumber);
}

/// The names in a folder that are numbers.
std::vector<int> numbersIn(const fs::path &folder) {
  std::vector<int> numbers;
  std::error_code error;
  for (fs::directory_iterator entry(folder, error), end; !error && entry != end;
       entry.increment(error)) {
    std::string name = entry->path().filename().string();
    int number = 0;
    auto [rest, bad] =
        std::from_chars(name.data(), name.data() + name.size(), number);
    if (bad == std::errc() && rest == name.data() + name.size())
      numbers.push_back(number);
  }
  checkLimit(error.value(), folder.string());
  return numbers;
}

fs::path processFolder(pid_t pid) { return "/proc/" + std::to_string(pid); }

/// The last number of "NSpid:	4711	12": the id in the innermost namespace.
pid_t lastNumber(std::istringstream &fields) {
  pid_t last = 0;
  while (fields >> last) {
  }
  return last;
}

void readTable(const char *path, std::uint16_t port,
               std::vector<std::uint64_t> &inodes) {
  const std::string portEnd = fmt::format(":{:04X}", port);
  std::ifstream table(path);
  if (!table)
    checkLimit(errno, path);
  for (std::string line; std::getline(table, line);) {
    std::istringstream fields(line);
    std::string slot, local, remote, state, skipped;
    std::uint64_t inode = 0;
    fields >> slot >> local >> remote >> state;
    if (local != remote || state != "01" || !local.ends_with(portEnd))
      continue;
    for (int field = 4; field < 9; ++field)
      fields >> skipped;
    if (fields >> inode)
      inodes.push_back(inode);
  }
}

bool hasListener(const char *path, std::uint16_t port) {
  const std::string portEnd = fmt::format(":{:04X}", port);
  std::ifstream table(path);
  for (std::string line; std::getline(table, line);) {
    std::istringstream fields(line);
    std::string slot, local, remote, state;
    fields >> slot >> local >> remote >> state;
    if (state == "0A" && local.ends_with(portEnd))
      return true;
  }
  return false;
}

} // namespace

std::vector<pid_t> processesInOwnNetwork() {
  const std::string own = readLink("/proc/self/ns/net");
  std::vector<pid_t> found = numbersIn("/proc");
  std::erase_if(found, [&](pid_t pid) {
    return readLink(processFolder(pid) / "ns/net") != own;
  });
  return found;
}

Fd takeDescriptor(pid_t pid, int fd) {
  Fd process(static_cast<int>(::syscall(SYS_pidfd_open, pid, 0)));
  if (!process || fd < 0)
    return Fd();
  return Fd(static_cast<int>(::syscall(SYS_pidfd_getfd, process.get(), fd, 0)));
}

std::uint64_t inodeOf(int fd) {
  struct stat status = {};
  return ::fstat(fd, &status) == 0 ? status.st_ino : 0;
}

bool closesOnExecute(pid_t pid, int fd) {
  std::ifstream info(processFolder(pid) / "fdinfo" / std::to_string(fd));
  for (std::string key, value; info >> key >> value;)
    if (key == "flags:")
      return (std::stoul(value, nullptr, 8) & O_CLOEXEC) != 0;
  return false;
}

std::optional<ThreadIdentity> identify(pid_t tid) {
  std::ifstream status(processFolder(tid) / "status");
  ThreadIdentity identity;
  for (std::string line; std::getline(status, line);) {
    std::istringstream fields(line);
    std::string key;
    fields >> key;
    if (key == "Name:")
      identity.name = line.substr(line.find('\t') + 1);
    else if (key == "Tgid:")
      fields >> identity.pid;
    else if (key == "NStgid:")
      identity.innerPid = lastNumber(fields);
    else if (key == "NSpid:")
      identity.innerTid = lastNumber(fields);
  }
  if (identity.pid == 0)
    return std::nullopt;
  return identity;
}

std::vector<int> descriptorsOf(pid_t pid, std::uint64_t inode) {
  const std::string socket = fmt::format("socket:[{}]", inode);
  const fs::path folder = processFolder(pid) / "fd";
  std::vector<int> descriptors = numbersIn(folder);
  std::erase_if(descriptors, [&](int fd) {
    return readLink(folder / std::to_string(fd)) != socket;
  });
  return descriptors;
}

std::vector<Holder> findHolders(std::uint64_t inode) {
  std::vector<Holder> holders;
  for (pid_t pid : processesInOwnNetwork())
    if (pid != ::getpid())
      for (int fd : descriptorsOf(pid, inode))
        holders.push_back({pid, fd});
  return holders;
}

std::vector<std::uint64_t> selfConnections(std::uint16_t port) {
  std::vector<std::uint64_t> inodes;
  readTable("/proc/self/net/tcp", port, inodes);
  readTable("/proc/self/net/tcp6", port, inodes);
  return inodes;
}

bool isListened(std::uint16_t port) {
  return hasListener("/proc/self/net/tcp", port) ||
         hasListener("/proc/self/net/tcp6", port);
}

} // namespace selfconnect::detail
