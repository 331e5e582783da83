//===- step.cpp - say which step the system refused -----------------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "step.h"

#include "selfconnect/error.h"

#include <system_error>

namespace selfconnect::detail {

void failStep(const std::string &step, const std::string &object,
              int errorNumber, const std::string &mend) {
  std::string line = step + ": " + object + ": " +
                     std::generic_category().message(errorNumber);
  if (!mend.empty())
    line += "; " + mend;
  throw EnvironmentError(line);
}

} // namespace selfconnect::detail
