//===- run_report.h - what a run came to -----------------------------*- C++
//-*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_EXEC_RUN_REPORT_H
#define SELFCONNECT_EXEC_RUN_REPORT_H

#include "exec.h"
#include "late_server.h"
#include "observer.h"

#include "selfconnect/reproduce.h"

namespace selfconnect::detail {

/// What there is to report besides the observations.
struct RunReport {
  double seconds = 0;
  bool timedOut = false;
  bool interrupted = false;  ///< the user ended it
  bool callsTold = true;     ///< the system calls were seen
  std::optional<int> status; ///< of the program, where it ended by itself
  std::string listenDuring;  ///< "ok", "EADDRINUSE"; "" if not tried
  std::string listenAfter;
  std::optional<Counters> counters; ///< of the network, when all was still seen
  const LateServer *server = nullptr;
};

ExecResult reportRun(const ExecOptions &options, const Observer &observer,
                     const RunReport &report);

} // namespace selfconnect::detail

#endif // SELFCONNECT_EXEC_RUN_REPORT_H
