//===- belief_test.cpp - did the program believe it -----------------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "belief.h"

#include <gtest/gtest.h>

using namespace selfconnect::detail;
using selfconnect::Belief;
using End = SelfSocket::End;

namespace {

constexpr int failure = 1 << 8; // exit code 1, as waitpid() has it

SelfSocket socketFor(double seconds, End end) {
  SelfSocket socket;
  socket.since = 1;
  socket.until = 1 + seconds;
  socket.end = end;
  return socket;
}

Belief beliefOf(const SelfSocket &socket, std::optional<int> status,
                double lastTry = 1) {
  return judge(socket, {lastTry, status}).belief;
}

TEST(Belief, WhoWritesBelieves) {
  SelfSocket socket = socketFor(0.01, End::Closed);
  socket.written = 1;
  socket.reset = true;
  EXPECT_EQ(beliefOf(socket, failure, /*lastTry=*/2), Belief::Believed);
}

TEST(Belief, WhoKeepsItBelieves) {
  EXPECT_EQ(beliefOf(socketFor(5, End::Open), std::nullopt), Belief::Believed);
}

TEST(Belief, WhoHasJustGotItMayYetNotice) {
  EXPECT_EQ(beliefOf(socketFor(0.001, End::Open), std::nullopt),
            Belief::Undecided);
}

TEST(Belief, WhoGivesItUpAndTriesAgainNoticed) {
  EXPECT_EQ(beliefOf(socketFor(0.01, End::Closed), 0, /*lastTry=*/2),
            Belief::Noticed);
}

TEST(Belief, WhoGivesItUpAndFailsNoticed) {
  EXPECT_EQ(beliefOf(socketFor(0.01, End::Closed), failure), Belief::Noticed);
  EXPECT_EQ(beliefOf(socketFor(0.01, End::Exit), failure), Belief::Noticed);
  EXPECT_EQ(beliefOf(socketFor(0.01, End::Closed), std::nullopt),
            Belief::Noticed);
}

TEST(Belief, WhoEndsWithSuccessBelieves) {
  EXPECT_EQ(beliefOf(socketFor(0.01, End::Closed), 0), Belief::Believed);
  EXPECT_EQ(beliefOf(socketFor(0.01, End::Exit), 0), Belief::Believed);
}

TEST(Belief, WhoResetsItNoticedWhateverComesThen) {
  SelfSocket socket = socketFor(0.01, End::Released);
  socket.reset = true;
  EXPECT_EQ(beliefOf(socket, 0), Belief::Noticed);
}

} // namespace
