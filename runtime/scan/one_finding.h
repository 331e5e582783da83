//===- one_finding.h - one hazard, one finding ------------------*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef SELFCONNECT_SCAN_ONE_FINDING_H
#define SELFCONNECT_SCAN_ONE_FINDING_H

#include "project_facts.h"
#include "source_place.h"

#include <map>
#include <set>
#include <string>
#include <vector>

namespace selfconnect::scan {

/// What tells one finding of ours from another.
struct FindingId {
  std::string check;
  SourcePlace at;
  std::string target; ///< of its reproduce note: "127.0.0.1:PORT"

  friend auto operator<=>(const FindingId &, const FindingId &) = default;
};

struct KnownFinding {
  FindingId id;
  SourcePlace loop; ///< of its note, if it has one
};

/// The target of a reproduce note; "" if `note` is none.
std::string targetOf(const std::string &note);

/// Where the servers of a project listen, by port.
using Servers = std::map<unsigned, SourcePlace>;
Servers serversAmong(const std::vector<KnownFinding> &findings);
/// The other end of a retry; null if nobody in sight is.
const SourcePlace *serverOf(const FindingId &id, const Servers &servers);

/// Those of `findings` that are not to be shown:
/// - where several files see one place, those that know less of the target;
/// - where a function holds a whole retry cycle, its own finding, if all calls
///   in sight are harmless, or a call says more; and calls that say less.
std::set<FindingId> superseded(const std::vector<KnownFinding> &findings,
                               const ProjectFacts &facts);

} // namespace selfconnect::scan

#endif // SELFCONNECT_SCAN_ONE_FINDING_H
