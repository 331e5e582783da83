//===- AbstractValue.h - what is known of a value ---------------*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

///
/// \file
/// A domain of intervals with "not zero": enough for what code tests when it
/// asks whether an attempt has failed.
///
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_CHECKS_ANALYSIS_ATTEMPT_ABSTRACTVALUE_H
#define SELFCONNECT_CHECKS_ANALYSIS_ATTEMPT_ABSTRACTVALUE_H

#include "../code/AccessPath.h"
#include "../code/FlatMap.h"
#include <limits>
#include <optional>

namespace clang {
namespace tidy {
namespace selfconnect {

/// What is known of an integer or a pointer (null is 0): an interval, and
/// whether 0 is in it.
struct AbstractValue {
  int64_t Low = std::numeric_limits<int64_t>::min();
  int64_t High = std::numeric_limits<int64_t>::max();
  bool NotZero = false;

  static AbstractValue of(int64_t Value) { return {Value, Value, Value != 0}; }
  static AbstractValue between(int64_t Low, int64_t High) {
    return {Low, High, Low > 0 || High < 0};
  }
  static AbstractValue ofTruth(std::optional<bool> Truth) {
    return Truth ? of(*Truth) : between(0, 1);
  }
  static AbstractValue nonZero() {
    AbstractValue Value;
    Value.NotZero = true;
    return Value;
  }

  static AbstractValue join(const AbstractValue &A, const AbstractValue &B) {
    return {std::min(A.Low, B.Low), std::max(A.High, B.High),
            A.NotZero && B.NotZero};
  }

  bool isUnknown() const { return *this == AbstractValue(); }
  std::optional<int64_t> exact() const {
    return Low == High ? std::optional<int64_t>(Low) : std::nullopt;
  }
  std::optional<bool> truth() const {
    if (NotZero)
      return true;
    if (Low == 0 && High == 0)
      return false;
    return std::nullopt;
  }
  bool operator==(const AbstractValue &Other) const {
    return Low == Other.Low && High == Other.High && NotZero == Other.NotZero;
  }
};

using PathValues = FlatMap<AccessPath, AbstractValue>;
using FieldValues = FlatMap<const FieldDecl *, AbstractValue>;

/// What holds of either, where something does.
template <typename Map> void joinValues(Map &Ours, const Map &Theirs) {
  Ours.intersect(Theirs,
                 [](const AbstractValue &A,
                    const AbstractValue &B) -> std::optional<AbstractValue> {
                   AbstractValue Both = AbstractValue::join(A, B);
                   if (Both.isUnknown())
                     return std::nullopt;
                   return Both;
                 });
}

} // namespace selfconnect
} // namespace tidy
} // namespace clang

#endif // SELFCONNECT_CHECKS_ANALYSIS_ATTEMPT_ABSTRACTVALUE_H
