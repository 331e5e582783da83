//===- SocketNames.cpp - what holds a socket's two names ----------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "World.h"
#include "clang/AST/ExprCXX.h"

namespace clang {
namespace tidy {
namespace selfconnect {

/// The name of the method that a call in S calls, if it is one of Names.
static bool callsMethod(const Stmt *S, llvm::ArrayRef<llvm::StringRef> Names) {
  if (!S)
    return false;
  if (const auto *Call = dyn_cast<CXXMemberCallExpr>(S))
    if (const CXXMethodDecl *Method = Call->getMethodDecl())
      if (Method->getIdentifier() &&
          llvm::is_contained(Names, Method->getName()))
        return true;
  return llvm::any_of(S->children(), [&](const Stmt *Child) {
    return callsMethod(Child, Names);
  });
}

bool saysLocalName(const Stmt *S) {
  static const llvm::StringRef Names[] = {
      "local_endpoint", "localPort",    "localAddress", "getLocalPort",
      "getLocalAddress", "local_address", "get_local_addr"};
  if (callsMethod(S, Names))
    return true;
  // Poco: socket.address(), next to socket.peerAddress().
  const auto *E = dyn_cast<Expr>(S);
  const auto *Call =
      E ? dyn_cast<CXXMemberCallExpr>(E->IgnoreParenImpCasts()) : nullptr;
  const CXXMethodDecl *Method = Call ? Call->getMethodDecl() : nullptr;
  return Method && Method->getIdentifier() && Method->getName() == "address" &&
         Method->getParent()->getIdentifier() &&
         Method->getParent()->getName().contains("Socket");
}

bool saysPeerName(const Stmt *S) {
  static const llvm::StringRef Names[] = {
      "remote_endpoint", "peerPort",      "peerAddress", "getPeerPort",
      "getPeerAddress",  "peer_address", "get_remote_addr", "getRemotePort",
      "getRemoteAddress"};
  return callsMethod(S, Names);
}

/// Adds what is made from Names to them, and stays clear of Others.
static void closeForward(const FunctionFlow &Flow, PathSet &Names,
                         const PathSet &Others) {
  bool Grew = !Names.empty();
  while (Grew) {
    Grew = false;
    for (const Write &W : Flow.allWrites()) {
      if (overlapsAny(Names, W.Target) || overlapsAny(Others, W.Target))
        continue;
      bool Made = false;
      if (W.WriteKind == Write::Assign && W.Value)
        Made = mentionsAny(Flow, W.Value, Names) &&
               !mentionsAny(Flow, W.Value, Others);
      else if (W.Call && getApiRole(W.Call) == ApiRole::None)
        Made = llvm::any_of(W.Call->arguments(), [&](const Expr *Arg) {
          return mentionsAny(Flow, Arg, Names);
        });
      if (Made)
        Grew |= Names.insert(W.Target);
    }
  }
}

void AttemptContext::collectNames() {
  for (const CallExpr *Call : Flow.calls()) {
    ApiRole Role = getApiRole(Call);
    if (Role != ApiRole::LocalName && Role != ApiRole::PeerName)
      continue;
    AccessPath Name = Flow.pointee(getPlainArgument(Call, 1));
    if (Name.isValid())
      (Role == ApiRole::LocalName ? LocalNames : PeerNames).insert(Name);
  }
  // What asio, Poco and Qt say by methods, a variable may hold.
  for (const Write &W : Flow.allWrites())
    if (W.WriteKind == Write::Assign && W.Value) {
      if (saysLocalName(W.Value))
        LocalNames.insert(W.Target);
      else if (saysPeerName(W.Value))
        PeerNames.insert(W.Target);
    }
  AsksByMethod = llvm::any_of(Flow.calls(), saysLocalName);
  if (LocalNames.empty() && !AsksByMethod)
    return;
  // The destination is as good a peer's name as what getpeername() says.
  for (const AccessPath &Path : Destination)
    if (!overlapsAny(LocalNames, Path) && Path != Socket)
      PeerNames.insert(Path);
  PathSet Peers = PeerNames;
  closeForward(Flow, LocalNames, Peers);
  closeForward(Flow, PeerNames, LocalNames);
}

} // namespace selfconnect
} // namespace tidy
} // namespace clang
