//===- EphemeralListenPortCheck.cpp - selfconnect-ephemeral-listen-port ---===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "EphemeralListenPortCheck.h"
#include "analysis/api/NetworkApi.h"
#include "analysis/code/FunctionFlow.h"
#include "analysis/code/Limits.h"
#include "analysis/endpoint/Binds.h"
#include "analysis/endpoint/Endpoint.h"
#include "analysis/endpoint/LibraryCall.h"
#include "analysis/endpoint/Sockets.h"
#include "clang/ASTMatchers/ASTMatchFinder.h"

using namespace clang::ast_matchers;

namespace clang {
namespace tidy {
namespace selfconnect {

EphemeralListenPortCheck::EphemeralListenPortCheck(StringRef Name,
                                                   ClangTidyContext *Context)
    : FixingCheck(Name, Context), Policy(*this, Options),
      Summaries(*this, Options, getCurrentMainFile(), areFixesAppliedAlone()),
      Apis(*this, Options, ApiRole::Listen, Summaries) {}

void EphemeralListenPortCheck::storeOptions(ClangTidyOptions::OptionMap &Opts) {
  Policy.store(Options, Opts);
  Apis.store(Options, Opts);
  Summaries.store(Options, Opts);
}

void EphemeralListenPortCheck::registerMatchers(MatchFinder *Finder) {
  Apis.addMatchers(*Finder, *this);
}

void EphemeralListenPortCheck::check(const MatchFinder::MatchResult &Result) {
  ApiTable::Use Use(Apis.table());
  Session &Shared = Summaries.session(*Result.Context);
  LearnedRows::Use Learned(Shared.learned());
  Unit = &Shared.unit();
  const auto *Call = Result.Nodes.getNodeAs<Expr>("call");
  if (!Call)
    return;
  const auto *Function = Result.Nodes.getNodeAs<FunctionDecl>("function");
  const FunctionFlow *Flow = Function ? Unit->getFlow(Function) : nullptr;
  // Broken code, or a call that is never reached.
  if (Function && (!Flow || !Flow->find(Call).Block))
    return;
  const auto *Listen = dyn_cast<CallExpr>(Call);
  if (!Listen || getApiRole(Listen) != ApiRole::Listen)
    checkLibraryCall(Call, Flow);
  else if (Flow)
    checkListen(Listen, *Flow);
}

/// Adds the ports that Bind may bind for TCP, and says if there may be any.
static bool addPorts(const CallExpr *Bind, Place At, IntValues &Ports) {
  Endpoint Address = findEndpoint(*At.Flow, Bind, 1, At.Via);
  bool IsTcp = mayBeTcp(*At.Flow, Bind, Address, At.Via);
  if (IsTcp)
    Ports.add(Address.Ports);
  return IsTcp;
}

/// `open_socket(SOCK_DGRAM, 50000)`: where callers of the function choose the
/// type of the socket together with the port, asks for each of them. False if
/// none chooses another type than TCP.
static bool addPortsByCaller(TranslationUnit &Unit, const CallExpr *Bind,
                             Place At, IntValues &Ports) {
  static constexpr size_t MaxOpeners = 32;
  const FunctionDecl *Function = At.Flow->getFunction();
  llvm::ArrayRef<CallSite> Sites;
  if (!At.Via)
    Sites = Unit.getCalls(Function);
  if (Sites.size() > MaxOpeners)
    reportLimit("MaxOpeners", Function);
  IntValues OfTcp;
  bool HasOther = false;
  for (const CallSite &Site : Sites.take_front(MaxOpeners)) {
    const auto *Call = dyn_cast<CallExpr>(Site.Call);
    const FunctionFlow *Caller =
        Call && Site.Caller ? Unit.getFlow(Site.Caller) : nullptr;
    if (!Caller)
      return false;
    Entry Via = {Call, Function, {Caller, Call}};
    HasOther |= !addPorts(Bind, {At.Flow, At.Use, &Via}, OfTcp);
  }
  if (HasOther)
    Ports.add(OfTcp);
  return HasOther;
}

void EphemeralListenPortCheck::checkListen(const CallExpr *Listen,
                                           const FunctionFlow &Flow) {
  IntValues Ports;
  forEachBindOf(Flow, Listen, [&](const CallExpr *Bind, Place At) {
    if (!addPortsByCaller(*Unit, Bind, At, Ports))
      addPorts(Bind, At, Ports);
  });
  report(Listen->getBeginLoc(), Listen->getSourceRange(),
         Policy.getDrawable(Ports));
}

void EphemeralListenPortCheck::checkLibraryCall(const Expr *Call,
                                                const FunctionFlow *Flow) {
  IntValues Ports;
  ApiCall Listen = findApiCall(Call, ApiRole::Listen);
  for (const LibraryTarget &Target : findTargets(*Unit, Flow, Listen))
    Ports.add(Target.Ports);
  report(getReportLocation(Call), Call->getSourceRange(),
         Policy.getDrawable(Ports), &Listen);
}

void EphemeralListenPortCheck::report(SourceLocation Location,
                                      SourceRange Range,
                                      llvm::ArrayRef<DrawablePort> Ports,
                                      const ApiCall *Library) {
  static constexpr const char Message[] =
      "listening port is inside the ephemeral port range";
  if (Ports.empty())
    return;
  diag(Location, Message) << Range;
  Summaries.recordIfSuppressed("selfconnect-ephemeral-listen-port", Message,
                               Location, Unit->getContext());
  // All in one warning: clang-tidy drops a second one of the same text.
  for (const DrawablePort &Port : Ports) {
    if (Port.Origin.isValid())
      diag(Port.Origin, "%0", DiagnosticIDs::Note) << Port.explainOrigin();
    std::string ByteOrder = Port.explainByteOrder();
    if (!ByteOrder.empty())
      diag(Port.Origin, "%0", DiagnosticIDs::Note) << ByteOrder;
    diag(Location, "%0", DiagnosticIDs::Note) << Policy.explain(Port.Port);
  }
  if (Library && *Library && Library->Row->Listening)
    Summaries.noteWay(*this, Library->Row->Listening->Path, "listens",
                      Library->Site, Unit->getContext());
  // The reserved ports are a setting of Linux.
  bool CanReserve = llvm::any_of(Ports, [&](const DrawablePort &Port) {
    return Policy.canReserve(Port.Port);
  });
  diag(Location,
       "use a port outside the range%select{|, or reserve it in "
       "net.ipv4.ip_local_reserved_ports}0",
       DiagnosticIDs::Note)
      << CanReserve;
  // Whatever address it listens on, a client on this host meets itself there.
  ::selfconnect::ReproduceNote Note;
  Note.target.host = "127.0.0.1";
  Note.target.port = static_cast<uint16_t>(Ports.front().Port);
  diag(Location, "%0", DiagnosticIDs::Note) << Note.str();
}

} // namespace selfconnect
} // namespace tidy
} // namespace clang
