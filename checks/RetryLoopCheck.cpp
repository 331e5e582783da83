//===- RetryLoopCheck.cpp - selfconnect-retry-loop ------------------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "RetryLoopCheck.h"
#include "analysis/FunctionFlow.h"
#include "analysis/NetworkApi.h"
#include "analysis/Sockets.h"
#include "compat/Compat.h"
#include "clang/ASTMatchers/ASTMatchFinder.h"

using namespace clang::ast_matchers;

namespace clang {
namespace tidy {
namespace selfconnect {

RetryLoopCheck::RetryLoopCheck(StringRef Name, ClangTidyContext *Context)
    : ClangTidyCheck(Name, Context), Policy(*this, Options),
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
}

void RetryLoopCheck::storeOptions(ClangTidyOptions::OptionMap &Opts) {
  Policy.store(Options, Opts);
  Options.store(Opts, "MinConfidence", RawMinConfidence);
  Options.store(Opts, "MinRetries", RawMinRetries);
  Options.store(Opts, "ExtraGuardFunctions", RawExtraGuards);
}

void RetryLoopCheck::registerMatchers(MatchFinder *Finder) {
  Finder->addMatcher(
      callExpr(callee(functionDecl(hasName("::connect"), parameterCountIs(3))),
               forFunction(functionDecl().bind("function")))
          .bind("attempt"),
      this);
}

void RetryLoopCheck::check(const MatchFinder::MatchResult &Result) {
  const auto *Attempt = Result.Nodes.getNodeAs<CallExpr>("attempt");
  const auto *Function = Result.Nodes.getNodeAs<FunctionDecl>("function");
  if (getApiRole(Attempt) != ApiRole::Connect)
    return;
  if (!Unit)
    Unit = std::make_unique<TranslationUnit>(*Result.Context);
  const FunctionFlow *Flow = Unit->getFlow(Function);
  // Broken code, or an attempt that is never reached.
  if (!Flow || !Flow->find(Attempt).Block)
    return;

  Endpoint Destination = findEndpoint(*Flow, Attempt);
  if (Destination.Host == HostKind::Remote ||
      !mayBeTcp(*Flow, Attempt, Destination))
    return;
  std::vector<DrawablePort> Ports = Policy.getDrawable(Destination.Ports);
  if (Ports.empty() && !Destination.Ports.Unknown)
    return;
  unsigned Unknowns = (Destination.Host == HostKind::Unknown) + Ports.empty();
  if (Unknowns > MaxUnknowns || hasFixedSourcePort(*Flow, Attempt))
    return;

  AttemptContext Context(*Flow, Attempt, ExtraGuards);
  std::optional<RetryCycle> Cycle = findRetryCycle(Context);
  if (!Cycle || (Cycle->Tries && *Cycle->Tries < MinRetries))
    return;
  report(Attempt, Destination, Ports.empty() ? nullptr : &Ports.front(),
         *Cycle);
}

void RetryLoopCheck::report(const CallExpr *Attempt,
                            const Endpoint &Destination,
                            const DrawablePort *Port, const RetryCycle &Cycle) {
  SourceLocation Location = Attempt->getBeginLoc();
  diag(Location, "retried connect() can connect to itself when no server is "
                 "listening")
      << Attempt->getSourceRange();

  diag(Cycle.SocketLocation,
       Cycle.Socket == ::selfconnect::SocketMode::New
           ? "a new socket is created on each iteration"
           : "the same socket is connected again",
       DiagnosticIDs::Note);
  if (Port && Port->Origin.isValid())
    diag(Port->Origin, "%0", DiagnosticIDs::Note) << Port->explainOrigin();
  if (Cycle.LoopLocation.isValid())
    diag(Cycle.LoopLocation, "the loop is here", DiagnosticIDs::Note);

  if (Port) {
    diag(Location, "%0", DiagnosticIDs::Note) << Policy.explain(Port->Port);
    std::string Prediction =
        Policy.predictInWords(Port->Port, Cycle.Tries, Cycle.PauseSeconds);
    if (!Prediction.empty())
      diag(Location, "%0", DiagnosticIDs::Note) << Prediction;
  }
  diag(Location,
       "reject a socket whose local and remote endpoints are equal, or use a "
       "port outside the range",
       DiagnosticIDs::Note);

  ::selfconnect::ReproduceNote Note;
  Note.socket = Cycle.Socket;
  if (Destination.Host == HostKind::SameHost)
    Note.target.host = Destination.HostText;
  if (Port)
    Note.target.port = static_cast<uint16_t>(Port->Port);
  diag(Location, "%0", DiagnosticIDs::Note) << Note.str();
}

} // namespace selfconnect
} // namespace tidy
} // namespace clang
