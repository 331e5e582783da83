//===- Inet6Address.h - the bytes of an IPv6 address ------------*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

///
/// \file
/// An `in6_addr` as code writes it: a braced list, `IN6ADDR_LOOPBACK_INIT`, or
/// element by element, in bytes or in words.
///
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_CHECKS_ANALYSIS_ENDPOINT_INET6ADDRESS_H
#define SELFCONNECT_CHECKS_ANALYSIS_ENDPOINT_INET6ADDRESS_H

#include "../values/Definitions.h"
#include <array>
#include <optional>
#include <string>

namespace clang {
namespace tidy {
namespace selfconnect {

class Inet6Address {
public:
  explicit Inet6Address(TranslationUnit &Unit) : Unit(Unit) {}

  /// What List, the initialiser of an array of 8, 16 or 32 bits each, gives.
  void addList(const InitListExpr *List, Place At);
  /// What W assigns to one element of such an array.
  void addElement(const Write &W, Place At);
  /// All is 0 that nothing else is written to.
  void clear() { IsCleared = true; }

  bool isWritten() const { return IsWritten; }
  /// "::1"; nothing where part of it is not known.
  std::optional<std::string> getText() const;

private:
  void add(uint64_t Index, QualType Type, std::optional<int64_t> Value);

  TranslationUnit &Unit;
  std::array<std::optional<uint8_t>, 16> Bytes;
  bool IsCleared = false;
  bool IsWritten = false;
  bool IsUnknown = false;
};

/// True for the write of one element of an array.
bool writesElement(const Write &W);

} // namespace selfconnect
} // namespace tidy
} // namespace clang

#endif // SELFCONNECT_CHECKS_ANALYSIS_ENDPOINT_INET6ADDRESS_H
