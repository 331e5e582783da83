//===- Silence.h - why something is not reported ----------------*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

///
/// \file
/// Whoever decides that a connect attempt or a listening call is harmless says
/// why, and where the code shows it. The words stand in the checks.
///
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_CHECKS_ANALYSIS_CODE_SILENCE_H
#define SELFCONNECT_CHECKS_ANALYSIS_CODE_SILENCE_H

#include "clang/Basic/SourceLocation.h"
#include <optional>
#include <string>
#include <utility>

namespace clang {
namespace tidy {
namespace selfconnect {

/// The later a reason stands here, the nearer the code came to a report.
enum class SilenceReason {
  None,
  Unfollowed, ///< there is no CFG of the function
  Unreached,  ///< no way leads to the call

  // The socket and its address.
  OtherFamily,
  Datagram,
  OtherProtocol,
  NotBound,    ///< no bind() of the listening socket is known
  PortUnknown, ///< of a listening socket
  PortZero,
  PortOutside,
  PortReserved,
  HostUnknown, ///< of a library that connects again by itself
  OtherHost,
  SourcePortFixed,
  SourceElsewhere, ///< the source address is another one
  SourceConfined,  ///< by IP_LOCAL_PORT_RANGE
  OwnListener,     ///< the program itself listens there
  Unsure,          ///< below MinConfidence

  // What the program does next.
  NotCalledAgain,
  NotToldApart, ///< a caller is told the same of a refusal and of a success
  FailureEnds,  ///< the program
  FailureLeaves,
  WaitsForOther, ///< an event that is no part of the attempt
  SuccessDrives,
  ExpectedToFail,
  DestinationAdvances,
  TooFewTries,
  Guarded,

  LimitReached
};

struct Silence {
  SilenceReason Reason = SilenceReason::None;
  /// The deciding place; invalid where that is the call itself.
  SourceLocation At;
  /// The lowest and the highest port, or how many tries.
  int64_t Low = 0, High = 0;
  /// The other host.
  std::string Text;

  Silence() = default;
  Silence(SilenceReason Reason, SourceLocation At = SourceLocation())
      : Reason(Reason), At(At) {}

  /// True if something is silent.
  explicit operator bool() const { return Reason != SilenceReason::None; }

  /// Of two reasons, the nearer one to a report; of the same, the first.
  void add(Silence Other) {
    if (Other.Reason > Reason)
      *this = std::move(Other);
  }
};

/// What was looked for, or why there is none.
template <typename T> class Answer {
public:
  Answer(T Value) : Value(std::move(Value)) {}
  Answer(Silence Why) : Why(std::move(Why)) {}

  explicit operator bool() const { return Value.has_value(); }
  T &operator*() { return *Value; }
  T *operator->() { return &*Value; }
  /// To be asked where there is none.
  const Silence &why() const { return Why; }

private:
  std::optional<T> Value;
  Silence Why;
};

} // namespace selfconnect
} // namespace tidy
} // namespace clang

#endif // SELFCONNECT_CHECKS_ANALYSIS_CODE_SILENCE_H
