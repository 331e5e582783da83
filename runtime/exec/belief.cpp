//===- belief.cpp - did the program believe a connection to itself --------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "belief.h"

#include <fmt/format.h>

namespace selfconnect::detail {
namespace {

bool hasSucceeded(const RunEnd &end) { return end.status == 0; }

Judgement judgeUnused(const SelfSocket &socket, const RunEnd &end) {
  if (socket.reset)
    return {Belief::Noticed, "it gave it up unused, by a reset"};
  if (end.lastTry > socket.until)
    return {Belief::Noticed, "it gave it up unused and tried again"};
  if (!end.status)
    return {Belief::Noticed, "it gave it up unused"};
  if (hasSucceeded(end))
    return {Belief::Believed, "the program ended as if it had succeeded"};
  return {Belief::Noticed, "it gave it up unused and ended with a failure"};
}

} // namespace

Judgement judge(const SelfSocket &socket, const RunEnd &end) {
  if (socket.written > 0)
    return {Belief::Believed,
            fmt::format("it wrote {} byte{} to itself", socket.written,
                        socket.written == 1 ? "" : "s")};
  if (socket.end != SelfSocket::End::Open)
    return judgeUnused(socket, end);
  double held = socket.until - socket.since;
  if (held >= timeToNotice)
    return {Belief::Believed, fmt::format("it held it for {:.2g} s", held)};
  if (hasSucceeded(end))
    return {Belief::Believed, "the program ended as if it had succeeded"};
  return {Belief::Undecided, "the run ended right after it"};
}

} // namespace selfconnect::detail
