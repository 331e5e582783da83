//===- step.cpp - say which step the system refused -----------------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "step.h"

#include "selfconnect/error.h"

#include <cerrno>
#include <system_error>

namespace selfconnect::detail {
namespace {

/// What to do about a limit that has been reached.
std::string limitMend(int errorNumber) {
  switch (errorNumber) {
  case EMFILE:
    return "raise the limit of open files (ulimit -n)";
  case EAGAIN: // of fork()
    return "raise the limit of processes (ulimit -u)";
  case ENOMEM:
    return "raise the limit of memory (ulimit -v), or free some";
  default:
    return "";
  }
}

} // namespace

std::string describeFailure(const std::string &step, const std::string &object,
                            int errorNumber, const std::string &mend) {
  std::string line = step + ": " + object + ": " +
                     std::generic_category().message(errorNumber);
  if (std::string limit = limitMend(errorNumber); !limit.empty())
    line += "; " + limit;
  else if (!mend.empty())
    line += "; " + mend;
  return line;
}

bool isLimit(int errorNumber) { return !limitMend(errorNumber).empty(); }

void failStep(const std::string &step, const std::string &object,
              int errorNumber, const std::string &mend) {
  throw EnvironmentError(describeFailure(step, object, errorNumber, mend));
}

} // namespace selfconnect::detail
