//===- call_place.h - does a call stand at a place? -------------*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_FINDINGS_CALL_PLACE_H
#define SELFCONNECT_FINDINGS_CALL_PLACE_H

#include <cstddef>
#include <string_view>

namespace selfconnect {

/// Whether the text at `offset` looks like the begin of a call, where our
/// checks put their warnings: "connect(", "net::dial<T>(", "(*call)(",
/// "Client client(", "RETRY", "Client client;". Where it does not, the file is
/// not the one that was checked.
bool beginsCall(std::string_view source, std::size_t offset);

} // namespace selfconnect

#endif // SELFCONNECT_FINDINGS_CALL_PLACE_H
