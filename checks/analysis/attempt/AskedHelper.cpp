//===- AskedHelper.cpp - helpers that compare a socket's names ------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "../code/CallPaths.h"
#include "Explorer.h"
#include "SocketNames.h"

namespace clang {
namespace tidy {
namespace selfconnect {

/// True if Call hands the socket of the attempt on, or calls a method of what
/// holds it.
static bool isToldSocket(const AttemptContext &Context, const CallExpr *Call) {
  if (!Context.Socket.isValid())
    return true;
  if (getCalledObject(Context.Flow, Call).overlaps(Context.Socket))
    return true;
  return llvm::any_of(Call->arguments(), [&](const Expr *Argument) {
    PathSet Named;
    collectPaths(Context.Flow, Argument, Named);
    return llvm::any_of(Named, [&](const AccessPath &Path) {
      return Path.overlaps(Context.Socket) ||
             Path.pointee().overlaps(Context.Socket);
    });
  });
}

std::optional<AbstractValue> AttemptContext::askHelper(const CallExpr *Call,
                                                       World Which) const {
  const FunctionDecl *Callee = Call->getDirectCallee();
  const FunctionDecl *Body = nullptr;
  TranslationUnit &Unit = Flow.getUnit();
  if (IsHelper || !Callee || !getAskedNames(Unit, Callee).Local ||
      !Callee->hasBody(Body) || !isToldSocket(*this, Call))
    return std::nullopt;
  std::unique_ptr<AttemptContext> &Helper = Helpers[Body];
  if (!Helper) {
    const FunctionFlow *Inside = Unit.getFlow(Body);
    if (!Inside)
      return std::nullopt;
    Helper = std::make_unique<AttemptContext>(*Inside, *this);
    Helper->IsHelper = true;
  }
  const Exploration &Met = explore(*Helper, World::MetItself);
  const Exploration &Connected = explore(*Helper, World::Connected);
  if (!Met.Returned || !Connected.Returned)
    return std::nullopt;
  std::optional<bool> Truth = Connected.Returned->truth();
  if (!Truth || Truth == Met.Returned->truth())
    return std::nullopt;
  return Which == World::MetItself ? *Met.Returned : *Connected.Returned;
}

} // namespace selfconnect
} // namespace tidy
} // namespace clang
