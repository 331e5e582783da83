//===- SilenceOption.cpp - say why something is not reported --------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "SilenceOption.h"
#include "ApiOption.h"
#include "compat/Compat.h"
#include "clang/Basic/SourceManager.h"

namespace clang {
namespace tidy {
namespace selfconnect {

static constexpr const char *SilenceOptionName = "ExplainSilence";
/// What reads the warnings passes over this one: the same for all checks.
static constexpr const char *SilenceMessage = "not reported";

SilenceOption::SilenceOption(ClangTidyCheck &Check,
                             const ClangTidyCheck::OptionsView &Options)
    : Raw(compat::getOption(Options, SilenceOptionName, "false")),
      IsWanted(Raw == "true" || Raw == "1") {
  if (!IsWanted && Raw != "false" && Raw != "0")
    Check.configurationDiag(
        "invalid value for option '%0': '%1' is not true or false",
        DiagnosticIDs::Error)
        << SilenceOptionName << Raw;
}

void SilenceOption::store(const ClangTidyCheck::OptionsView &Options,
                          ClangTidyOptions::OptionMap &Opts) const {
  Options.store(Opts, SilenceOptionName, Raw);
}

void SilenceOption::record(const Expr *Call, Silence Why,
                           const SourceManager &Sources) {
  if (!IsWanted)
    return;
  SourceLocation At = getReportLocation(Call);
  Said &One = Calls[Sources.getFileLoc(At)];
  One.At = At;
  One.Range = Call->getSourceRange();
  One.Reported |= !Why;
  Why.At = Sources.getFileLoc(Why.At);
  One.Why.add(std::move(Why));
}

/// `port 8080 is`, `ports 8000-8010 are`
static std::string nameUnfitPorts(const Silence &Why) {
  if (Why.Low == Why.High)
    return "port " + std::to_string(Why.Low) + " is";
  return "ports " + std::to_string(Why.Low) + "-" + std::to_string(Why.High) +
         " are";
}

static std::string explainSilence(const Silence &Why,
                                  const PortPolicy &Policy) {
  switch (Why.Reason) {
  case SilenceReason::None:
    break;
  case SilenceReason::Unfollowed:
    return "the control flow of this function is not known";
  case SilenceReason::Unreached:
    return "no way leads here";
  case SilenceReason::OtherFamily:
    return "an address of another family than IPv4 and IPv6";
  case SilenceReason::Datagram:
    return "a datagram socket";
  case SilenceReason::OtherProtocol:
    return "a socket of another protocol than TCP";
  case SilenceReason::NotBound:
    return "nothing is known to bind this socket";
  case SilenceReason::PortUnknown:
    return "the port is not known";
  case SilenceReason::PortZero:
    return "port 0 lets the kernel choose; it comes from here";
  case SilenceReason::PortOutside:
    if (Why.High == 0)
      return "no port inside the range " + Policy.nameRanges() +
             " is known to come here";
    return nameUnfitPorts(Why) + " outside the range " + Policy.nameRanges() +
           (Why.Low == Why.High ? "; it comes from here"
                                : "; they come from here");
  case SilenceReason::PortReserved:
    return nameUnfitPorts(Why) + " reserved" +
           (Why.Low == Why.High ? "; it comes from here"
                                : "; they come from here");
  case SilenceReason::HostUnknown:
    return "nothing says that it connects to this host";
  case SilenceReason::OtherHost:
    return Why.Text.empty() ? "another host" : "another host, " + Why.Text;
  case SilenceReason::SourcePortFixed:
    return "source port fixed here";
  case SilenceReason::SourceElsewhere:
    return "the source is bound to another address here";
  case SilenceReason::SourceConfined:
    return "source port confined to other ports here";
  case SilenceReason::OwnListener:
    return "the program itself listens there";
  case SilenceReason::Unsure:
    return "host and port are not as certain as MinConfidence asks";
  case SilenceReason::NotCalledAgain:
    return "nothing is known to call it again";
  case SilenceReason::NotToldApart:
    return "a refusal looks like a success here";
  case SilenceReason::FailureEnds:
    return "failure ends the program here";
  case SilenceReason::FailureLeaves:
    return "failure leaves the loop here";
  case SilenceReason::WaitsForOther:
    return "something else is waited for here before the next attempt";
  case SilenceReason::SuccessDrives:
    return "success drives this loop as well";
  case SilenceReason::ExpectedToFail:
    return "the attempt is expected to fail here";
  case SilenceReason::DestinationAdvances:
    return "the destination advances here";
  case SilenceReason::TooFewTries:
    return "the loop is bounded to " + std::to_string(Why.Low) +
           (Why.Low == 1 ? " try" : " tries") + ", fewer than MinRetries";
  case SilenceReason::Guarded:
    return "guarded here";
  case SilenceReason::LimitReached:
    return "a limit was reached here";
  }
  return "";
}

void SilenceOption::tell(ClangTidyCheck &Check, const PortPolicy &Policy) {
  for (const auto &[Place, One] : Calls) {
    if (One.Reported)
      continue;
    Check.diag(One.At, SilenceMessage) << One.Range;
    Check.diag(One.Why.At.isValid() ? One.Why.At : One.At, "%0",
               DiagnosticIDs::Note)
        << explainSilence(One.Why, Policy);
  }
  Calls.clear();
}

} // namespace selfconnect
} // namespace tidy
} // namespace clang
