//===- AttemptContext.h - one attempt in its function -----------*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

///
/// \file
/// What the explorations of one attempt have in common: which call it is, what
/// its destination and its socket are, and what it comes to in each world.
///
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_CHECKS_ANALYSIS_ATTEMPT_ATTEMPTCONTEXT_H
#define SELFCONNECT_CHECKS_ANALYSIS_ATTEMPT_ATTEMPTCONTEXT_H

#include "../api/NetworkApi.h"
#include "../endpoint/Endpoint.h"
#include "Outcome.h"
#include <map>
#include <memory>
#include <string>

namespace clang {
namespace tidy {
namespace selfconnect {

struct AttemptContext;

/// True if S names an object of Names, or a part of one, or what holds one.
bool mentionsAny(const FunctionFlow &Flow, const Stmt *S, const PathSet &Names);

/// `commands[i].run(argc, argv)`: adds what chooses the function that Site
/// calls.
void addCalledThrough(const FunctionFlow &Flow, const Expr *Site,
                      PathSet &Paths);

/// True for an object that one function means as another one does.
bool isShared(const AccessPath &Path);

/// True for a parameter that by its type or its name tells a handler how the
/// attempt has ended.
bool isToldParameter(const ParmVarDecl *Parameter);

/// What the function of Called comes to in that world, for who calls it.
/// Translate gives an object that lives on its name there, or nothing valid.
Outcome
findOutcome(const AttemptContext &Called, World Which,
            llvm::function_ref<AccessPath(const AccessPath &)> Translate);

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

  /// The function of Round, which has to outlive this, is called anew after it
  /// has come back: it begins at its entry, with what it has left.
  struct Anew {
    const AttemptContext &Round;
  };
  explicit AttemptContext(Anew Begin);

  /// What the attempt comes to. For a call of a function that makes one, this
  /// explores that function, once it is asked for.
  const Outcome &in(World Which) const;
  /// The attempt that the function called makes, as that sees it; null where
  /// Attempt is no call of one of this file.
  const AttemptContext *getCalled() const { return Attempt ? Called : nullptr; }
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

  /// What Call, an attempt of another file at the same destination, returns in
  /// that world: while nobody listens there, it is refused as this one is.
  std::optional<AbstractValue> askOtherAttempt(const CallExpr *Call,
                                               World Which) const;

  const FunctionFlow &Flow;
  /// Null for a handler, which begins at its entry.
  const Expr *Attempt;
  /// The function that makes the attempt itself.
  const FunctionDecl *Innermost;
  AccessPath Socket;
  /// For a handler, the socket of the attempt that it is told of, where both
  /// functions mean the same object.
  AccessPath ToldSocket;
  /// The socket that a new one may be put in the place of.
  const AccessPath &getHeldSocket() const {
    return Socket.isValid() ? Socket : ToldSocket;
  }
  /// What the destination is made from.
  PathSet Destination;
  /// For a handler, the fields that the destination of the attempt that it is
  /// told of is kept in, in objects that the two may name differently.
  llvm::SmallPtrSet<const FieldDecl *, 4> DestinationFields;
  /// For a handler, the attempt that it is told of; else null.
  const AttemptContext *ToldOf = nullptr;
  /// It is the attempt of ToldOf that is come back to, by a new call of the
  /// same function.
  bool BeginsAnew = false;
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
  /// What exploreCycles() has found, likewise.
  mutable std::unique_ptr<Exploration> ExploredCycles[4];

private:
  void collectNames();
  void takeDestinationOf(const AttemptContext &Attempted);
  void findSocketHolder();
  /// What another file has learned of the function that is called.
  void takeLearned(const ApiCall &Call);
  void set(World Which, Outcome Way) {
    Outcomes[static_cast<unsigned>(Which)] = std::move(Way);
  }

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

} // namespace selfconnect
} // namespace tidy
} // namespace clang

#endif // SELFCONNECT_CHECKS_ANALYSIS_ATTEMPT_ATTEMPTCONTEXT_H
