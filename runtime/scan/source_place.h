//===- source_place.h - a place in the source -------------------*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef SELFCONNECT_SCAN_SOURCE_PLACE_H
#define SELFCONNECT_SCAN_SOURCE_PLACE_H

#include <compare>
#include <string>

namespace selfconnect::scan {

struct SourcePlace {
  std::string file; ///< absolute and normalised
  unsigned line = 0;
  unsigned column = 0;

  friend auto operator<=>(const SourcePlace &, const SourcePlace &) = default;
};

} // namespace selfconnect::scan

#endif // SELFCONNECT_SCAN_SOURCE_PLACE_H
