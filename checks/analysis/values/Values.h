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
/// have here, and from where do they come? Definitions.h says where an object
/// has its value from; what stands here is what expressions do to values.
/// Byte order needs no rule of its own: htons() and its expansions swap, and
/// so does the reader of a port field on a little-endian target.
///
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_CHECKS_ANALYSIS_VALUES_VALUES_H
#define SELFCONNECT_CHECKS_ANALYSIS_VALUES_VALUES_H

#include "../code/FunctionFlow.h"
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
};

/// The integers Low to High. An interval of more than one that went through
/// htons() is kept as it was before, and Swapped.
struct IntRange {
  int64_t Low, High;
  bool Swapped = false;
  /// How often htons(), or shifts that may stand for it, were applied.
  unsigned Swaps = 0;
  /// For a port: it reached its field in host byte order.
  bool WrongOrder = false;
  /// What callers in other files give here, instead of a number.
  AccessPath Open = {};

  static IntRange of(int64_t Value) { return {Value, Value}; }
  bool isOne() const { return Low == High; }
  bool operator==(const IntRange &Other) const {
    return Low == Other.Low && High == Other.High && Swapped == Other.Swapped &&
           Open == Other.Open;
  }
};

struct IntValues : ValueSet<IntRange> {
  IntValues() = default;
  IntValues(ValueSet<IntRange> Set) : ValueSet<IntRange>(std::move(Set)) {}
  static IntValues of(int64_t Value, SourceLocation Origin) {
    return ValueSet<IntRange>::of(IntRange::of(Value), Origin);
  }
  /// What callers in other files give for Path.
  static IntValues open(const AccessPath &Path, SourceLocation Origin) {
    IntRange Given = IntRange::of(0);
    Given.Open = Path;
    return ValueSet<IntRange>::of(Given, Origin);
  }
  /// The one value that arrives, if there is no other.
  std::optional<int64_t> single() const;
  bool mayBe(int64_t Value) const;
};

/// Where part of a string is not known, it has this character.
constexpr char UnknownPart = '\x01';
/// Around what callers in other files give, see writeOpen().
constexpr char OpenPart = '\x03';
/// What gethostname() and its kin give, whatever it is.
constexpr char OwnHostName[] = "\x02";
using StringValues = ValueSet<std::string>;

/// The text that stands for what callers in other files give for Path.
std::string writeOpen(TranslationUnit &Unit, const AccessPath &Path);
/// The path of a text that is nothing else; invalid for any other text.
AccessPath readOpen(TranslationUnit &Unit, llvm::StringRef Text);

/// The integers that E may have where Use is evaluated.
IntValues findIntValues(const FunctionFlow &Flow, const Expr *E,
                        const Stmt *Use);

/// The integers that the object Path may hold where Use is evaluated.
IntValues findIntValues(const FunctionFlow &Flow, const AccessPath &Path,
                        const Stmt *Use);

/// The strings that E may hold: a `const char *`, a character array, a
/// std::string or std::string_view, or an object made from one of them. A null
/// pointer counts as unknown.
StringValues findStringValues(const FunctionFlow &Flow, const Expr *E,
                              const Stmt *Use);

struct Place;

/// The same at a place as Definitions.h has it.
IntValues findIntValues(TranslationUnit &Unit, const Expr *E, Place At);
IntValues findIntValues(TranslationUnit &Unit, const AccessPath &Path,
                        Place At);
StringValues findStringValues(TranslationUnit &Unit, const Expr *E, Place At);
StringValues findStringValues(TranslationUnit &Unit, const AccessPath &Path,
                              Place At);

/// The same for an expression outside of functions.
IntValues findIntValues(TranslationUnit &Unit, const Expr *E);
StringValues findStringValues(TranslationUnit &Unit, const Expr *E);

/// True if E is a null pointer constant.
bool isNullPointer(const FunctionFlow &Flow, const Expr *E);

/// The initialiser that List gives to the field called Name, or null.
const Expr *getFieldInit(const InitListExpr *List, llvm::StringRef Name);

} // namespace selfconnect
} // namespace tidy
} // namespace clang

#endif // SELFCONNECT_CHECKS_ANALYSIS_VALUES_VALUES_H
