//===- reproduce.cpp - make a socket connect to itself --------------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "selfconnect/reproduce.h"

namespace selfconnect {

std::optional<std::string> whyNotSameHost(const std::string &) {
  return std::nullopt;
}

ReproduceResult reproduce(const ReproduceOptions &,
                          const ReproduceCallbacks &) {
  throw EnvironmentError("reproduce: not there yet");
}

} // namespace selfconnect
