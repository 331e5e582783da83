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
#include <map>

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

namespace {

/// What a function says of the names of sockets, whichever they are: found out
/// once for each.
struct NameUse {
  /// getsockname(), getpeername(): the socket that is asked, and where the name
  /// is put.
  struct Answer {
    AccessPath Socket, Name;
    bool IsLocal;
  };
  std::vector<Answer> Answers;
  /// Variables that hold what a method or a helper says.
  PathSet LocalNames, PeerNames;
  /// A method, or a function of this file, is asked for the local name.
  bool AsksByCall = false;
  /// What goes into each write of the function; empty where none of it can be a
  /// name.
  std::vector<PathSet> Sources;
  /// Variables that are made from others: one of those may be the same socket.
  PathSet Copies;
};

} // namespace

/// What goes into W that may be a name.
static PathSet findSources(const FunctionFlow &Flow, const Write &W) {
  PathSet Sources;
  if (W.WriteKind == Write::Assign && W.Value)
    collectPaths(Flow, W.Value, Sources);
  else if (W.WriteKind != Write::Assign && W.Call &&
           (getApiRole(W.Call) == ApiRole::None ||
            getApiRole(W.Call) == ApiRole::Fill))
    for (const Expr *Arg : W.Call->arguments())
      collectPaths(Flow, Arg, Sources);
  return Sources;
}

static const NameUse &findNameUse(const FunctionFlow &Flow) {
  using UseOf = std::map<const FunctionFlow *, NameUse>;
  TranslationUnit &Unit = Flow.getUnit();
  auto [Entry, IsNew] = Unit.memory<UseOf>().try_emplace(&Flow);
  if (!IsNew)
    return Entry->second;
  NameUse Use;
  for (const CallExpr *Call : Flow.calls()) {
    ApiRole Role = getApiRole(Call);
    Use.AsksByCall |= saysLocalName(Call) ||
                      getAskedNames(Unit, Call->getDirectCallee()).Local;
    if ((Role != ApiRole::LocalName && Role != ApiRole::PeerName) ||
        Call->getType()->isPointerType())
      continue;
    AccessPath Name = Flow.pointee(getPlainArgument(Call, 1));
    if (Name.isValid())
      Use.Answers.push_back({Flow.path(Call->getArg(0)), Name,
                             Role == ApiRole::LocalName});
  }
  // What asio, Poco and Qt say by methods, or a helper says, a variable may
  // hold.
  for (const Write &W : Flow.allWrites())
    if (W.WriteKind == Write::Assign && W.Value) {
      if (saysLocalName(W.Value) || saysByHelper(Unit, W.Value, true))
        Use.LocalNames.insert(W.Target);
      else if (saysPeerName(W.Value) || saysByHelper(Unit, W.Value, false))
        Use.PeerNames.insert(W.Target);
    }
  if (!Use.Answers.empty() || !Use.LocalNames.empty() || Use.AsksByCall)
    for (const Write &W : Flow.allWrites()) {
      Use.Sources.push_back(findSources(Flow, W));
      if (W.WriteKind == Write::Pass ||
          (W.WriteKind == Write::Assign && !Use.Sources.back().empty()))
        Use.Copies.insert(W.Target);
    }
  return Unit.memory<UseOf>()[&Flow] = std::move(Use);
}

static bool mentions(const PathSet &Sources, const PathSet &Names) {
  return llvm::any_of(Sources, [&](const AccessPath &Path) {
    return overlapsAny(Names, Path) || overlapsAny(Names, Path.pointee());
  });
}

/// Adds what is made from Names to them, and stays clear of Others.
static void closeForward(const FunctionFlow &Flow, const NameUse &Use,
                         PathSet &Names, const PathSet &Others) {
  bool Grew = !Names.empty();
  while (Grew) {
    Grew = false;
    llvm::ArrayRef<Write> Writes = Flow.allWrites();
    for (size_t I = 0; I < Writes.size(); ++I) {
      const Write &W = Writes[I];
      if (!mentions(Use.Sources[I], Names) || overlapsAny(Names, W.Target) ||
          overlapsAny(Others, W.Target))
        continue;
      if (W.WriteKind != Write::Assign || !mentions(Use.Sources[I], Others))
        Grew |= Names.insert(W.Target);
    }
  }
}

/// True if Asked is another socket than Own for certain: both are variables
/// that nothing but a call without them has given one.
static bool isOther(const NameUse &Use, const AccessPath &Asked,
                    const AccessPath &Own) {
  auto IsOnlyHolder = [&](const AccessPath &Path) {
    const VarDecl *Root = Path.getRoot();
    return Root && Root->hasLocalStorage() && !isa<ParmVarDecl>(Root) &&
           Path.steps().empty() && Root->getType()->isIntegerType() &&
           !Use.Copies.count(Path);
  };
  return Asked != Own && IsOnlyHolder(Asked) && IsOnlyHolder(Own);
}

void AttemptContext::collectNames() {
  const NameUse &Use = findNameUse(Flow);
  AsksByCall = Use.AsksByCall;
  LocalNames = Use.LocalNames;
  PeerNames = Use.PeerNames;
  for (const NameUse::Answer &Each : Use.Answers)
    if (!isOther(Use, Each.Socket, Socket))
      (Each.IsLocal ? LocalNames : PeerNames).insert(Each.Name);
  if (LocalNames.empty() && !AsksByCall)
    return;
  // The destination is as good a peer's name as what getpeername() says.
  for (const AccessPath &Path : Destination)
    if (!overlapsAny(LocalNames, Path) && Path != Socket)
      PeerNames.insert(Path);
  PathSet Peers = PeerNames;
  closeForward(Flow, Use, LocalNames, Peers);
  closeForward(Flow, Use, PeerNames, LocalNames);
}

} // namespace selfconnect
} // namespace tidy
} // namespace clang
