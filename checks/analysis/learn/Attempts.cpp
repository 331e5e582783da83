//===- Attempts.cpp - what functions do that connect or listen ------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Attempts.h"
#include "../api/LearnedRows.h"
#include "../api/NetworkApi.h"
#include "../attempt/Explorer.h"
#include "../endpoint/Binds.h"
#include "../endpoint/Sockets.h"
#include "../retry/Guard.h"
#include "../retry/RetryCycle.h"
#include "../summary/SummaryJson.h"
#include "Words.h"
#include "clang/AST/ExprCXX.h"

namespace clang {
namespace tidy {
namespace selfconnect {

/// Adds what Known does not have yet.
template <typename T>
static void addNew(const std::vector<T> &Facts, std::vector<T> &Known) {
  // How many attempts of one function are told apart.
  static constexpr size_t MaxFacts = 8;
  for (const T &Fact : Facts)
    if (Known.size() < MaxFacts && llvm::none_of(Known, [&](const T &Other) {
          return haveSameFacts(Other, Fact);
        }))
      Known.push_back(Fact);
}

namespace {

/// One call that connects.
class AttemptLearner {
public:
  AttemptLearner(const Expr *Call, const ApiCall &Library,
                 const FunctionFlow &Flow, RowsOfUnit &Rows)
      : Call(Call), Library(Library), Flow(Flow), Rows(Rows),
        Say(Rows.Unit, Rows.Options) {}

  void learn(const Opening &From);

private:
  bool addTarget(const Opening &From, SummaryAttempt &To) const;
  bool addKernelTarget(const CallExpr *Connect, const Opening &From,
                       SummaryAttempt &To) const;
  void addPath(const Opening &From, SummaryAttempt &To) const;
  void addSocket(const AttemptContext &Context, const FunctionDecl *Root,
                 SummaryAttempt &To) const;
  void addCycle(const AttemptContext &Context, SummaryAttempt &To) const;

  /// The attempt as one function sees it, and as its callers do, by their
  /// calls. Openings share what they have in common: to explore it is the work.
  struct Level {
    std::unique_ptr<AttemptContext> Context;
    std::map<const CallExpr *, Level> Outer;
  };
  bool comesByTwice(const Opening &From) const;
  bool collectContexts(const Opening &From,
                       std::vector<const AttemptContext *> &Contexts);

