//===- ValueFinder.h - one question about values ----------------*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

///
/// \file
/// The state of one question: how much work it has cost, and what it is asking
/// at the moment. Values.h is the interface.
///
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_CHECKS_ANALYSIS_VALUES_VALUEFINDER_H
#define SELFCONNECT_CHECKS_ANALYSIS_VALUES_VALUEFINDER_H

#include "../code/Limits.h"
#include "Definitions.h"
#include "Values.h"

namespace clang {
namespace tidy {
namespace selfconnect {

/// The default that ABSL_FLAG() gives to the flag of `absl::GetFlag(FLAGS_x)`:
/// the macro leaves it in a field of `struct AbslFlagDefaultGenForx`. Null for
/// any other call.
const Expr *getFlagDefault(const CallExpr *Call);

class ValueFinder {
public:
  explicit ValueFinder(TranslationUnit &Unit)
      : Unit(Unit), Context(Unit.getContext()) {}

  IntValues findInt(const Expr *E, Place At);
  IntValues findIntOf(const AccessPath &Path, Place At);
  StringValues findString(const Expr *E, Place At);
  StringValues findStringOf(const AccessPath &Path, Place At);

private:
  IntValues findIntOfCall(const CallExpr *Call, Place At);
  IntValues findIntOfDefinitions(const Definitions &From);
  IntValues combine(const BinaryOperator *Binary, Place At);
  IntValues convert(IntValues Values, QualType To) const;

  StringValues findStringOfCall(const CallExpr *Call, Place At);
  StringValues findStringOfDefinitions(const Definitions &From,
                                       const AccessPath &Path);
  StringValues findPassedString(const Definition &Passed,
                                const AccessPath &Path);
  StringValues format(const CallExpr *Call, unsigned FormatIndex, Place At);
  StringValues toText(const Expr *E, Place At);

  /// Counts the work; true when there has been enough of it.
  bool isTired(Place At) {
    static constexpr unsigned MaxValueDepth = 64;
    static constexpr unsigned MaxValueSteps = 2000;
    if (Depth <= MaxValueDepth && ++Steps <= MaxValueSteps)
      return false;
    reportLimit(Depth > MaxValueDepth ? "MaxValueDepth" : "MaxValueSteps",
                At.getFunction());
    return true;
  }
  struct Deeper {
    explicit Deeper(ValueFinder &Finder) : Finder(Finder) { ++Finder.Depth; }
    ~Deeper() { --Finder.Depth; }
    ValueFinder &Finder;
  };

  TranslationUnit &Unit;
  ASTContext &Context;
  unsigned Depth = 0;
  unsigned Steps = 0;
  /// What is being looked for: `x = x + 1` in a loop asks for itself, and so
  /// does a parameter that is passed on in a recursion. `f(f(x))` does not.
  using Asked = std::pair<const Expr *, const Entry *>;
  llvm::SmallVector<Asked, 8> Active;
};

} // namespace selfconnect
} // namespace tidy
} // namespace clang

#endif // SELFCONNECT_CHECKS_ANALYSIS_VALUES_VALUEFINDER_H
