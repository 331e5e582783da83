//===- report.cpp - what all reports share --------------------------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "selfconnect/report.h"

namespace selfconnect {

unsigned Report::count(VerdictKind kind) const {
  unsigned count = 0;
  for (const JudgedFinding &judged : findings)
    for (const Verdict &verdict : judged.verdicts)
      count += verdict.kind == kind;
  return count;
}

} // namespace selfconnect
