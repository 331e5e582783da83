//===- explain.h - the conditions of a self-connect, shown ---- -*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// A socket connects to itself only if three conditions hold: the source
/// address is the destination, the source port can be the destination's, and
/// nobody else has that port. Each is broken and restored, in a network
/// namespace, and what happens is compared with what is expected.
///
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_EXPLAIN_H
#define SELFCONNECT_EXPLAIN_H

#include "selfconnect/kernel_class.h"

#include <nlohmann/json_fwd.hpp>

#include <string>
#include <vector>

namespace selfconnect {

struct ExplainedCase {
  std::string condition; ///< "address", "port", "server"
  std::string what;      ///< the case in words
  bool expected = false; ///< whether the socket should connect to itself
  bool happened = false; ///< whether it did
  std::string detail;    ///< what happened, in words

  [[nodiscard]] bool asExpected() const { return expected == happened; }
};

struct Explanation {
  std::string kernel;
  KernelClass kernelClass = KernelClass::E;
  bool ipv6 = true; ///< false: this machine has none, so its cases are missing
  std::vector<ExplainedCase> cases;

  [[nodiscard]] bool asExpected() const;
};

/// Runs all cases. Throws EnvironmentError.
Explanation explain(KernelClass kernelClass);

nlohmann::ordered_json toJson(const Explanation &explanation);
std::string toText(const Explanation &explanation);

} // namespace selfconnect

#endif // SELFCONNECT_EXPLAIN_H
