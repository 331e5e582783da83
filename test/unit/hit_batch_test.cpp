//===- hit_batch_test.cpp - self-connects that are told together ----------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "hit_batch.h"

#include <gtest/gtest.h>

namespace selfconnect::detail {
namespace {

using Json = nlohmann::ordered_json;

/// Three loops: one, two and three tries, one of the last without a port.
Json threeHits(const Json &counters) {
  return {{"type", "hits"},
          {"tries", {1, 2, 3}},
          {"tries_without_port", {0, 0, 1}},
          {"nanoseconds", {100, 200, 300}},
          {"narrowed", true},
          {"counters", counters}};
}

Json counted(int opens, int fails, int accepted) {
  return {{"active_opens", opens},
          {"attempt_fails", fails},
          {"passive_opens", accepted},
          {"established", 1}};
}

std::vector<Trial> added(const Json &message) {
  std::vector<Trial> trials(1); // that of an earlier message
  addHits(message, trials);
  trials.erase(trials.begin());
  return trials;
}

TEST(AddHits, AddsATrialForEach) {
  auto hits = added(threeHits(nullptr));
  ASSERT_EQ(hits.size(), 3U);
  for (const Trial &hit : hits) {
    EXPECT_EQ(hit.outcome, Outcome::SelfConnected);
    EXPECT_TRUE(hit.narrowed);
    EXPECT_FALSE(hit.counters);
  }
  EXPECT_EQ(hits[2].tries, 3U);
  EXPECT_EQ(hits[2].triesWithoutPort, 1U);
  EXPECT_DOUBLE_EQ(hits[2].seconds, 300e-9);
}

// Five connections were begun, since one try had no port; three of them stood.
TEST(AddHits, AreAuditedWhereTheSumsAgree) {
  for (const Trial &hit : added(threeHits(counted(5, 2, 0))))
    EXPECT_TRUE(hit.audited());
}

TEST(AddHits, AreNotAuditedWhereASumDiffers) {
  for (const Json &counters :
       {counted(6, 2, 0), counted(4, 2, 0), counted(5, 3, 0), counted(5, 2, 1)})
    for (const Trial &hit : added(threeHits(counters))) {
      ASSERT_TRUE(hit.counters);
      EXPECT_FALSE(hit.audited()) << counters;
    }
}

} // namespace
} // namespace selfconnect::detail
