//===- EndpointString.h - host and port in one string -----------*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

///
/// \file
/// `localhost:50051`, `[::1]:50051`, `tcp://*:50051`, `http://h:50051/x`,
/// `ipv4:127.0.0.1:50051`, a bare `50051`, lists of these, and
/// `host=localhost port=50051`: what libraries take as one string.
///
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_CHECKS_ANALYSIS_API_ENDPOINTSTRING_H
#define SELFCONNECT_CHECKS_ANALYSIS_API_ENDPOINTSTRING_H

#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"
#include <optional>
#include <string>

namespace clang {
namespace tidy {
namespace selfconnect {

/// One endpoint of a string.
struct StringEndpoint {
  std::string Host; ///< without brackets; "" if there is none
  bool HostUnknown = false;
  /// Nothing where the port is not known.
  std::optional<unsigned> Port;
  std::string OpenPort; ///< the text in its place then
};

/// The TCP endpoints of Text, in which '\x01' stands for a part that is not
/// known, and '\x03' around one that callers in other files give. Endpoints of
/// other kinds (unix:, ipc://, udp://) and those without a port are left out;
/// that of `http://h` is 80.
llvm::SmallVector<StringEndpoint, 2> parseEndpointString(llvm::StringRef Text);

} // namespace selfconnect
} // namespace tidy
} // namespace clang

#endif // SELFCONNECT_CHECKS_ANALYSIS_API_ENDPOINTSTRING_H
