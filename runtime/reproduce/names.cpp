//===- names.cpp - the words of options and results -----------------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "selfconnect/reproduce.h"

namespace selfconnect {

const char *methodName(Method method) {
  switch (method) {
  case Method::Natural:
    return "natural";
  case Method::Forced:
    return "forced";
  case Method::Exhausted:
    return "exhausted";
  }
  return "";
}

std::optional<Method> parseMethod(std::string_view name) {
  for (Method method : {Method::Natural, Method::Forced, Method::Exhausted})
    if (name == methodName(method))
      return method;
  return std::nullopt;
}

const char *isolationName(Isolation isolation) {
  switch (isolation) {
  case Isolation::Netns:
    return "netns";
  case Isolation::Host:
    return "host";
  }
  return "";
}

std::optional<Isolation> parseIsolation(std::string_view name) {
  for (Isolation isolation : {Isolation::Netns, Isolation::Host})
    if (name == isolationName(isolation))
      return isolation;
  return std::nullopt;
}

std::string CallCount::str() const {
  return "try " + std::to_string(tryOfCall) + " of call " +
         std::to_string(calls);
}

const char *outcomeName(Outcome outcome) {
  switch (outcome) {
  case Outcome::SelfConnected:
    return "self-connected";
  case Outcome::NotReproduced:
    return "not-reproduced";
  case Outcome::Impossible:
    return "impossible";
  case Outcome::ConnectedToServer:
    return "connected-to-server";
  }
  return "";
}

} // namespace selfconnect
