//===- Values.h - which values may arrive at an expression ------*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

///
/// \file
/// Asks backwards and lazily: which integers or strings may this expression
/// have here, and from where do they come? Locals go through the reaching
/// writes of the CFG, globals through all writes of the translation unit.
/// Byte order needs no rule of its own: htons() and its expansions swap, and
/// so does the reader of a port field on a little-endian target.
///
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_CHECKS_ANALYSIS_VALUES_H
#define SELFCONNECT_CHECKS_ANALYSIS_VALUES_H

#include "FunctionFlow.h"
#include "clang/Basic/SourceLocation.h"
#include <optional>
#include <string>

namespace clang {
namespace tidy {
namespace selfconnect {

/// A value and the place in the source that it comes from.
template <typename T> struct Sourced {
  T Value;
  SourceLocation Origin;
};

/// The values that may arrive. Unknown: others may, too.
template <typename T> struct ValueSet {
  llvm::SmallVector<Sourced<T>, 4> Known;
  bool Unknown = false;

  static ValueSet unknown() {
    ValueSet Set;
    Set.Unknown = true;
    return Set;
  }
  static ValueSet of(T Value, SourceLocation Origin) {
    ValueSet Set;
    Set.Known.push_back({std::move(Value), Origin});
    return Set;
  }
  void add(const ValueSet &Other) {
    Unknown |= Other.Unknown;
    for (const Sourced<T> &Item : Other.Known)
      if (llvm::none_of(Known, [&](const Sourced<T> &Mine) {
            return Mine.Value == Item.Value && Mine.Origin == Item.Origin;
          }))
        Known.push_back(Item);
  }
  /// The one value that arrives, if there is no other.
  std::optional<T> single() const {
    if (Unknown || Known.empty())
      return std::nullopt;
    for (const Sourced<T> &Item : Known)
      if (!(Item.Value == Known.front().Value))
        return std::nullopt;
    return Known.front().Value;
  }
};

using IntValues = ValueSet<int64_t>;
using StringValues = ValueSet<std::string>;

/// The integers that E may have where Use is evaluated.
IntValues findIntValues(const FunctionFlow &Flow, const Expr *E,
                        const Stmt *Use);

/// The integers that the object Path may hold where Use is evaluated.
IntValues findIntValues(const FunctionFlow &Flow, const AccessPath &Path,
                        const Stmt *Use);

/// The strings that the `const char *` (or character array) E may hold; a null
/// pointer counts as unknown.
StringValues findStringValues(const FunctionFlow &Flow, const Expr *E,
                              const Stmt *Use);

/// True if E is a null pointer where Use is evaluated.
bool isNullPointer(const FunctionFlow &Flow, const Expr *E, const Stmt *Use);

/// The initialiser that List gives to the field called Name, or null.
const Expr *getFieldInit(const InitListExpr *List, llvm::StringRef Name);

} // namespace selfconnect
} // namespace tidy
} // namespace clang

#endif // SELFCONNECT_CHECKS_ANALYSIS_VALUES_H
