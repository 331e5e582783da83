//===- Summary.h - what outlives a file -------------------------*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

///
/// \file
/// What the analysis knows of one function, without a pointer into the file
/// that it was learned from: in the words of whoever calls it, that is, of its
/// parameters, of the object that a method is called on, and of their fields.
/// docs/summaries.md has the same as JSON.
///
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_CHECKS_ANALYSIS_SUMMARY_SUMMARY_H
#define SELFCONNECT_CHECKS_ANALYSIS_SUMMARY_SUMMARY_H

#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace clang {
namespace tidy {
namespace selfconnect {

/// A place in the source. The file is relative to a root that the store knows.
struct SummaryPlace {
  std::string File;
  unsigned Line = 0;   ///< from 1; 0 where there is no place
  unsigned Column = 0; ///< from 1, in bytes

  bool isValid() const { return Line != 0; }
};

/// What a caller can name: its argument for a parameter, or the object of the
/// method, or a field of one of these, pointers followed.
struct SummaryPath {
  /// A parameter's position, or -1 for the object.
  int Parameter = -1;
  std::vector<std::string> Fields;

  bool operator==(const SummaryPath &Other) const {
    return Parameter == Other.Parameter && Fields == Other.Fields;
  }
  bool operator<(const SummaryPath &Other) const {
    return Parameter != Other.Parameter ? Parameter < Other.Parameter
                                        : Fields < Other.Fields;
  }
};

/// A port or a host: what the caller gives there, or what the function itself
/// says. With none of the three it is not known.
struct SummaryValue {
  std::optional<SummaryPath> From;
  std::optional<int64_t> Number;
  std::optional<std::string> Text;
  SummaryPlace At; ///< of Number and Text

  bool isKnown() const { return From || Number || Text; }
};

/// An integer or a pointer: an interval, and whether 0 is in it.
struct SummaryRange {
  int64_t Low = std::numeric_limits<int64_t>::min();
  int64_t High = std::numeric_limits<int64_t>::max();
  bool NotZero = false;
};

/// What the function comes to in one world of the attempt that it makes.
struct SummaryOutcome {
  bool Returns = true;
  SummaryRange Result;
  /// Of a record that is returned, or of what a returned pointer points to.
  std::map<std::string, SummaryRange> Fields;
  /// What it leaves in objects of its caller.
  std::vector<std::pair<SummaryPath, SummaryRange>> Left;
  bool Throws = false;
};

/// A function on the way down to the call that connects or listens, and where
/// it goes on.
struct SummaryStep {
  std::string Name;
  SummaryPlace At;
};

/// A retry cycle that the function holds whole.
struct SummaryCycle {
  std::optional<uint64_t> Tries;
  std::optional<double> PauseSeconds;
  bool NewSocket = true;
  SummaryPlace Loop;
};

/// The function makes a connect attempt.
struct SummaryAttempt {
  /// By the worlds of attempt/World.h.
  static constexpr unsigned Worlds = 4;
  SummaryOutcome Outcomes[Worlds];
  std::vector<SummaryValue> Hosts;
  std::vector<SummaryValue> Ports;
  /// A whole socket address that it is given.
  std::optional<SummaryPath> Address;
  /// What else the destination is made from: a retry with another of these is
  /// none of the same destination.
  std::vector<SummaryPath> MadeFrom;
  /// The socket that it is given; absent if it makes one.
  std::optional<SummaryPath> Socket;
  bool Creates = false;
  /// Its caller can be told a refusal from a success. Else what the caller does
  /// next may be what it does when connected.
  bool TellsRefusal = true;
  /// A socket that met itself is rejected.
  bool Guarded = false;
  /// The source port is fixed, the destination is another host, and the like:
  /// it cannot meet itself, whoever calls.
  bool Harmless = false;
  /// What came of it shows later, at another call.
  bool Later = false;
  /// What it calls, a library, tries again by itself. Where its caller is told
  /// of the first failure, TellsRefusal says so.
  bool Reconnects = false;
  std::optional<SummaryCycle> Cycle;
  /// A NOLINT stands at the attempt.
  bool Suppressed = false;
  /// From this function down to the call.
  std::vector<SummaryStep> Path;
};

/// The function listens.
struct SummaryListen {
  std::vector<SummaryValue> Ports;
  bool Suppressed = false;
  std::vector<SummaryStep> Path;
};

/// The function gives a field of its object, or of what it is handed, a value.
struct SummarySet {
  SummaryPath Target;
  SummaryValue Value;
};

/// The function fills a socket address that it is handed or returns.
struct SummaryEndpoint {
  std::optional<SummaryPath> Target; ///< absent: it is returned
  std::vector<SummaryValue> Hosts;
  std::vector<SummaryValue> Ports;
};

/// The function does no more than to return something of its object, or of what
/// it is handed, or whether that compares to Number as Test says.
struct SummaryTold {
  SummaryPath From;
  std::string Test; ///< "==", "!=", "<", "<=", ">", ">="; "" for the value
  int64_t Number = 0;

  bool operator==(const SummaryTold &Other) const {
    return From == Other.From && Test == Other.Test && Number == Other.Number;
  }
};

struct Summary {
  /// The last part of its name; of a constructor, that of the class.
  std::string Name;
  std::string Usr;
  /// For internal linkage, the file that it is spelled in.
  std::string File;
  SummaryPlace At;
  /// The USRs of the methods that it overrides.
  std::vector<std::string> Overrides;
  std::vector<SummaryAttempt> Attempts;
  std::vector<SummaryListen> Listens;
  std::vector<SummarySet> Sets;
  std::vector<SummaryEndpoint> Endpoints;
  /// The USRs of functions of other files that make an attempt, and that it
  /// calls, or hands on to be called later, be it through others.
  std::vector<std::string> LeadsTo;
  /// The positions of the parameters that hold functions which it, or what it
  /// leaves them with, calls again and again.
  std::vector<unsigned> Repeats;
  /// Another file gives it to what calls it again and again. At is where.
  bool IsRepeated = false;
  std::optional<SummaryTold> Tells;
  /// It returns a socket that it has made.
  bool MakesSocket = false;
  /// Of which type, as socket() has it; empty for SOCK_STREAM, and where it is
  /// not known.
  std::vector<SummaryValue> SocketTypes;
  bool NeverReturns = false;

  /// True if it says something about the function.
  bool hasFacts() const {
    return !Attempts.empty() || !Listens.empty() || !Sets.empty() ||
           !Endpoints.empty() || !LeadsTo.empty() || !Repeats.empty() ||
           IsRepeated || Tells || MakesSocket || NeverReturns;
  }
};

/// A call of a function that holds a whole retry cycle, for whoever puts the
/// findings of a project together.
struct SummaryCycleCall {
  std::string Usr;
  SummaryPlace At;
  std::string Said; ///< "reported", "harmless" or "unknown"
};

/// A finding that a NOLINT hides.
struct SuppressedFinding {
  std::string Check;
  std::string Message;
  SummaryPlace At;
};

/// What one translation unit has to say.
struct UnitSummary {
  std::string Main;
  std::vector<std::string> Includes;
  std::vector<Summary> Rows;
  std::vector<SummaryCycleCall> CycleCalls;
  std::vector<SuppressedFinding> Suppressed;
  std::vector<std::string> Wishes; ///< name hashes
};

} // namespace selfconnect
} // namespace tidy
} // namespace clang

#endif // SELFCONNECT_CHECKS_ANALYSIS_SUMMARY_SUMMARY_H
