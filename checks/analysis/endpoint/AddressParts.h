//===- AddressParts.h - what fills a socket address ----------- -*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

///
/// \file
/// From where a part of a `sockaddr` object has its value: the function that
/// uses it may fill it field by field, copy it, leave it to a helper, or be
/// given it by its caller.
///
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_CHECKS_ANALYSIS_ENDPOINT_ADDRESSPARTS_H
#define SELFCONNECT_CHECKS_ANALYSIS_ENDPOINT_ADDRESSPARTS_H

#include "../values/Definitions.h"

namespace clang {
namespace tidy {
namespace selfconnect {

enum class AddressPart { Port, Host, Family };

/// One source of a part. Every kind but Unknown has its place.
struct PartSource {
  enum Kind {
    Value,    ///< the expression E
    Zero,     ///< cleared
    Handed,   ///< W hands the part alone to a call: inet_pton()
    Built,    ///< W hands the whole object to a call that builds an endpoint
    Resolved, ///< E, a call of getaddrinfo(), has found it
    Open,     ///< the address at Path is what callers in other files give
    Unknown   ///< not followed
  } SourceKind;
  const Expr *E = nullptr;
  const Write *W = nullptr;
  AccessPath Path = {};
  /// Another function writes it to the same place of what may be another
  /// object.
  bool Elsewhere = false;
};

/// Calls Each for every source of the part Part of the object Address that may
/// reach At, with the place of the source. The place lives no longer than that
/// call.
void forEachPartSource(
    TranslationUnit &Unit, const AccessPath &Address, AddressPart Part,
    Place At, llvm::function_ref<void(const PartSource &, Place)> Each);

} // namespace selfconnect
} // namespace tidy
} // namespace clang

#endif // SELFCONNECT_CHECKS_ANALYSIS_ENDPOINT_ADDRESSPARTS_H
