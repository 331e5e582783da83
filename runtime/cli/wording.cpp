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
  if (probability > 0 && probability < 1e-5)
    return "less than 0.001 %";
  return fmt::format("{:.3g} %", probability * 100);
}

/// Two digits, or all of the whole ones: "2.7", "14", "163"; never "1e+02".
static std::string number(double value) {
  return value < 9.95 ? fmt::format("{:.2g}", value)
                      : fmt::format("{:.0f}", value);
}

std::string duration(double seconds) {
  constexpr double minute = 60;
  constexpr double hour = 60 * minute;
  constexpr double day = 24 * hour;
  constexpr double year = 365.25 * day;
  constexpr double longest = 1000;
  if (seconds < 2 * minute)
    return number(seconds) + " s";
  if (seconds < 2 * hour)
    return number(seconds / minute) + " min";
  if (seconds < 2 * day)
    return number(seconds / hour) + " h";
  if (seconds < 2 * year)
    return number(seconds / day) + " days";
  if (seconds < longest * year)
    return number(seconds / year) + " years";
  return "more than 1000 years";
}

} // namespace selfconnect::cli
