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
      Apis(*this, Options, getCurrentMainFile(), ApiRole::Listen, Summaries),
      Silences(*this, Options) {}

void EphemeralListenPortCheck::storeOptions(ClangTidyOptions::OptionMap &Opts) {
  Policy.store(Options, Opts);
  Apis.store(Options, Opts);
  Summaries.store(Options, Opts);
  Silences.store(Options, Opts);
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
  Silences.record(Call, checkCall(Call, Function), *Result.SourceManager);
}

Silence EphemeralListenPortCheck::checkCall(const Expr *Call,
                                            const FunctionDecl *Function) {
  const FunctionFlow *Flow = Function ? Unit->getFlow(Function) : nullptr;
  if (Function && !Flow) // Broken code.
    return SilenceReason::Unfollowed;
  if (Function && !Flow->find(Call).Block)
    return SilenceReason::Unreached;
  const auto *Listen = dyn_cast<CallExpr>(Call);
  if (!Listen || getApiRole(Listen) != ApiRole::Listen)
    return checkLibraryCall(Call, Flow);
  return Flow ? checkListen(Listen, *Flow) : SilenceReason::NotBound;
}

/// Adds the ports that Bind may bind for TCP, or says why there are none.
static Silence addPorts(const CallExpr *Bind, Place At, IntValues &Ports) {
  Endpoint Address = findEndpoint(*At.Flow, Bind, 1, At.Via);
  Silence Other = findOtherProtocol(*At.Flow, Bind, Address, At.Via);
  if (!Other)
    Ports.add(Address.Ports);
  return Other;
}

/// `open_socket(SOCK_DGRAM, 50000)`: where callers of the function choose the
/// type of the socket together with the port, asks for each of them. Says so
/// where one chooses another type than TCP.
static Silence addPortsByCaller(TranslationUnit &Unit, const CallExpr *Bind,
                                Place At, IntValues &Ports) {
  static constexpr size_t MaxOpeners = 32;
  const FunctionDecl *Function = At.Flow->getFunction();
  llvm::ArrayRef<CallSite> Sites;
  if (!At.Via)
    Sites = Unit.getCalls(Function);
  if (Sites.size() > MaxOpeners)
    reportLimit("MaxOpeners", Function);
  IntValues OfTcp;
  Silence Other;
  for (const CallSite &Site : Sites.take_front(MaxOpeners)) {
    const auto *Call = dyn_cast<CallExpr>(Site.Call);
    const FunctionFlow *Caller =
        Call && Site.Caller ? Unit.getFlow(Site.Caller) : nullptr;
    if (!Caller)
      return {};
    Entry Via = {Call, Function, {Caller, Call}};
    Other.add(addPorts(Bind, {At.Flow, At.Use, &Via}, OfTcp));
  }
  if (Other)
    Ports.add(OfTcp);
  return Other;
}

/// The reason of the ports that are known to be bound; Why where there are
/// none.
static Silence combine(Silence Why, const IntValues &Ports,
                       const PortPolicy &Policy) {
  if (!Ports.Known.empty() || Ports.Unknown)
    Why.add(Policy.findUndrawable(Ports));
  return Why;
}

Silence EphemeralListenPortCheck::checkListen(const CallExpr *Listen,
                                              const FunctionFlow &Flow) {
  IntValues Ports;
  Silence Why;
  bool IsBound = false;
  forEachBindOf(Flow, Listen, [&](const CallExpr *Bind, Place At) {
    IsBound = true;
    Silence Other = addPortsByCaller(*Unit, Bind, At, Ports);
    if (!Other)
      Other = addPorts(Bind, At, Ports);
    Why.add(Other);
  });
  std::vector<DrawablePort> Drawable = Policy.getDrawable(Ports);
  report(Listen->getBeginLoc(), Listen->getSourceRange(), Drawable);
  if (!Drawable.empty())
    return {};
  return IsBound ? combine(Why, Ports, Policy) : SilenceReason::NotBound;
}

Silence EphemeralListenPortCheck::checkLibraryCall(const Expr *Call,
                                                   const FunctionFlow *Flow) {
  IntValues Ports;
  ApiCall Listen = findApiCall(Call, ApiRole::Listen);
  for (const LibraryTarget &Target : findTargets(*Unit, Flow, Listen))
    Ports.add(Target.Ports);
  std::vector<DrawablePort> Drawable = Policy.getDrawable(Ports);
  report(getReportLocation(Call), Call->getSourceRange(), Drawable, &Listen);
  if (!Drawable.empty())
    return {};
  // Without a target, it is no address of TCP.
  return combine(SilenceReason::OtherFamily, Ports, Policy);
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
      diag(noteLocation(Port.Origin), "%0", DiagnosticIDs::Note)
          << Port.explainOrigin();
    std::string ByteOrder = Port.explainByteOrder();
    if (!ByteOrder.empty())
      diag(noteLocation(Port.Origin), "%0", DiagnosticIDs::Note) << ByteOrder;
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
