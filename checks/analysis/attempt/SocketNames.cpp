//===- SocketNames.cpp - what holds a socket's two names ----------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "SocketNames.h"
#include "../api/NetworkApi.h"
#include "AttemptContext.h"
#include "clang/AST/ExprCXX.h"

namespace clang {
namespace tidy {
namespace selfconnect {

/// True if S, or a part of it, is a call that Asks accepts.
static bool holdsCall(const Stmt *S,
                      llvm::function_ref<bool(const CallExpr *)> Asks) {
  if (!S)
    return false;
  if (const auto *Call = dyn_cast<CallExpr>(S))
    if (Asks(Call))
      return true;
  return llvm::any_of(
      S->children(), [&](const Stmt *Child) { return holdsCall(Child, Asks); });
}

/// True if S, or a part of it, calls a method that has one of Names.
static bool callsMethod(const Stmt *S, llvm::ArrayRef<llvm::StringRef> Names) {
  return holdsCall(S, [&](const CallExpr *Call) {
    const auto *Member = dyn_cast<CXXMemberCallExpr>(Call);
    const CXXMethodDecl *Method = Member ? Member->getMethodDecl() : nullptr;
    return Method && Method->getIdentifier() &&
           llvm::is_contained(Names, Method->getName());
  });
}

/// True if S, or a part of it, calls a function of Role that returns the name:
/// GLib's, where getsockname() writes it.
static bool callsTeller(const Stmt *S, ApiRole Role) {
  return holdsCall(S, [&](const CallExpr *Call) {
    return Call->getType()->isPointerType() && getApiRole(Call) == Role;
  });
}

bool saysLocalName(const Stmt *S) {
  static const llvm::StringRef Names[] = {
      "local_endpoint",  "localPort",     "localAddress",  "getLocalPort",
      "getLocalAddress", "local_address", "get_local_addr"};
  if (callsMethod(S, Names) || callsTeller(S, ApiRole::LocalName))
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
      "remote_endpoint", "peerPort",       "peerAddress",
      "getPeerPort",     "getPeerAddress", "peer_address",
      "get_remote_addr", "getRemotePort",  "getRemoteAddress"};
  return callsMethod(S, Names) || callsTeller(S, ApiRole::PeerName);
}

AskedNames getAskedNames(TranslationUnit &Unit, const FunctionDecl *Function) {
  using AskedNamesOf = llvm::DenseMap<const FunctionDecl *, AskedNames>;
  const FunctionDecl *Definition = nullptr;
  if (!Function || !Function->hasBody(Definition))
    return {};
  auto &Known = Unit.memory<AskedNamesOf>();
  auto [Entry, IsNew] = Known.try_emplace(Definition);
  if (!IsNew)
    return Entry->second;
  AskedNames Asked;
  holdsCall(Definition->getBody(), [&](const CallExpr *Call) {
    ApiRole Role = getApiRole(Call);
    bool IsMethod = isa<CXXMemberCallExpr>(Call);
    Asked.Local |=
        Role == ApiRole::LocalName || (IsMethod && saysLocalName(Call));
    Asked.Peer |= Role == ApiRole::PeerName || (IsMethod && saysPeerName(Call));
    return Asked.Local && Asked.Peer;
  });
  Known[Definition] = Asked;
  return Asked;
}

/// `local_port(fd)`: a function of this file that has asked for one name only.
static bool saysByHelper(TranslationUnit &Unit, const Stmt *S, bool Local) {
  return holdsCall(S, [&](const CallExpr *Call) {
    AskedNames Asked = getAskedNames(Unit, Call->getDirectCallee());
    return Asked.Local == Local && Asked.Peer != Local;
  });
}

bool AttemptContext::isLocalName(const FunctionFlow &At, const Stmt *S) const {
  return saysLocalName(S) || mentionsAny(At, S, LocalNames) ||
         saysByHelper(Flow.getUnit(), S, true);
}

bool AttemptContext::isPeerName(const FunctionFlow &At, const Stmt *S) const {
  return saysPeerName(S) || mentionsAny(At, S, PeerNames) ||
         saysByHelper(Flow.getUnit(), S, false);
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
      else if (W.Call && (getApiRole(W.Call) == ApiRole::None ||
                          getApiRole(W.Call) == ApiRole::Fill))
        Made = llvm::any_of(W.Call->arguments(), [&](const Expr *Arg) {
          return mentionsAny(Flow, Arg, Names);
        });
      if (Made)
        Grew |= Names.insert(W.Target);
    }
  }
}

void AttemptContext::collectNames() {
  TranslationUnit &Unit = Flow.getUnit();
  for (const CallExpr *Call : Flow.calls()) {
    ApiRole Role = getApiRole(Call);
    if ((Role != ApiRole::LocalName && Role != ApiRole::PeerName) ||
        Call->getType()->isPointerType())
      continue;
    AccessPath Name = Flow.pointee(getPlainArgument(Call, 1));
    if (Name.isValid())
      (Role == ApiRole::LocalName ? LocalNames : PeerNames).insert(Name);
  }
  // What asio, Poco and Qt say by methods, or a helper says, a variable may
  // hold.
  for (const Write &W : Flow.allWrites())
    if (W.WriteKind == Write::Assign && W.Value) {
      if (saysLocalName(W.Value) || saysByHelper(Unit, W.Value, true))
        LocalNames.insert(W.Target);
      else if (saysPeerName(W.Value) || saysByHelper(Unit, W.Value, false))
        PeerNames.insert(W.Target);
    }
  AsksByCall = llvm::any_of(Flow.calls(), [&](const CallExpr *Call) {
    return saysLocalName(Call) ||
           getAskedNames(Unit, Call->getDirectCallee()).Local;
  });
  if (LocalNames.empty() && !AsksByCall)
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
