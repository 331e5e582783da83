//===- LearnedAttempt.cpp - an attempt of another file --------------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "../code/CallPaths.h"
#include "AttemptContext.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/ExprCXX.h"

namespace clang {
namespace tidy {
namespace selfconnect {

/// What the caller at Call has for Path; the object itself for one without
/// fields.
static AccessPath toPath(const FunctionFlow &Flow, const ApiCall &Call,
                         const SummaryPath &Path) {
  const Expr *E = nullptr;
  if (Path.Parameter < 0) {
    const auto *Method = dyn_cast<CXXMemberCallExpr>(Call.Site);
    E = Method ? Method->getImplicitObjectArgument() : nullptr;
  } else if (size_t(Path.Parameter) < Call.Args.size()) {
    E = Call.Args[Path.Parameter];
  }
  if (!E)
    return {};
  if (Path.Fields.empty())
    return E->getType()->isPointerType() ? Flow.pointee(E) : Flow.path(E);
  llvm::SmallVector<llvm::StringRef, 2> Fields(Path.Fields.begin(),
                                               Path.Fields.end());
  return findField(Flow, E, Fields);
}

/// What the caller's destination is made from where the function's is made from
/// Path: all that the argument mentions, `i` in `dial(&servers[i])` too.
static void addMadeFrom(const FunctionFlow &Flow, const ApiCall &Call,
                        const SummaryPath &Path, PathSet &To) {
  AccessPath Known = toPath(Flow, Call, Path);
  if (Known.isValid())
    To.insert(Known);
  if (Path.Parameter < 0 || size_t(Path.Parameter) >= Call.Args.size())
    return;
  PathSet Named;
  collectPaths(Flow, Call.Args[Path.Parameter], Named);
  for (const AccessPath &Each : Named)
    if (!Known.isValid() || !Each.contains(Known))
      To.insert(Each);
}

static AbstractValue toValue(const SummaryRange &Range) {
  AbstractValue Value;
  Value.Low = Range.Low;
  Value.High = Range.High;
  Value.NotZero = Range.NotZero;
  return Value;
}

/// The field of the record that Type is, or points to.
static const FieldDecl *findResultField(QualType Type, llvm::StringRef Name) {
  if (Type->isPointerType())
    Type = Type->getPointeeType();
  const RecordDecl *Record = Type->getAsRecordDecl();
  Record = Record ? Record->getDefinition() : nullptr;
  if (Record)
    for (const FieldDecl *Field : Record->fields())
      if (Field->getIdentifier() && Field->getName() == Name)
        return Field->getCanonicalDecl();
  return nullptr;
}

void AttemptContext::takeLearned(const ApiCall &Call) {
  const SummaryAttempt &Learned = *Call.Row->Attempt;
  PathSet Seed;
  for (const SummaryPath &Path : Learned.MadeFrom)
    addMadeFrom(Flow, Call, Path, Seed);
  addCalledThrough(Flow, Attempt, Seed);
  Destination = findFeeders(Flow, std::move(Seed), Attempt);

  if (Learned.Socket) {
    Socket = toPath(Flow, Call, *Learned.Socket);
    addMadeFrom(Flow, Call, *Learned.Socket, SocketChoice);
  } else if (Learned.Creates) {
    CreatedInside = Attempt;
    if (isa<CXXMemberCallExpr>(Attempt))
      CreatedByLibrary = Attempt;
  }

  for (unsigned I = 0; I != SummaryAttempt::Worlds; ++I) {
    const SummaryOutcome &From = Learned.Outcomes[I];
    Outcome Way;
    Way.Returns = From.Returns;
    Way.Throws = From.Throws;
    Way.Result = toValue(From.Result);
    for (const auto &[Name, Range] : From.Fields)
      if (const FieldDecl *Field = findResultField(Attempt->getType(), Name))
        Way.Fields[Field] = toValue(Range);
    for (const auto &[Path, Range] : From.Left) {
      AccessPath Place = toPath(Flow, Call, Path);
      if (Place.isValid())
        Way.Left[Place] = toValue(Range);
    }
    set(static_cast<World>(I), std::move(Way));
  }
}

std::optional<AbstractValue>
AttemptContext::askOtherAttempt(const CallExpr *Call, World Which) const {
  if (Call == Attempt)
    return std::nullopt;
  ApiCall Other = findApiCall(Call, ApiRole::Connect);
  if (!Other || !Other.Row->Attempt)
    return std::nullopt;
  const SummaryAttempt &Learned = *Other.Row->Attempt;
  const SummaryOutcome &Way = Learned.Outcomes[static_cast<unsigned>(Which)];
  if (!Way.Returns || Way.Throws)
    return std::nullopt;
  bool IsSame = llvm::any_of(Learned.MadeFrom, [&](const SummaryPath &Path) {
    AccessPath Known = toPath(Flow, Other, Path);
    return Known.isValid() &&
           llvm::any_of(Destination, [&](const AccessPath &Each) {
             return Each.overlaps(Known);
           });
  });
  return IsSame ? std::optional<AbstractValue>(toValue(Way.Result))
                : std::nullopt;
}

} // namespace selfconnect
} // namespace tidy
} // namespace clang
