//===- PortPolicy.cpp - which ports the user's kernels hand out -----------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "PortPolicy.h"
#include "compat/Compat.h"
#include "selfconnect/host_ports.h"
#include <algorithm>
#include <cstdio>

namespace clang {
namespace tidy {
namespace selfconnect {

static constexpr const char *RangeOption = "EphemeralRange";
static constexpr const char *ReservedOption = "ReservedPorts";

/// The note has the probability per hour. For a loop with a shorter pause than
/// this, it would be 100 %: such a loop connects to itself within seconds.
static constexpr double SlowLoopPause = 1e-3;

PortPolicy::PortPolicy(ClangTidyCheck &Check,
                       const ClangTidyCheck::OptionsView &Options)
    : RawRange(compat::getOption(Options, RangeOption, "linux")),
      RawReserved(compat::getOption(Options, ReservedOption, "")), Ranges(1) {
  std::string Error;
  if (std::optional<std::vector<::selfconnect::PortRange>> Parsed =
          ::selfconnect::resolvePortRanges(RawRange, Error))
    Ranges = std::move(*Parsed);
  else
    Check.configurationDiag("invalid value for option '%0': %1",
                            DiagnosticIDs::Error)
        << RangeOption << Error;
  std::optional<::selfconnect::ReservedPorts> ParsedReserved =
      RawReserved == "host"
          ? ::selfconnect::readHostReservedPorts(Error)
          : ::selfconnect::parseReservedPorts(RawReserved, Error);
  if (ParsedReserved)
    Reserved = *ParsedReserved;
  else
    Check.configurationDiag("invalid value for option '%0': %1",
                            DiagnosticIDs::Error)
        << ReservedOption << Error;
}

void PortPolicy::store(const ClangTidyCheck::OptionsView &Options,
                       ClangTidyOptions::OptionMap &Opts) const {
  Options.store(Opts, RangeOption, RawRange);
  Options.store(Opts, ReservedOption, RawReserved);
}

const ::selfconnect::PortRange &
PortPolicy::rangeOf(unsigned Port,
                    const ::selfconnect::Drawing &Drawing) const {
  auto Possible = [&](const ::selfconnect::PortRange &Range) {
    return ::selfconnect::mayDraw(Port, Range, Reserved, Drawing);
  };
  return *std::max_element(Ranges.begin(), Ranges.end(),
                           [&](const ::selfconnect::PortRange &A,
                               const ::selfconnect::PortRange &B) {
                             return Possible(A) < Possible(B);
                           });
}

/// Without the tries, which take longer to tell.
::selfconnect::Drawable PortPolicy::mayDraw(int64_t Port) const {
  if (Port < 1 || Port > 65535)
    return ::selfconnect::Drawable::No;
  const auto Number = static_cast<unsigned>(Port);
  return ::selfconnect::mayDraw(Number, rangeOf(Number, {}), Reserved);
}

::selfconnect::Prediction
PortPolicy::predict(int64_t Port, ::selfconnect::SourcePort Source) const {
  if (Port < 1 || Port > 65535)
    return {};
  ::selfconnect::Drawing Drawing;
  Drawing.source = Source;
  const auto Number = static_cast<unsigned>(Port);
  return ::selfconnect::predict(Number, rangeOf(Number, Drawing), Reserved,
                                Drawing);
}

bool PortPolicy::canReserve(int64_t Port) const {
  return !rangeOf(static_cast<unsigned>(Port), {}).otherSystem;
}

std::vector<DrawablePort>
PortPolicy::getDrawable(const IntValues &Values) const {
  std::vector<DrawablePort> Ports;
  for (const Sourced<IntRange> &Item : Values.Known) {
    std::optional<int64_t> Port;
    ::selfconnect::Drawable Most = ::selfconnect::Drawable::No;
    int64_t High = std::min<int64_t>(Item.Value.High, 65535);
    for (int64_t P = std::max<int64_t>(Item.Value.Low, 1);
         P <= High && Most != ::selfconnect::Drawable::Yes; ++P)
      if (::selfconnect::Drawable Possible = mayDraw(P); Possible > Most) {
        Most = Possible;
        Port = P;
      }
    if (Port && llvm::none_of(Ports, [&](const DrawablePort &Other) {
          return Other.Port == *Port;
        }))
      Ports.push_back({*Port, Item.Value, Item.Origin});
  }
  return Ports;
}

Silence PortPolicy::findUndrawable(const IntValues &Values) const {
  // What is cleared first and then filled is not asked to be 0.
  auto Known = llvm::find_if(Values.Known, [](const Sourced<IntRange> &Item) {
    return Item.Value.High != 0;
  });
  if (Known == Values.Known.end() && Values.Unknown)
    return SilenceReason::PortUnknown;
  if (Values.Known.empty())
    return SilenceReason::PortOutside;
  const Sourced<IntRange> &First =
      Known == Values.Known.end() ? Values.Known.front() : *Known;
  // Of an interval that reaches into the range, what lies in it is reserved.
  bool IsInside = llvm::any_of(Ranges, [&](const auto &Range) {
    return First.Value.Low <= Range.high && First.Value.High >= Range.low;
  });
  Silence Why(First.Value.High == 0 ? SilenceReason::PortZero
              : IsInside            ? SilenceReason::PortReserved
                                    : SilenceReason::PortOutside,
              First.Origin);
  Why.Low = First.Value.Low;
  Why.High = First.Value.High;
  return Why;
}

std::string PortPolicy::nameRanges() const {
  std::string Names;
  for (const ::selfconnect::PortRange &Range : Ranges)
    Names += (Names.empty() ? "" : " and ") + Range.str();
  return Names;
}

std::string DrawablePort::explainOrigin() const {
  if (Source.isOne())
    return "port " + std::to_string(Port) + " comes from here";
  return "ports " + std::to_string(Source.Low) + "-" +
         std::to_string(Source.High) + " come from here";
}

std::string DrawablePort::explainByteOrder() const {
  if (!Source.WrongOrder)
    return "";
  return std::string(Source.Swaps == 0 ? "it is stored without htons()"
                                       : "htons() is applied twice") +
         ", so that the kernel sees port " + std::to_string(Port);
}

std::string PortPolicy::explain(int64_t Port,
                                ::selfconnect::SourcePort Source) const {
  ::selfconnect::Drawing Drawing;
  Drawing.source = Source;
  const auto Number = static_cast<unsigned>(Port);
  return ::selfconnect::describePort(predict(Port, Source), Number,
                                     rangeOf(Number, Drawing));
}

/// With so many digits that count. Not by llvm::format: its class has a virtual
/// function that 23 does not have, and a module that lacks one is not loaded, so
/// that it cannot say which clang-tidy it is for.
static std::string formatNumber(double Number, int Digits) {
  char Text[32];
  std::snprintf(Text, sizeof Text, "%.*g", Digits, Number);
  return Text;
}

/// 22, 5, 0.02: more digits are not in the model of a quiet host.
static std::string formatPercent(double Probability) {
  double Percent = Probability * 100;
  if (Percent > 99)
    return "over 99 %";
  if (Percent < 0.001)
    return "less than 0.001 %";
  if (Percent >= 10)
    return "about " + std::to_string(static_cast<int>(Percent)) + " %";
  return "about " + formatNumber(Percent, 1) + " %";
}

/// "one try per second", "one try every 5 seconds", "10 tries per second".
static std::string formatRate(double PauseSeconds) {
  if (PauseSeconds > 0.999 && PauseSeconds < 1.001)
    return "one try per second";
  if (PauseSeconds < 1)
    return formatNumber(1 / PauseSeconds, 3) + " tries per second";
  return "one try every " + formatNumber(PauseSeconds, 3) + " seconds";
}

std::string
PortPolicy::predictInWords(const ::selfconnect::Prediction &Prediction,
                           std::optional<uint64_t> Tries,
                           std::optional<double> PauseSeconds) {
  if (Prediction.possible != ::selfconnect::Drawable::Yes)
    return "";
  if (Tries)
    return formatPercent(Prediction.tries.within(static_cast<double>(*Tries))) +
           " per call, at " + std::to_string(*Tries) +
           (*Tries == 1 ? " try" : " tries");
  if (PauseSeconds && *PauseSeconds >= SlowLoopPause)
    return formatPercent(Prediction.tries.overTime(3600, 1 / *PauseSeconds)) +
           " per hour without a server, at " + formatRate(*PauseSeconds);
  return "";
}

} // namespace selfconnect
} // namespace tidy
} // namespace clang
