//===- findings.h - what clang-tidy reported, as plain data -----*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Reads the warnings of the selfconnect-* checks back from what clang-tidy
/// wrote: the YAML of -export-fixes (one run, or merged by run-clang-tidy), or
/// its text, on its own or in the middle of a build log.
///
/// What matters in a warning is its reproduce note (reproduce_note.h); the rest
/// is there to tell people where to look.
///
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_FINDINGS_H
#define SELFCONNECT_FINDINGS_H

#include "selfconnect/reproduce_note.h"
#include "selfconnect/shared_text.h"

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace selfconnect {

/// A place in the source code.
struct Place {
  SharedText file;     ///< absolute and normalised, or a name such as
                       ///< "<command line>"
  unsigned line = 0;   ///< from 1; 0 where the file could not be read
  unsigned column = 0; ///< from 1, in bytes as clang-tidy counts; 0 likewise

  friend auto operator<=>(const Place &, const Place &) = default;
};

struct FindingNote {
  Place place;
  SharedText message;
};

/// A part of a fix: these bytes of that file are to become `text`.
struct Edit {
  std::string file; ///< as in Place
  std::uint64_t offset = 0;
  std::uint64_t length = 0;
  std::string text;
};

/// The source file of a finding, compared with what clang-tidy must have read.
enum class SourceState {
  AsRead,  ///< nothing speaks against it
  Newer,   ///< written after the report
  Changed, ///< no call stands at the place of the warning
  Missing, ///< it cannot be read
};

/// "as-read", "newer", "changed", "missing".
const char *sourceStateName(SourceState state);

/// For people, where the place of a finding may not be what it was: "source
/// changed since clang-tidy ran, ..."; "" otherwise.
std::string sourceSentence(SourceState state);

/// One warning of one of our checks.
struct Finding {
  SharedText check; ///< "selfconnect-retry-loop"
  Place place;
  SharedText message;
  std::vector<FindingNote> notes; ///< in order, the reproduce note included
  ReproduceNote reproduce;
  std::vector<Edit> fix; ///< empty where the check has none
  SourceState source = SourceState::AsRead;
  bool suppressed = false;
  /// Of its check, file and line of code, but not of the line's number; 0 until
  /// Identities has seen it.
  std::uint64_t identity = 0;
};

/// Everything that was read.
struct Findings {
  std::vector<Finding> findings; ///< sorted by place, each one once
  /// What was read and is not among `findings`, counted by reason:
  /// "other-check", "compiler-error", "duplicate", "not-reported".
  std::map<std::string, unsigned> skipped;
  /// Lines for people about things that are odd but do no harm.
  std::vector<std::string> warnings;
};

/// Reads the command of a reproduce note, "selfconnect reproduce ...". It is
/// handed in, since the parser is the one of the `reproduce` command itself. On
/// failure returns nothing and sets `error`.
using NoteParser = std::function<std::optional<ReproduceNote>(
    std::string_view command, std::string &error)>;

/// Reads the named files; "-" is standard input, and in a folder all *.yaml and
/// *.yml are read. Throws InputError if one of them cannot be used.
/// Also throws if there are findings of other checks, but none of ours: a check
/// that did not run must not look
/// like one that found nothing.
Findings readFindings(const std::vector<std::string> &files,
                      const NoteParser &parseNote);

/// The file for people: relative if it is below the current directory.
std::string displayPath(const std::string &file);

} // namespace selfconnect

#endif // SELFCONNECT_FINDINGS_H
