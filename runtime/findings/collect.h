//===- collect.h - diagnostics become findings ------------------*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_FINDINGS_COLLECT_H
#define SELFCONNECT_FINDINGS_COLLECT_H

#include "diagnostic.h"
#include "source_files.h"

#include <ctime>
#include <unordered_map>
#include <unordered_set>

namespace selfconnect {

/// The order of Findings::findings.
bool comesBefore(const Finding &a, const Finding &b);

/// Takes out the reproduce notes, finds lines and columns, sorts, and keeps one
/// of those that several translation units (or several inputs) report alike.
class Collector {
public:
  explicit Collector(NoteParser parseNote);
  Collector(const Collector &) = delete;
  Collector &operator=(const Collector &) = delete;

  /// `input` names what the diagnostic was read from, and `writtenAt` is when
  /// that was written. Throws InputError.
  void add(Diagnostic diagnostic, const std::string &input,
           std::optional<timespec> writtenAt);
  Findings finish(const OtherDiagnostics &others);

private:
  /// What tells a finding from others. Where the source file is gone, the
  /// offset stands for the line.
  struct Identity {
    unsigned file = 0;
    std::uint64_t offset = 0;
    SharedText reproduce;
  };
  struct Hash {
    const Collector *all;
    std::size_t operator()(std::size_t index) const;
  };
  struct Equal {
    const Collector *all;
    bool operator()(std::size_t a, std::size_t b) const;
  };

  /// One copy of texts that are the same.
  SharedText share(std::string text);
  /// The reproduce note among the notes.
  const DiagnosticPart &reproduceNoteOf(const Diagnostic &diagnostic,
                                        const std::string &input) const;
  const ReproduceNote &parse(const SharedText &note, const std::string &input,
                             std::uint64_t line);
  Place located(DiagnosticPart &part);

  NoteParser parseNote_;
  SourceFiles sources_;
  std::unordered_map<std::string_view, SharedText> texts_;
  std::unordered_map<std::string, ReproduceNote> notes_; ///< those parsed
  Findings result_;
  std::vector<Identity> identities_; ///< of the findings, in their order
  std::unordered_set<std::size_t, Hash, Equal> known_; ///< their indices
  unsigned duplicates_ = 0;
  unsigned notReported_ = 0;
};

} // namespace selfconnect

#endif // SELFCONNECT_FINDINGS_COLLECT_H
