//===- World.h - one world of a connect attempt, followed on ----*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

///
/// \file
/// Each question about a connect attempt is a question about what the program
/// does next in a world that is fixed: the attempt is refused, it connects to
/// a server, or it connects to itself. Values that follow from the world are
/// known (the attempt returned -1, errno is ECONNREFUSED), a branch on a known
/// value goes one way, a branch on an unknown value both ways.
///
/// explore() follows the CFG from the attempt onwards until it reaches the
/// attempt again, leaves the function, or waits for an event of another kind.
///
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_CHECKS_ANALYSIS_ATTEMPT_WORLD_H
#define SELFCONNECT_CHECKS_ANALYSIS_ATTEMPT_WORLD_H

#include "../api/NetworkApi.h"
#include "../code/FlatMap.h"
#include "../code/FunctionFlow.h"
#include "../endpoint/Endpoint.h"
#include "llvm/ADT/SmallPtrSet.h"
#include <limits>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

namespace clang {
namespace tidy {
namespace selfconnect {

enum class World {
  Refused,      ///< returns -1 with ECONNREFUSED
  RefusedLater, ///< non-blocking: EINPROGRESS, ready, SO_ERROR is ECONNREFUSED
  Connected,    ///< returns 0, and the two ends differ
  MetItself     ///< returns 0, and the two ends are the same
};

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

/// A comparison of two objects whose outcome matters: `j < count`.
struct Relation {
  AccessPath Left, Right;
  bool IsLess; ///< Left < Right; otherwise Left == Right
  bool operator<(const Relation &Other) const {
    return std::tie(Left, Right, IsLess) <
           std::tie(Other.Left, Other.Right, Other.IsLess);
  }
  bool operator==(const Relation &Other) const {
    return Left == Other.Left && Right == Other.Right && IsLess == Other.IsLess;
  }
};

struct AttemptContext;

/// What is known at one point of one path.
struct PathState {
  /// Absent: unknown.
  PathValues Values;
  /// How the path has seen comparisons come out. Absent: unknown.
  FlatMap<Relation, bool> Relations;
  /// For objects written on this path: which objects their value was made from,
  /// as those were at the attempt. An object made from itself has advanced.
  FlatMap<AccessPath, PathSet> MadeFrom;
  /// Where && || ?: went, while the expression around them is evaluated.
  FlatMap<const Stmt *, unsigned> Branches;
  /// The socket() call, or other source, of the socket that the path last put
  /// into the attempt's socket variable; null while it is the same socket.
  const Stmt *NewSocket = nullptr;
  /// RefusedLater: SO_ERROR has told of the refusal.
  bool SawError = false;
  /// Of the exception thrown last: its type; null if that is not known.
  QualType Thrown;

  bool operator==(const PathState &Other) const {
    return NewSocket == Other.NewSocket && SawError == Other.SawError &&
           Thrown == Other.Thrown && Values == Other.Values &&
           Relations == Other.Relations && MadeFrom == Other.MadeFrom &&
           Branches == Other.Branches;
  }
};

/// True if S names an object of Names, or a part of one, or what holds one.
bool mentionsAny(const FunctionFlow &Flow, const Stmt *S, const PathSet &Names);

/// True if S is, or holds, a call of a method that tells a socket's own address
/// or port; its peer's.
bool saysLocalName(const Stmt *S);
bool saysPeerName(const Stmt *S);

/// Which objects of the destination, and of what the socket is chosen by, a
/// state has advanced.
class AdvanceFinder {
public:
  using Advances = std::vector<bool>; ///< one for each of the objects

  explicit AdvanceFinder(const AttemptContext &Context) : Context(Context) {}

  /// What it gives stays valid.
  const Advances &find(const PathState &State);

private:
  const AttemptContext &Context;
  /// By what was made from itself. Few ways differ in that.
  std::map<std::vector<AccessPath>, Advances> Known;
};

/// True if A and B, of one place and with the same advances, may become one
/// state.
bool mayJoin(const PathState &A, const PathState &B);
/// What holds in both.
PathState join(const PathState &A, const PathState &B);

/// True if Path (or a part of it) was updated from itself on the way, by a
/// change of an object that Counts.
bool hasAdvanced(
    const PathState &State, const AccessPath &Path,
    llvm::function_ref<bool(const AccessPath &)> Counts =
        [](const AccessPath &) { return true; });

/// True for a parameter that by its type or its name tells a handler how the
/// attempt has ended.
bool isToldParameter(const ParmVarDecl *Parameter);

/// One way from the attempt back to itself.
struct Arrival {
  PathState State;
  /// The blocks on the way, the attempt's own first and last.
  std::vector<const CFGBlock *> Blocks;
  /// Where the function, or one that calls it, is called again or handed to
  /// something that calls it later; null if the way comes to the attempt
  /// itself.
  const Expr *Recursion = nullptr;
  /// The call that Recursion is, or is an argument of; the lambda that it is.
  /// Null where it is none of these.
  const Expr *HandedBy = nullptr;
};

/// What an attempt, or a function that makes one, comes to in one world.
struct Outcome {
  /// It comes back, with this value.
  bool Returns = true;
  AbstractValue Result;
  /// What is known of the fields of the result, a record or a pointer to one.
  FieldValues Fields;
  /// What it leaves in objects of its caller: an error code, a field.
  PathValues Left;
  /// It throws something of this type; null if that is not known.
  bool Throws = false;
  QualType Thrown;

