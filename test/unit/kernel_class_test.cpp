//===- kernel_class_test.cpp - classes told by their strides --------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "selfconnect/kernel_class.h"

#include <gtest/gtest.h>

#include <vector>

namespace selfconnect {
namespace {

constexpr PortRange usual = {32768, 60999};

/// The ports of a walk from `start` whose strides, in ports, repeat.
std::vector<std::uint16_t> walk(const std::vector<unsigned> &strides,
                                unsigned start = 0,
                                unsigned tries = calibrationTries,
                                PortRange range = usual) {
  std::vector<std::uint16_t> ports;
  unsigned place = start;
  for (unsigned i = 0; i < tries; ++i) {
    ports.push_back(static_cast<std::uint16_t>(range.low + place));
    place = (place + strides[i % strides.size()]) % range.size();
  }
  return ports;
}

const std::vector<unsigned> everyEven = {2, 16, 4, 14, 6, 12, 8, 10};
const std::vector<unsigned> everyUpToEight = {1, 8, 2, 7, 3, 6, 4, 5};
const std::vector<unsigned> mostlyTwo = {2, 2, 2, 2, 2, 2, 2, 2,
                                         2, 2, 2, 2, 2, 2, 2, 4};

// The strides of each class are those of its commit, see kernel_class.h.
TEST(ClassifyStrides, TellsEachClass) {
  EXPECT_EQ(classifyStrides(walk({1}), usual), KernelClass::A);
  EXPECT_EQ(classifyStrides(walk({2}), usual), KernelClass::C);
  EXPECT_EQ(classifyStrides(walk(mostlyTwo), usual), KernelClass::D);
  EXPECT_EQ(classifyStrides(walk(everyEven), usual), KernelClass::E);
  EXPECT_EQ(classifyStrides(walk(everyUpToEight), usual), KernelClass::E1);
}

TEST(ClassifyStrides, GoesRoundTheEndOfTheRange) {
  const unsigned nearEnd = usual.size() - 20;
  EXPECT_EQ(classifyStrides(walk({1}, nearEnd), usual), KernelClass::A);
  EXPECT_EQ(classifyStrides(walk({2}, nearEnd), usual), KernelClass::C);
  EXPECT_EQ(classifyStrides(walk(mostlyTwo, nearEnd), usual), KernelClass::D);
  EXPECT_EQ(classifyStrides(walk(everyEven, nearEnd), usual), KernelClass::E);
  EXPECT_EQ(classifyStrides(walk(everyUpToEight, nearEnd), usual),
            KernelClass::E1);
}

// The walk starts anew every ten seconds (4c2c8f03a5ab): one jump is no noise.
TEST(ClassifyStrides, StandsOneJump) {
  for (const auto &strides : {everyEven, std::vector<unsigned>{2}}) {
    auto ports = walk(strides);
    for (std::size_t i = 60; i < ports.size(); ++i)
      ports[i] = static_cast<std::uint16_t>(ports[i] + 10000);
    EXPECT_EQ(classifyStrides(ports, usual),
              classifyStrides(walk(strides), usual));
  }
}

TEST(ClassifyStrides, DoesNotGuess) {
  EXPECT_FALSE(classifyStrides({}, usual));
  EXPECT_FALSE(classifyStrides(walk({2}, 0, 63), usual)); // too few
  EXPECT_FALSE(classifyStrides(walk({1000}), usual));
  EXPECT_FALSE(classifyStrides(walk({2, 2, 2, 500}), usual)); // others connect
  EXPECT_FALSE(classifyStrides(walk({4}), usual));
  EXPECT_FALSE(classifyStrides(walk({0}), usual)); // one port kept
  const PortRange small = {40000, 40009};
  EXPECT_FALSE(classifyStrides(walk({2}, 0, calibrationTries, small), small));
}

TEST(KernelClassName, IsReadBack) {
  for (KernelClass each : {KernelClass::A, KernelClass::B, KernelClass::C,
                           KernelClass::D, KernelClass::E, KernelClass::E1})
    EXPECT_EQ(parseKernelClass(kernelClassName(each)), each);
  for (const char *wrong : {"", "e", "F", "E2", "E "})
    EXPECT_FALSE(parseKernelClass(wrong)) << wrong;
}

} // namespace
} // namespace selfconnect
