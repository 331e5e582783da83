//===- RetryLoopCheck.cpp - selfconnect-retry-loop ------------------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "RetryLoopCheck.h"
#include "analysis/api/NetworkApi.h"
#include "analysis/code/FunctionFlow.h"
#include "analysis/endpoint/OwnListener.h"
#include "analysis/endpoint/Sockets.h"
#include "compat/Compat.h"
#include "clang/ASTMatchers/ASTMatchFinder.h"
#include <set>

using namespace clang::ast_matchers;

namespace clang {
namespace tidy {
namespace selfconnect {

static constexpr const char RetryMessage[] =
    "retried connect() can connect to itself when no server is listening";

RetryLoopCheck::RetryLoopCheck(StringRef Name, ClangTidyContext *Context)
    : FixingCheck(Name, Context), Policy(*this, Options),
      Summaries(*this, Options, getCurrentMainFile(), areFixesAppliedAlone()),
      Apis(*this, Options, getCurrentMainFile(), ApiRole::Connect, Summaries),
      Silences(*this, Options),
      RawMinConfidence(compat::getOption(Options, "MinConfidence", "possible")),
      RawMinRetries(compat::getOption(Options, "MinRetries", "2")),
      RawExtraGuards(compat::getOption(Options, "ExtraGuardFunctions", "")) {
  if (RawMinConfidence == "certain")
    MaxUnknowns = 0;
  else if (RawMinConfidence == "likely")
    MaxUnknowns = 1;
  else if (RawMinConfidence != "possible")
    configurationDiag("invalid value for option 'MinConfidence': '%0' is not "
                      "certain, likely or possible",
                      DiagnosticIDs::Error)
        << RawMinConfidence;
  if (StringRef(RawMinRetries).getAsInteger(10, MinRetries))
    configurationDiag("invalid value for option 'MinRetries': '%0' is not a "
                      "number of tries, such as 2",
                      DiagnosticIDs::Error)
        << RawMinRetries;
  SmallVector<StringRef, 4> Names;
  StringRef(RawExtraGuards).split(Names, ';', -1, /*KeepEmpty=*/false);
  for (StringRef Guard : Names)
    ExtraGuards.push_back(Guard.trim().str());
  Summaries.setGuards(ExtraGuards);
}

void RetryLoopCheck::storeOptions(ClangTidyOptions::OptionMap &Opts) {
  Policy.store(Options, Opts);
  Apis.store(Options, Opts);
  Summaries.store(Options, Opts);
  Silences.store(Options, Opts);
  Options.store(Opts, "MinConfidence", RawMinConfidence);
  Options.store(Opts, "MinRetries", RawMinRetries);
  Options.store(Opts, "ExtraGuardFunctions", RawExtraGuards);
}

void RetryLoopCheck::registerMatchers(MatchFinder *Finder) {
  Apis.addMatchers(*Finder, *this);
}

void RetryLoopCheck::check(const MatchFinder::MatchResult &Result) {
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

Silence RetryLoopCheck::checkCall(const Expr *Call,
                                  const FunctionDecl *Function) {
  const FunctionFlow *Flow = Function ? Unit->getFlow(Function) : nullptr;
  if (Function && !Flow) // Broken code.
    return SilenceReason::Unfollowed;
  if (Function && !Flow->find(Call).Block)
    return SilenceReason::Unreached;
  const auto *Attempt = dyn_cast<CallExpr>(Call);
  if (!Attempt || getApiRole(Attempt) != ApiRole::Connect)
    return checkLibraryCall(Call, Flow);
  return Flow ? checkAttempt(Attempt, *Flow) : SilenceReason::NotCalledAgain;
}

Silence RetryLoopCheck::checkAttempt(const CallExpr *Attempt,
                                     const FunctionFlow &Flow) {
  Endpoint Destination = findEndpoint(Flow, Attempt);
  if (Silence Other = findOtherProtocol(Flow, Attempt, Destination))
    return Other;
  std::vector<DrawablePort> Ports = Policy.getDrawable(Destination.Ports);
  if (Ports.empty() && !Destination.Ports.Unknown)
    return Policy.findUndrawable(Destination.Ports);
  unsigned Unknowns = (Destination.Host == HostKind::Unknown) + Ports.empty();
  if (Unknowns > MaxUnknowns)
    return SilenceReason::Unsure;
  if (Silence Own = findOwnListener(Flow, Attempt))
    return Own;
  Source From = findSource(Flow, Attempt);
  if (Silence Obstacle = From.findObstacle(Destination))
    return Obstacle;

  // Who confines the source port means to keep it off something.
  if (std::optional<LocalPortRange> Own = findLocalPortRange(Flow, Attempt))
    if (!Own->isKnown() || llvm::none_of(Ports, [&](const DrawablePort &Port) {
          return Port.Port >= Own->Low &&
                 (Own->High == 0 || Port.Port <= Own->High);
        }))
      return {SilenceReason::SourceConfined, Own->SetAt};

  MeetingPoint Point;
  Point.HostText = Destination.HostText;
  if (!Ports.empty())
    Point.Port = Ports.front();
  Point.BoundFirst = From.Bound;
  Point.ReusesAddress = From.Bound && reusesAddress(Flow, Attempt);
  AttemptContext Context(Flow, Attempt, ExtraGuards);
  for (const DrawablePort &Port : Ports)
    Context.Ports.push_back(Port.Port);
  return reportIfRetried(Context, Point);
}

Silence RetryLoopCheck::reportIfRetried(const AttemptContext &Context,
                                        const MeetingPoint &Point,
                                        const ApiRow *Row) {
  const SummaryAttempt *Learned = Row ? Row->Attempt : nullptr;
  Answer<RetryCycle> Cycle = Silence(SilenceReason::NotToldApart);
  if (!Learned || Learned->TellsRefusal)
    Cycle = findRetryCycle(Context, Row && Row->Later);
  // What the function itself repeats is told where it is known best.
  bool KnowsMore = Point.Port || !Point.HostText.empty();
  if (!Cycle && Learned && Learned->Cycle && KnowsMore)
    Cycle = getHeldCycle(*Learned, Context.Attempt);
  if (!Cycle)
    return Cycle.why();
  if (Cycle->Tries && *Cycle->Tries < MinRetries) {
    Silence Few(SilenceReason::TooFewTries, Cycle->LoopLocation);
    Few.Low = static_cast<int64_t>(*Cycle->Tries);
    return Few;
  }
  report(Context.Attempt, Context.Flow, Point, *Cycle, Learned);
  return {};
}

RetryCycle RetryLoopCheck::getHeldCycle(const SummaryAttempt &Learned,
                                        const Expr *Call) const {
  RetryCycle Cycle;
  Cycle.Socket = Learned.Cycle->NewSocket ? ::selfconnect::SocketMode::New
                                          : ::selfconnect::SocketMode::Same;
  const LearnedRows *Rows = LearnedRows::current();
  Cycle.SocketLocation = Rows && !Learned.Path.empty()
                             ? Rows->locate(Learned.Path.back().At)
                             : SourceLocation();
  if (Cycle.SocketLocation.isInvalid())
    Cycle.SocketLocation = Call->getBeginLoc();
  if (Rows)
    Cycle.LoopLocation = Rows->locate(Learned.Cycle->Loop);
  Cycle.Tries = Learned.Cycle->Tries;
  Cycle.PauseSeconds = Learned.Cycle->PauseSeconds;
  return Cycle;
}

void RetryLoopCheck::recordCycleCall(const ApiCall &Call,
                                     llvm::StringRef Said) const {
  if (!Call.Row->Attempt || !Call.Row->Attempt->Cycle)
    return;
  ASTContext &Context = Unit->getContext();
  Summaries.session(Context).addCycleCall(
      {getUsr(Call.Callee), Summaries.place(Call.Site->getExprLoc(), Context),
       Said.str()});
}

Silence RetryLoopCheck::checkLibraryCall(const Expr *Call,
                                         const FunctionFlow *Flow) {
  ApiCall Connect = findApiCall(Call, ApiRole::Connect);
  if (!Connect)
    return {};
  if (Connect.Row->Reconnects) {
    Silence Why = checkReconnecting(Connect, Flow);
    if (!Why || !Connect.Row->ReturnsRefusal || !Flow)
      return Why;
    // What the library repeats is not certain; what the caller repeats may be.
    Silence Told = checkLibraryAttempt(Connect, *Flow);
    if (Told)
      Told.add(Why);
    return Told;
  }
  if (!Flow ||
      (Connect.Row->Later && Connect.Row->Kind == ApiKind::Constructor))
    return SilenceReason::NotCalledAgain;
  return checkLibraryAttempt(Connect, *Flow);
}

/// Why Target, one of a library's, is none that a socket meets itself at.
static Silence findHarmless(const LibraryTarget &Target, bool HasDrawable,
                            const PortPolicy &Policy) {
  if (Target.Host == HostKind::Remote) {
    Silence Other(SilenceReason::OtherHost);
    Other.Text = Target.HostText;
    return Other;
  }
  if (HasDrawable || Target.Ports.Unknown)
    return {};
  return Policy.findUndrawable(Target.Ports);
}

Silence RetryLoopCheck::checkLibraryAttempt(const ApiCall &Connect,
                                            const FunctionFlow &Flow) {
  // Of the endpoints that it may have, the one that is known best.
  unsigned Fewest = MaxUnknowns + 1;
  MeetingPoint Point;
  std::vector<LibraryTarget> Targets = findTargets(*Unit, &Flow, Connect);
  if (Connect.Row->Attempt && Connect.Row->Attempt->Guarded)
    return SilenceReason::Guarded;
  // Without any, it is no address of TCP.
  Silence Why;
  if (Targets.empty())
    Why = SilenceReason::OtherFamily;
  for (const LibraryTarget &Target : Targets) {
    std::vector<DrawablePort> Ports = Policy.getDrawable(Target.Ports);
    if (Silence Harmless = findHarmless(Target, !Ports.empty(), Policy)) {
      Why.add(Harmless);
      continue;
    }
    Why.add(SilenceReason::Unsure);
    unsigned Unknowns = (Target.Host == HostKind::Unknown) + Ports.empty();
    if (Unknowns >= Fewest)
      continue;
    Fewest = Unknowns;
    Point.HostText = Target.HostText;
    Point.Port =
        Ports.empty() ? std::nullopt : std::make_optional(Ports.front());
  }
  if (Fewest <= MaxUnknowns)
    Why = reportIfRetried(AttemptContext(Flow, Connect, ExtraGuards), Point,
                          Connect.Row);
  recordCycleCall(Connect, !Why ? "reported"
                           : Fewest > MaxUnknowns && MaxUnknowns == 2
                               ? "harmless"
                               : "unknown");
  return Why;
}

Silence RetryLoopCheck::checkReconnecting(const ApiCall &Connect,
                                          const FunctionFlow *Flow) {
  Silence Why(SilenceReason::OtherFamily);
  // Nothing is seen of the loop but the endpoint, so that has to be certain.
  std::set<int64_t> Reported;
  for (const LibraryTarget &Target : findTargets(*Unit, Flow, Connect)) {
    std::vector<DrawablePort> Ports = Policy.getDrawable(Target.Ports);
    Why.add(findHarmless(Target, !Ports.empty(), Policy));
    if (Target.Host != HostKind::SameHost) {
      Why.add(SilenceReason::HostUnknown);
      continue;
    }
    if (Ports.empty())
      Why.add(SilenceReason::PortUnknown);
    for (const DrawablePort &Port : Ports)
      if (Reported.insert(Port.Port).second)
        reportReconnecting(Connect, Target, Port);
  }
  return Reported.empty() ? Why : Silence();
}

void RetryLoopCheck::report(const Expr *Attempt, const FunctionFlow &Flow,
                            const MeetingPoint &Point, const RetryCycle &Cycle,
                            const SummaryAttempt *Learned) {
  const std::optional<DrawablePort> &Port = Point.Port;
  const auto *Call = dyn_cast<CallExpr>(Attempt);
  bool OfKernel = Call && getApiRole(Call) == ApiRole::Connect;
  SourceLocation Location = getReportLocation(Attempt);
  llvm::SmallVector<FixItHint, 2> Edits;
  if (OfKernel)
    Edits = Fixes.make(Flow, Call, Cycle, areFixesAppliedAlone());
  diag(Location, RetryMessage) << Attempt->getSourceRange() << Edits;
  Summaries.recordIfSuppressed("selfconnect-retry-loop", RetryMessage, Location,
                               Unit->getContext());

  diag(noteLocation(Cycle.SocketLocation),
       Cycle.Socket == ::selfconnect::SocketMode::New
           ? "a new socket is created on each iteration"
           : "the same socket is connected again",
       DiagnosticIDs::Note);
  if (Port && Port->Origin.isValid())
    diag(noteLocation(Port->Origin), "%0", DiagnosticIDs::Note)
        << Port->explainOrigin();
  std::string ByteOrder = Port ? Port->explainByteOrder() : "";
  if (!ByteOrder.empty())
    diag(noteLocation(Port->Origin), "%0", DiagnosticIDs::Note) << ByteOrder;
  if (Learned)
    Summaries.noteWay(*this, Learned->Path, "connects", Attempt,
                      Unit->getContext());
  if (Cycle.LoopLocation.isValid())
    diag(noteLocation(Cycle.LoopLocation), "the loop is here",
         DiagnosticIDs::Note);

  if (Port) {
    // A socket that is used again keeps a bound port for its first try only.
    auto Drawn =
        Point.BoundFirst && Cycle.Socket == ::selfconnect::SocketMode::New
            ? ::selfconnect::SourcePort::BindAny
            : ::selfconnect::SourcePort::Unbound;
    diag(Location, "%0", DiagnosticIDs::Note)
        << Policy.explain(Port->Port, Drawn);
    std::string Prediction = PortPolicy::predictInWords(
        Policy.predict(Port->Port, Drawn), Cycle.Tries, Cycle.PauseSeconds);
    if (!Prediction.empty())
      diag(Location, "%0", DiagnosticIDs::Note) << Prediction;
  }
  diag(Location,
       "reject a socket whose local and remote endpoints are equal, or use a "
       "port outside the range",
       DiagnosticIDs::Note);
  if (Edits.empty() && OfKernel) {
    std::string Line = GuardFix::describe(Flow, Call);
    if (!Line.empty())
      diag(Location, "%0", DiagnosticIDs::Note) << Line;
  }

  ::selfconnect::ReproduceNote Note;
  Note.socket = Cycle.Socket;
  Note.tries = Cycle.Tries;
  Note.bindAnyPort = Point.BoundFirst;
  Note.reuseaddr = Point.BoundFirst && Point.ReusesAddress;
  if (!Point.HostText.empty())
    Note.target.host = Point.HostText;
  if (Port)
    Note.target.port = static_cast<uint16_t>(Port->Port);
  diag(Location, "%0", DiagnosticIDs::Note) << Note.str();
}

void RetryLoopCheck::reportReconnecting(const ApiCall &Connect,
                                        const LibraryTarget &Target,
                                        const DrawablePort &Port) {
  const Expr *Call = Connect.Site;
  SourceLocation Location = getReportLocation(Call);
  diag(Location, RetryMessage) << Call->getSourceRange();
  Summaries.recordIfSuppressed("selfconnect-retry-loop", RetryMessage, Location,
                               Unit->getContext());
  diag(Location, "reconnects by itself", DiagnosticIDs::Note);
  if (Port.Origin.isValid())
    diag(noteLocation(Port.Origin), "%0", DiagnosticIDs::Note)
        << Port.explainOrigin();
  if (Connect.Row->Attempt)
    Summaries.noteWay(*this, Connect.Row->Attempt->Path, "connects", Call,
                      Unit->getContext());
  diag(Location, "%0", DiagnosticIDs::Note) << Policy.explain(Port.Port);
  diag(Location,
       "reject a socket whose local and remote endpoints are equal, or use a "
       "port outside the range",
       DiagnosticIDs::Note);
  ::selfconnect::ReproduceNote Note;
  Note.target.host = Target.HostText;
  Note.target.port = static_cast<uint16_t>(Port.Port);
  diag(Location, "%0", DiagnosticIDs::Note) << Note.str();
}

} // namespace selfconnect
} // namespace tidy
} // namespace clang
