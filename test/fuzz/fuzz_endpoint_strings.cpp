//===- fuzz_endpoint_strings.cpp - host and port in one string -------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "EndpointString.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>

using namespace clang::tidy::selfconnect;

namespace {

void require(bool Condition) {
  if (!Condition)
    std::abort();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *Data,
                                      std::size_t Size) {
  const llvm::StringRef Text(reinterpret_cast<const char *>(Data), Size);
  const auto Found = parseEndpointString(Text);
  require(Found.size() <= Text.count(',') + 1);
  for (const StringEndpoint &Each : Found) {
    const llvm::StringRef Host(Each.Host);
    require(Each.HostUnknown || !Host.contains('\x01'));
    // A port that is not known comes of a part that is not known.
    require(Each.Port ||
            llvm::StringRef(Each.OpenPort).find_first_of("\x01\x03") !=
                llvm::StringRef::npos);
    // What stands for itself is read as itself.
    if (!Each.Port || Host.empty() ||
        Host.find_first_not_of("0123456789abcdef.") != llvm::StringRef::npos)
      continue;
    const auto Again =
        parseEndpointString(Each.Host + ":" + std::to_string(*Each.Port));
    require(Again.size() == 1 && Again[0].Host == Each.Host &&
            Again[0].Port == Each.Port);
  }
  return 0;
}
