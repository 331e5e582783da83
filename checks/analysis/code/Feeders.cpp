//===- Feeders.cpp - what flows into an object ----------------------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Feeders.h"
#include "../api/NetworkApi.h"
#include "CallEffects.h"
#include "clang/AST/ExprCXX.h"

namespace clang {
namespace tidy {
namespace selfconnect {

/// How many pointers to parts of other objects are followed.
static constexpr unsigned MaxAliasDepth = 8;

/// Which elements E, an object or the address of one, is a part of: i and j in
/// `&fields[i].rows[j]`. Gives the object that it is all a part of.
static const Expr *collectIndices(const FunctionFlow &Flow, const Expr *E,
                                  PathSet &Paths, unsigned Depth = 0) {
  while (true) {
    E = E->IgnoreParenCasts();
    if (const auto *Member = dyn_cast<MemberExpr>(E)) {
      E = Member->getBase();
    } else if (const auto *Subscript = dyn_cast<ArraySubscriptExpr>(E)) {
      collectPaths(Flow, Subscript->getIdx(), Paths);
      E = Subscript->getBase();
    } else if (const auto *Unary = dyn_cast<UnaryOperator>(E)) {
      E = Unary->getSubExpr();
    } else {
      break;
    }
  }
  // `client = &clients[i]`: who names client names i, too.
  const auto *Ref = dyn_cast<DeclRefExpr>(E);
  const auto *Var = Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
  const Expr *Given = Var ? Flow.getAliasValue(Var) : nullptr;
  if (Given && Depth < MaxAliasDepth)
    collectIndices(Flow, Given, Paths, Depth + 1);
  return E;
}

void collectPaths(const FunctionFlow &Flow, const Stmt *S, PathSet &Paths) {
  if (!S)
    return;
  if (const auto *E = dyn_cast<Expr>(S)) {
    AccessPath Path = Flow.path(E);
    if (Path.isValid() && !Path.isErrno() && !isa<BinaryOperator>(E))
      Paths.insert(Path);
    // `list->item[i].port` names one object, but i is another.
    if (Path.isValid() && !isa<BinaryOperator>(collectIndices(Flow, E, Paths)))
      return;
  }
  for (const Stmt *Child : S->children())
    collectPaths(Flow, Child, Paths);
}

bool overlapsAny(const PathSet &Paths, const AccessPath &Path) {
  return llvm::any_of(
      Paths, [&](const AccessPath &Other) { return Other.overlaps(Path); });
}

PathSet findFeeders(const FunctionFlow &Flow, PathSet Seed,
                    const Expr *Except) {
  bool Grew = true;
  while (Grew) {
    size_t Before = Seed.size();
    for (const Write &W : Flow.allWrites()) {
      if (!overlapsAny(Seed, W.Target) || (Except && W.Call == Except))
        continue;
      if (W.Value)
        collectPaths(Flow, W.Value, Seed);
      // `inet_pton(AF_INET, Host, &Addr.sin_addr)`: what goes in beside it.
      if (W.WriteKind == Write::Pass &&
          getApiRole(W.Call) != ApiRole::LocalName &&
          getApiRole(W.Call) != ApiRole::PeerName)
        collectIngredients(Flow, W, Seed);
    }
    Grew = Seed.size() > Before;
  }
  return Seed;
}

} // namespace selfconnect
} // namespace tidy
} // namespace clang
