//===- Evaluator.h - expressions and statements in one world ----*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

///
/// \file
/// What an expression is worth, and what a CFG element changes, when the world
/// of the attempt is fixed and the state of the path is known.
///
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_CHECKS_ANALYSIS_ATTEMPT_EVALUATOR_H
#define SELFCONNECT_CHECKS_ANALYSIS_ATTEMPT_EVALUATOR_H

#include "AttemptContext.h"

namespace clang {
namespace tidy {
namespace selfconnect {

/// A comparison of two objects as a Relation, and whether it asks for the
/// opposite; nothing for any other expression.
std::optional<std::pair<Relation, bool>>
getRelation(const FunctionFlow &Flow, const BinaryOperator *Binary);

/// What the comparison Op of two values comes to, as far as they tell.
std::optional<bool> compareValues(BinaryOperatorKind Op, const AbstractValue &A,
                                  const AbstractValue &B);

/// True for a class whose objects hold a value, or an error, or nothing.
bool isNullable(QualType Type);

bool isClassNamed(QualType Type, llvm::StringRef Name);

class Evaluator {
public:
  Evaluator(const AttemptContext &Context, World Which)
      : Evaluator(Context, Which, Context.Flow, 0) {}

  AbstractValue evaluate(const Expr *E, const PathState &State) const;

  /// What is known of the fields of E, a record, or null.
  FieldValues evaluateFields(const Expr *E, const PathState &State) const;

  /// Applies what the element S does.
  void execute(const Stmt *S, PathState &State) const;

  /// Learns from Condition having come out as Truth.
  void assume(const Expr *Condition, bool Truth, PathState &State) const;

private:
  /// In a function that is called, Depth calls away from the one of the
  /// attempt.
  Evaluator(const AttemptContext &Context, World Which,
            const FunctionFlow &Flow, unsigned Depth)
      : Context(Context), Flow(Flow), Which(Which), Depth(Depth) {}

  AbstractValue evaluateBinary(const BinaryOperator *Binary,
                               const PathState &State) const;
  AbstractValue evaluateConstruct(const CXXConstructExpr *Construct,
                                  const PathState &State) const;
  AbstractValue evaluateCall(const CallExpr *Call,
                             const PathState &State) const;
  AbstractValue evaluateBody(const CallExpr *Call,
                             const PathState &State) const;
  AbstractValue evaluateTold(const CallExpr *Call,
                             const PathState &State) const;
  static AbstractValue evaluateVariant(const CXXConstructExpr *Construct);
  std::optional<AbstractValue>
  evaluateAskedVariant(const CallExpr *Call, const PathState &State) const;
  FieldValues evaluateFieldsOfCall(const CallExpr *Call,
                                   const PathState &State) const;
  FieldValues evaluateFieldsOfConstruct(const CXXConstructExpr *Construct,
                                        const PathState &State) const;
  /// Where a function that is called has come to its end.
  struct Run {
    const FunctionFlow *Inside;
    const Expr *Returned; ///< null where it returns nothing
    PathState State;
  };
  std::optional<Run> run(const FunctionDecl *Body, PathState Known) const;
  void leaveCall(const CallExpr *Call, PathState &State) const;
  void executeTie(const CXXOperatorCallExpr *Call, PathState &State) const;
  PathState enterBody(const Expr *Site, const FunctionDecl *Body,
                      const PathState &State) const;
  /// Whether the comparison of the socket's two names says that they are the
  /// same; nothing if A and B are no such names.
  std::optional<AbstractValue> compareNames(const Expr *A, const Expr *B) const;
  bool keepsSocket(const Write &W, const PathState &State) const;
  void executeWrite(const Write &W, PathState &State) const;
  void recordOrigin(const Write &W, PathState &State) const;
  void recordAdvances(const CallExpr *Call, PathState &State) const;
  void recordStep(const CXXMemberCallExpr *Call, PathState &State) const;
  void recordSocket(const Write &W, bool IsKnown, PathState &State) const;

  const AttemptContext &Context;
  const FunctionFlow &Flow;
  World Which;
  unsigned Depth;
};

} // namespace selfconnect
} // namespace tidy
} // namespace clang

#endif // SELFCONNECT_CHECKS_ANALYSIS_ATTEMPT_EVALUATOR_H
