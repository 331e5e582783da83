//===- process_files.h - look at the processes of the sandbox ---*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_EXEC_PROCESS_FILES_H
#define SELFCONNECT_EXEC_PROCESS_FILES_H

#include "sandbox/fd.h"

#include <cstdint>
#include <optional>
#include <string>
#include <sys/types.h>
#include <vector>

namespace selfconnect::detail {

/// All processes in the network namespace of the calling process.
std::vector<pid_t> processesInOwnNetwork();

/// A copy of a descriptor of another process (pidfd_getfd(2), Linux 5.6).
Fd takeDescriptor(pid_t pid, int fd);

/// Of what a descriptor of ours refers to; 0 if of nothing.
std::uint64_t inodeOf(int fd);

/// Whether execve() closes that descriptor of a process.
bool closesOnExecute(pid_t pid, int fd);

/// Who a thread is. `innerPid` and `innerTid` are what it takes itself for.
struct ThreadIdentity {
  pid_t pid = 0;
  pid_t innerPid = 0;
  pid_t innerTid = 0;
  std::string name;
};
std::optional<ThreadIdentity> identify(pid_t tid);

/// A process and its descriptor of a socket.
struct Holder {
  pid_t pid = 0;
  int fd = -1;
};
std::vector<Holder> findHolders(std::uint64_t inode);
/// The descriptors that one process has of it.
std::vector<int> descriptorsOf(pid_t pid, std::uint64_t inode);

/// The inodes of the established connections in the network namespace of the
/// calling process that lead from `port` of an address to itself.
std::vector<std::uint64_t> selfConnections(std::uint16_t port);

/// Whether a socket of this network listens on the port, at any address.
bool isListened(std::uint16_t port);

} // namespace selfconnect::detail

#endif // SELFCONNECT_EXEC_PROCESS_FILES_H