  const Expr *Call;
  const ApiCall &Library;
  const FunctionFlow &Flow;
  RowsOfUnit &Rows;
  Words Say;
  Level Innermost;
};

} // namespace

/// What the attempt is made to; false if it is none of TCP.
bool AttemptLearner::addTarget(const Opening &From, SummaryAttempt &To) const {
  if (!Library)
    return addKernelTarget(cast<CallExpr>(Call), From, To);
  std::vector<LibraryTarget> Targets =
      findTargets(Rows.Unit, &Flow, Library, From.Via);
  if (Targets.empty())
    return false;
  IntValues Ports;
  for (const LibraryTarget &Target : Targets) {
    Ports.add(Target.Ports);
    Say.addHost(Target.Host, Target.HostText, Target.OpenHost, From.Root,
                To.Hosts);
    if (std::optional<SummaryPath> Address =
            Say.path(Target.OpenAddress, From.Root))
      To.Address = Address;
  }
  To.Ports = Say.ports(Ports, From.Root);
  return true;
}

bool AttemptLearner::addKernelTarget(const CallExpr *Connect,
                                     const Opening &From,
                                     SummaryAttempt &To) const {
  Endpoint Destination = findEndpoint(Flow, Connect, 1, From.Via);
  if (findOtherProtocol(Flow, Connect, Destination, From.Via))
    return false;
  To.Harmless = bool(findSource(Flow, Connect).findObstacle(Destination));
  To.Ports = Say.ports(Destination.Ports, From.Root);
  Say.addHost(Destination.Host, Destination.HostText, Destination.OpenHost,
              From.Root, To.Hosts);
  To.Address = Say.path(Destination.OpenAddress, From.Root);
  return true;
}

/// The calls from the opening down to the function of the call.
static void addWayDown(const Opening &From, const Words &Say,
                       std::vector<SummaryStep> &Path) {
  const FunctionDecl *In = From.Root;
  for (size_t I = 0; I != From.Calls.size(); ++I) {
    Path.push_back({Say.name(In), Say.place(From.Calls[I]->getExprLoc())});
    In = From.Callees[I];
  }
}

/// From the opening down to the call, and on in other files.
void AttemptLearner::addPath(const Opening &From, SummaryAttempt &To) const {
  addWayDown(From, Say, To.Path);
  To.Path.push_back(
      {Say.name(Flow.getFunction()), Say.place(Call->getExprLoc())});
  if (Library && Library.Row->Attempt)
    To.Path.insert(To.Path.end(), Library.Row->Attempt->Path.begin(),
                   Library.Row->Attempt->Path.end());
}

void AttemptLearner::addSocket(const AttemptContext &Context,
                               const FunctionDecl *Root,
                               SummaryAttempt &To) const {
  for (const AccessPath &Path : Context.Destination)
    if (std::optional<SummaryPath> Said = Say.path(Path, Root))
      if (!llvm::is_contained(To.MadeFrom, *Said))
        To.MadeFrom.push_back(*Said);
  llvm::sort(To.MadeFrom);
  if (Context.CreatedInside || Context.CreatedByLibrary) {
    To.Creates = true;
    return;
  }
  const auto *Kernel = Library ? nullptr : cast<CallExpr>(Call);
  if (Kernel && Context.Attempt == Call) {
    SocketOrigins Origins =
        findSocketOrigins(Flow, Context.Socket, Context.Attempt);
    To.Creates = Origins.getMaker() != nullptr;
  }
  if (!To.Creates)
    To.Socket = Say.path(Context.Socket, Root);
  // Neither handed in nor kept: it can only have been made.
  To.Creates |= !To.Socket && Context.Socket.getRoot() &&
                Context.Socket.getRoot()->hasLocalStorage();
}

void AttemptLearner::addCycle(const AttemptContext &Context,
                              SummaryAttempt &To) const {
  Answer<RetryCycle> Cycle = findOwnCycle(Context);
  if (Cycle) {
    SummaryCycle Said;
    Said.Tries = Cycle->Tries;
    Said.PauseSeconds = Cycle->PauseSeconds;
    Said.NewSocket = Cycle->Socket == ::selfconnect::SocketMode::New;
    Said.Loop = Say.place(Cycle->LoopLocation);
    To.Cycle = Said;
  } else if (Library && Library.Row->Attempt) {
    To.Cycle = Library.Row->Attempt->Cycle;
  }
}

/// From the call outwards, each in the words of the next. False where a call on
/// the way is not in sight.
bool AttemptLearner::collectContexts(
    const Opening &From, std::vector<const AttemptContext *> &Contexts) {
  Level *At = &Innermost;
  if (!At->Context)
    At->Context =
        Library ? std::make_unique<AttemptContext>(Flow, Library,
                                                   Rows.Options.ExtraGuards)
                : std::make_unique<AttemptContext>(Flow, cast<CallExpr>(Call),
                                                   Rows.Options.ExtraGuards);
  Contexts.push_back(At->Context.get());
  for (const CallExpr *Next : llvm::reverse(From.Calls)) {
    // The entries of the opening know the callers.
    const Entry *Via = From.Via;
    while (Via && Via->Call != Next)
      Via = Via->From.Via;
    if (!Via || !Via->From.Flow)
      return false;
    const AttemptContext &Inner = *At->Context;
    At = &At->Outer[Next];
    if (!At->Context)
      At->Context =
          std::make_unique<AttemptContext>(*Via->From.Flow, Next, Inner);
    Contexts.push_back(At->Context.get());
  }
  return true;
}

/// True if what the attempt is made to does not depend on callers.
static bool isKnownWhole(const SummaryAttempt &Attempt) {
  return llvm::all_of(Attempt.Hosts,
                      [](const SummaryValue &Host) { return Host.Text; }) &&
         llvm::all_of(Attempt.Ports, [](const SummaryValue &Port) {
           return Port.Number.has_value();
         });
}

/// True if the way from the opening down, and on in other files, comes by one
/// function twice: a recursion, which says nothing new.
bool AttemptLearner::comesByTwice(const Opening &From) const {
  if (!Library || !Library.Row->Attempt)
    return false;
  auto IsBelow = [&](const FunctionDecl *Function) {
    return llvm::any_of(Library.Row->Attempt->Path,
                        [Name = Say.name(Function)](const SummaryStep &Step) {
                          return Step.Name == Name;
                        });
  };
  return IsBelow(From.Root) || llvm::any_of(From.Callees, IsBelow);
}

void AttemptLearner::learn(const Opening &From) {
  SummaryAttempt Attempt;
  if (comesByTwice(From))
    return;
  if (getSummaryName(From.Root).empty() || !addTarget(From, Attempt))
    return;
  if (Library && Library.Row->Reconnects && isKnownWhole(Attempt))
    return; // It is reported where it stands.
  std::vector<const AttemptContext *> Contexts;
  if (!collectContexts(From, Contexts))
    return;
  for (const AttemptContext *Context : Contexts) {
    Attempt.Guarded |= isGuarded(*Context);
    if (!Attempt.Cycle)
      addCycle(*Context, Attempt);
  }
  const AttemptContext &Outermost = *Contexts.back();
  auto OutcomeIn = [&](World Which) {
    return findOutcome(Outermost, Which,
                       [](const AccessPath &Path) { return Path; });
  };
  Attempt.Reconnects = Library && Library.Row->Reconnects;
  Attempt.TellsRefusal =
      (!Library || Library.Row->isTold()) &&
      OutcomeIn(World::Refused) != OutcomeIn(World::Connected);
  for (unsigned I = 0; I != SummaryAttempt::Worlds; ++I)
    Attempt.Outcomes[I] =
        Say.outcome(OutcomeIn(static_cast<World>(I)), From.Root);
  addSocket(Outermost, From.Root, Attempt);
  addPath(From, Attempt);
  if (Library)
    Attempt.Later = Library.Row->Later;
  Attempt.Suppressed =
      (Library && Library.Row->Attempt && Library.Row->Attempt->Suppressed) ||
      Rows.Options.IsSuppressed(Call->getExprLoc(), "selfconnect-retry-loop");
  std::vector<SummaryAttempt> &Known = Rows.get(From.Root).Attempts;
  addNew({std::move(Attempt)}, Known);
}

/// The ports that a call of listen() in Flow, or of a library, listens on.
static IntValues findListenPorts(const Expr *Call, const ApiCall &Library,
                                 const FunctionFlow &Flow, const Entry *Via) {
  IntValues Ports;
  if (Library) {
    for (const LibraryTarget &Target :
         findTargets(Flow.getUnit(), &Flow, Library, Via))
      // The port of a text is known to whoever gives the text.
      Ports.add(Target.OpenText.isValid()
                    ? IntValues::open(Target.OpenText, Call->getBeginLoc())
                    : Target.Ports);
    return Ports;
  }
  forEachBindOf(
      Flow, cast<CallExpr>(Call),
      [&](const CallExpr *Bind, Place At) {
        Endpoint Address = findEndpoint(*At.Flow, Bind, 1, At.Via);
        if (!findOtherProtocol(*At.Flow, Bind, Address, At.Via))
          Ports.add(Address.Ports);
      },
      Via);
  return Ports;
}

static void learnListen(const Expr *Call, const ApiCall &Library,
                        const FunctionFlow &Flow, RowsOfUnit &Rows) {
  Words Say(Rows.Unit, Rows.Options);
  forEachOpening(Flow, [&](const Opening &From) {
    SummaryListen Listen;
    Listen.Ports =
        Say.ports(findListenPorts(Call, Library, Flow, From.Via), From.Root);
    // What the function itself knows is reported where it stands.
    llvm::erase_if(Listen.Ports,
                   [](const SummaryValue &Port) { return !Port.From; });
    if (Listen.Ports.empty() || getSummaryName(From.Root).empty())
      return;
    addWayDown(From, Say, Listen.Path);
    Listen.Path.push_back(
        {Say.name(Flow.getFunction()), Say.place(Call->getExprLoc())});
    if (Library && Library.Row->Listening)
      Listen.Path.insert(Listen.Path.end(),
                         Library.Row->Listening->Path.begin(),
                         Library.Row->Listening->Path.end());
    Listen.Suppressed = Rows.Options.IsSuppressed(
        Call->getExprLoc(), "selfconnect-ephemeral-listen-port");
    Rows.get(From.Root).Listens.push_back(std::move(Listen));
  });
}

void learnLeads(RowsOfUnit &Rows) {
  // How many functions one function leads to.
  static constexpr size_t MaxLeads = 16;
  LearnedRows *Elsewhere = LearnedRows::current();
  if (!Elsewhere)
    return;
  std::map<const FunctionDecl *, std::vector<std::string>> Leads;
  for (const FunctionDecl *Target : Rows.Unit.getCalledElsewhere()) {
    std::vector<std::string> To;
    for (const Summary *Row : Elsewhere->find(Target)) {
      To.insert(To.end(), Row->LeadsTo.begin(), Row->LeadsTo.end());
      if (!Row->Attempts.empty())
        To.push_back(getUsr(Target));
    }
    if (To.empty())
      continue;
    for (const FunctionDecl *Caller : Rows.Unit.getCallersOf(Target))
      if (Caller != Target && Caller->hasBody() && !Caller->isMain() &&
          Caller->isExternallyVisible() && !getSummaryName(Caller).empty()) {
        std::vector<std::string> &Known = Leads[Caller];
        Known.insert(Known.end(), To.begin(), To.end());
      }
  }
  for (auto &[Caller, To] : Leads) {
    llvm::sort(To);
    To.erase(std::unique(To.begin(), To.end()), To.end());
    if (To.size() <= MaxLeads)
      Rows.get(Caller).LeadsTo = To;
  }
}

void learnTables(RowsOfUnit &Rows) {
  LearnedRows *Elsewhere = LearnedRows::current();
  for (const TranslationUnit::TableEntry &Entry :
       Rows.Unit.getTableEntries()) {
    std::vector<const Summary *> Held;
    auto Own = Rows.Rows.find(getUsr(Entry.Function));
    if (Own != Rows.Rows.end())
      Held.push_back(&Own->second);
    else if (Elsewhere)
      Held = Elsewhere->find(Entry.Function).vec();
    if (llvm::none_of(Held, [](const Summary *Row) {
          return !Row->Attempts.empty() || !Row->Listens.empty();
        }))
      continue;
    Summary &Row = Rows.get(Entry.Field);
    for (const Summary *Each : Held) {
      addNew(Each->Attempts, Row.Attempts);
      addNew(Each->Listens, Row.Listens);
    }
  }
}

void learnCall(const Expr *Call, const FunctionDecl *Around, RowsOfUnit &Rows) {
  if (!getCalledName(Call))
    return;
  const auto *Kernel = dyn_cast<CallExpr>(Call);
  ApiRole Role = Kernel ? getApiRole(Kernel) : ApiRole::None;
  if (Role == ApiRole::Create)
    Rows.Makers.insert(Around);
  ApiCall Connect, Listen;
  if (Role != ApiRole::Connect && Role != ApiRole::Listen) {
    Connect = findApiCall(Call, ApiRole::Connect);
    Listen = findApiCall(Call, ApiRole::Listen);
  }
  bool Connects = Role == ApiRole::Connect || Connect;
  bool Listens = Role == ApiRole::Listen || Listen;
  const FunctionFlow *Flow =
      Connects || Listens ? Rows.Unit.getFlow(Around) : nullptr;
  if (!Flow || !Flow->find(Call).Block)
    return;
  if (Connects) {
    AttemptLearner Learner(Call, Connect, *Flow, Rows);
    forEachOpening(*Flow, [&](const Opening &From) { Learner.learn(From); });
  }
  if (Listens)
    learnListen(Call, Listen, *Flow, Rows);
}

} // namespace selfconnect
} // namespace tidy
} // namespace clang
