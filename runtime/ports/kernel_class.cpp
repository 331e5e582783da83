//===- kernel_class.cpp - how a kernel draws source ports -----------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "selfconnect/kernel_class.h"

#include <algorithm>
#include <array>

namespace selfconnect {
namespace {

struct Named {
  KernelClass kernelClass;
  const char *name;
  const char *words;
};
constexpr Named classes[] = {
    {KernelClass::A, "A", "one port after the other (Linux up to 4.1)"},
    {KernelClass::B, "B", "every second port (Linux 4.2 to 4.5)"},
    {KernelClass::C, "C", "one candidate after the other (Linux 4.6 to 5.11)"},
    {KernelClass::D, "D",
     "a candidate is skipped now and then (Linux 5.12 to 5.17)"},
    {KernelClass::E, "E",
     "1 to 8 candidates on, at random (Linux 5.18 and later)"},
    {KernelClass::E1, "E1",
     "1 to 8 ports on, at random (a socket with IP_LOCAL_PORT_RANGE, Linux "
     "6.8)"}};

/// How often each stride, in ports, was taken; the last is for all longer ones.
constexpr unsigned longest = 17;
using Strides = std::array<unsigned, longest + 1>;

Strides stridesOf(const std::vector<std::uint16_t> &ports, unsigned ring) {
  Strides strides = {};
  for (std::size_t i = 1; i < ports.size(); ++i)
    ++strides[std::min((ports[i] + ring - ports[i - 1]) % ring, longest)];
  return strides;
}

} // namespace

const char *kernelClassName(KernelClass kernelClass) {
  return classes[static_cast<std::size_t>(kernelClass)].name;
}

const char *describeKernelClass(KernelClass kernelClass) {
  return classes[static_cast<std::size_t>(kernelClass)].words;
}

std::optional<KernelClass> parseKernelClass(std::string_view name) {
  for (const Named &each : classes)
    if (name == each.name)
      return each.kernelClass;
  return std::nullopt;
}

std::optional<KernelClass>
classifyStrides(const std::vector<std::uint16_t> &ports,
                const PortRange &range) {
  // Too few, or a ring on which the strides of E lap each other.
  constexpr std::size_t fewest = 64;
  constexpr unsigned smallest = 64;
  if (ports.size() < fewest || range.size() < smallest)
    return std::nullopt;

  // The walk starts anew every ten seconds; that may come in between.
  constexpr unsigned strays = 1;
  const auto all = static_cast<unsigned>(ports.size() - 1);
  auto nearlyAll = [&](unsigned count) { return count + strays >= all; };

  if (nearlyAll(stridesOf(ports, range.size())[1]))
    return KernelClass::A;
  const Strides strides = stridesOf(ports, range.size() & ~1U);
  unsigned even = 0;
  unsigned evenKinds = 0;
  unsigned upToEight = 0;
  for (unsigned stride = 1; stride < longest; ++stride) {
    even += stride % 2 == 0 ? strides[stride] : 0;
    evenKinds += stride % 2 == 0 && strides[stride] > 0;
    upToEight += stride <= 8 ? strides[stride] : 0;
  }
  if (nearlyAll(strides[2]))
    return KernelClass::C;
  if (nearlyAll(strides[2] + strides[4]) && strides[2] > 2 * strides[4])
    return KernelClass::D;
  if (nearlyAll(even) && evenKinds >= 6)
    return KernelClass::E;
  if (nearlyAll(upToEight) && even < upToEight)
    return KernelClass::E1;
  return std::nullopt;
}

} // namespace selfconnect
