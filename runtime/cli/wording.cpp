//===- wording.cpp - numbers in words -------------------------------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "wording.h"

#include <fmt/format.h>

namespace selfconnect::cli {

std::string percent(double probability) {
  if (probability > 0.9995)
    return "more than 99.9 %";
  return fmt::format("{:.3g} %", probability * 100);
}

std::string duration(double seconds) {
  constexpr double minute = 60;
  constexpr double hour = 60 * minute;
  constexpr double day = 24 * hour;
  if (seconds < 2 * minute)
    return fmt::format("{:.2g} s", seconds);
  if (seconds < 2 * hour)
    return fmt::format("{:.2g} min", seconds / minute);
  if (seconds < 2 * day)
    return fmt::format("{:.2g} h", seconds / hour);
  return fmt::format("{:.3g} days", seconds / day);
}

} // namespace selfconnect::cli