  bool operator==(const Outcome &Other) const {
    return Returns == Other.Returns && Result == Other.Result &&
           Fields == Other.Fields && Left == Other.Left &&
           Throws == Other.Throws;
  }
  bool operator!=(const Outcome &Other) const { return !(*this == Other); }
};

struct Exploration {
  std::vector<Arrival> Arrivals;
  /// The blocks that are entered, at least in part.
  llvm::SmallPtrSet<const CFGBlock *, 32> Entered;
  /// What the function returns on the ways that leave it; absent if no way
  /// does. Unknown for a function that returns nothing.
  std::optional<AbstractValue> Returned;
  FieldValues ReturnedFields;
  /// What those ways leave in objects that live on.
  PathValues Left;
  /// Some way leaves by an exception, of this type if it is the only one.
  bool Throws = false;
  QualType Thrown;
  /// The work was cut off; what is missing is not known.
  bool Incomplete = false;
};

/// What the explorations of one attempt have in common. The attempt is a call
/// of connect(), or of a function that makes one: then it is as refused, and
/// as connected, as that function's exploration says.
struct AttemptContext {
  /// Attempt is connect().
  AttemptContext(const FunctionFlow &Flow, const CallExpr *Attempt,
                 std::vector<std::string> ExtraGuards);
  /// Attempt is a call of a library that connects before it comes back.
  AttemptContext(const FunctionFlow &Flow, const ApiCall &Attempt,
                 std::vector<std::string> ExtraGuards);
  /// Attempt, a call or a construction, runs the function that Inner is in,
  /// which has to outlive this.
  AttemptContext(const FunctionFlow &Flow, const Expr *Attempt,
                 const AttemptContext &Inner);

  /// Handler, a function that is called when the attempt Of has come to
  /// something: what it is given says what. Told: parameters that are known to
  /// say so.
  AttemptContext(const FunctionFlow &Handler, const AttemptContext &Of,
                 llvm::ArrayRef<const ParmVarDecl *> Told = {});
  /// Told, a call in another function, asks what came of the attempt Of, as
  /// getsockopt(SO_ERROR) does.
  AttemptContext(const FunctionFlow &Flow, const CallExpr *Told,
                 const AttemptContext &Of, AccessPath Error);

  /// What the attempt comes to. For a call of a function that makes one, this
  /// explores that function, once it is asked for.
  const Outcome &in(World Which) const;
  /// True if the function looks at the socket's own name, or calls a guard.
  bool mayCompareNames() const;
  /// True if S, an expression of the function At, says the socket's own name or
  /// a part of it; its peer's.
  bool isLocalName(const FunctionFlow &At, const Stmt *S) const;
  bool isPeerName(const FunctionFlow &At, const Stmt *S) const;
  /// What Helper, a function that Call calls, returns in that world, if that
  /// tells a socket that met itself from a connected one.
  std::optional<AbstractValue> askHelper(const CallExpr *Call,
                                         World Which) const;

  const FunctionFlow &Flow;
  /// Null for a handler, which begins at its entry.
  const Expr *Attempt;
  /// The function that makes the attempt itself.
  const FunctionDecl *Innermost;
  AccessPath Socket;
  /// What the destination is made from.
  PathSet Destination;
  /// What the socket is chosen by, `i` in `fds[i]`, and the socket itself not.
  PathSet SocketChoice;
  /// Objects that hold (a part of) the socket's local name, or of the peer's.
  PathSet LocalNames;
  PathSet PeerNames;
  /// A method, or a function of this file, is asked for the local name.
  bool AsksByCall = false;
  /// The ports that the destination is known to have.
  std::vector<int64_t> Ports;
  std::vector<std::string> ExtraGuards;
  /// Where the function that is called creates the socket; null if it is handed
  /// one.
  const Expr *CreatedInside = nullptr;
  /// The call of a library that makes a new socket each time, also for the same
  /// object; null if the attempt is none.
  const Expr *CreatedByLibrary = nullptr;
  /// What explore() has found, by World.
  mutable std::unique_ptr<Exploration> Explored[4];

private:
  void collectNames();
  void findSocketHolder();
  void set(World Which, Outcome Way) {
    Outcomes[static_cast<unsigned>(Which)] = std::move(Way);
  }
  Outcome translateOutcome(World Which) const;
  Outcome makeOutcome(World Which) const;

  /// The attempt that the function called makes; null where Attempt is the
  /// attempt itself.
  const AttemptContext *Called = nullptr;
  /// By World; absent while nobody has asked.
  mutable std::optional<Outcome> Outcomes[4];
  /// The functions called that ask for the socket's own name, as handlers.
  mutable std::map<const FunctionDecl *, std::unique_ptr<AttemptContext>>
      Helpers;
  /// This is such a helper.
  bool IsHelper = false;
};

/// Follows what happens after the attempt: once per world, the context keeps
/// it.
const Exploration &explore(const AttemptContext &Context, World Which);

/// The blocks' conditions on the way, in its order.
std::vector<const Expr *> getConditions(const Arrival &Way);

/// The objects that a condition on the way tests and that the way has advanced:
/// the counters of the loop.
PathSet findCounters(const AttemptContext &Context, const Arrival &Way);

/// True if the way goes to the next server, address, port or client rather than
/// back to the same one.
bool changesDestination(const AttemptContext &Context, const Arrival &Way);

} // namespace selfconnect
} // namespace tidy
} // namespace clang

#endif // SELFCONNECT_CHECKS_ANALYSIS_ATTEMPT_WORLD_H
