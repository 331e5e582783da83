//===- channel_test.cpp - messages of any size and content ----------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "child_process.h"

#include <gtest/gtest.h>

using namespace selfconnect::detail;

namespace {

/// What arrives of a message that a child sends.
nlohmann::ordered_json sent(const nlohmann::ordered_json &message) {
  ChildProcess child([&](Channel &channel) { channel.send(message); });
  return child.awaitResult("test");
}

TEST(Channel, ALongMessageArrivesWhole) {
  nlohmann::ordered_json message = {{"text", std::string(3000000, 'x')}};
  EXPECT_EQ(sent(message), message);
}

TEST(Channel, WhatIsNotUtf8IsReplaced) {
  EXPECT_EQ(sent({{"text", "caf\xe9"}}).at("text"), "caf\xef\xbf\xbd");
}

TEST(Channel, OneMessageAfterTheOther) {
  ChildProcess child([](Channel &channel) {
    for (int number : {1, 2, 3})
      channel.send({{"number", number}, {"text", std::string(20000, 'x')}});
  });
  for (int number : {1, 2, 3}) {
    EXPECT_EQ(child.awaitResult("test").at("number"), number);
  }
}

} // namespace
