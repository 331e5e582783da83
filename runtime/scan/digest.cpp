//===- digest.cpp - SHA-256, for names and contents -----------------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "digest.h"

#include <array>
#include <cstdint>
#include <sha256.h>

namespace selfconnect::scan {

std::string digest(std::string_view content) {
  std::array<char, SHA256_DIGEST_STRING_LENGTH> text;
  ::SHA256Data(reinterpret_cast<const std::uint8_t *>(content.data()),
               content.size(), text.data());
  return text.data();
}

std::string nameHash(std::string_view name) {
  return digest(name).substr(0, 16);
}

} // namespace selfconnect::scan
