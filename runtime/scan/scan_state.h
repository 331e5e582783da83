//===- scan_state.h - what an earlier scan left -----------------*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef SELFCONNECT_SCAN_SCAN_STATE_H
#define SELFCONNECT_SCAN_SCAN_STATE_H

#include "arguments.h"
#include "fact_index.h"

#include <chrono>
#include <cstdint>
#include <map>
#include <set>
#include <string>

namespace selfconnect::scan {

/// Digests of files. One that has not changed since is not read again.
class FileDigests {
public:
  using Time = std::chrono::system_clock::time_point;

  /// "-" where it cannot be read, and "?" where it has changed after `since`:
  /// who read it then may have seen either.
  std::string of(const std::string &path, Time since = Time::max());

  struct Known {
    std::string stamp; ///< size, times and number
    std::string digest;
  };
  std::map<std::string, Known> known; ///< by path

private:
  std::map<std::string, Known> fresh_; ///< of this run
};

/// One unit when it was analysed last.
struct UnitState {
  std::string made;    ///< digest of what makes the summary
  std::string asked;   ///< digest of what else makes the findings
  std::string content; ///< digest of the summary
  Seen seen;           ///< what its wishes were told
  std::string failure; ///< reason, or ""
  RemovedFlags removed;
};

struct ScanState {
  std::map<std::string, UnitState> units; ///< by id
  std::set<std::string> withheld;         ///< name hashes
  std::string others; ///< digest of the summaries of other projects
  FileDigests files;
  /// The files of names may say something else than the units.
  bool isFiling = true;
};

/// What is there, or nothing if it is of no use.
ScanState parseState(const std::string &content);
std::string stateText(const ScanState &state);

} // namespace selfconnect::scan

#endif // SELFCONNECT_SCAN_SCAN_STATE_H
