//===- processes.h - who holds a socket -------------------------*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_HOST_PROCESSES_H
#define SELFCONNECT_HOST_PROCESSES_H

#include "selfconnect/host.h"

#include <cstdint>
#include <string>
#include <sys/types.h>
#include <unordered_map>
#include <vector>

namespace selfconnect::detail {

/// The names in a folder of /proc that are numbers; none if it cannot be read.
std::vector<int> numbersIn(const std::string &folder);
/// Where a link of /proc leads; empty if that cannot be read. errno tells why.
std::string readLink(const std::string &path);
/// A small file as a whole; empty if it cannot be read.
std::string readText(const std::string &path);
/// The number in "socket:[4711]"; 0 if `text` is no such link.
std::uint64_t inodeIn(const std::string &text, const char *kind);

/// The processes that hold each of the sockets that are keys of `holders`, of
/// those that the caller may look into.
void findHolders(
    const std::vector<pid_t> &processes,
    std::unordered_map<std::uint64_t, std::vector<pid_t>> &holders);

/// What /proc tells of it now.
HostProcess describeProcess(pid_t pid);

/// "www-data", or the number where it has no name.
std::string userName(std::uint32_t uid);

} // namespace selfconnect::detail

#endif // SELFCONNECT_HOST_PROCESSES_H
