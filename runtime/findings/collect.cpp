//===- collect.cpp - diagnostics become findings --------------------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "collect.h"

#include "source_files.h"

#include <algorithm>
#include <set>
#include <tuple>

namespace selfconnect {
namespace {

const char *const noteMend =
    "; run clang-tidy again and leave its notes as they are";

ReproduceNote findReproduceNote(const Diagnostic &diagnostic,
                                const NoteParser &parseNote) {
  std::optional<ReproduceNote> found;
  for (const DiagnosticPart &note : diagnostic.notes) {
    if (!note.message.starts_with(reproduceNotePrefix))
      continue;
    if (found)
      refuse(note.origin, "second reproduce note for one warning, as if the "
                          "output of several runs were mixed" +
                              std::string(noteMend));
    std::string error;
    found = parseNote(
        std::string_view(note.message).substr(reproduceNotePrefix.size()),
        error);
    if (!found)
      refuse(note.origin, "reproduce note cannot be read: " + error + noteMend);
  }
  if (!found)
    refuse(diagnostic.main.origin, "warning of " + diagnostic.check +
                                       " without its reproduce note" +
                                       noteMend);
  return *found;
}

/// Two diagnostics with equal identities are one finding seen twice. Where the
/// source file is gone, its offset stands for the line.
using Identity =
    std::tuple<Place, std::uint64_t, std::string, std::string, std::string>;

Identity identityOf(const Finding &finding, const DiagnosticPart &part) {
  return {finding.place, finding.place.line ? 0 : part.offset.value_or(0),
          finding.check, finding.message, finding.reproduce.str()};
}

} // namespace

Findings collectFindings(const Diagnostics &diagnostics,
                         const NoteParser &parseNote) {
  Findings result;
  SourceFiles sources;
  const auto located = [&](const DiagnosticPart &part) {
    Place place = part.place;
    if (part.offset)
      sources.locate(place, *part.offset, result.warnings);
    return place;
  };

  std::set<Identity> seen;
  unsigned duplicates = 0;
  for (const Diagnostic &diagnostic : diagnostics.ours) {
    Finding finding;
    finding.check = diagnostic.check;
    finding.place = located(diagnostic.main);
    finding.message = diagnostic.main.message;
    finding.reproduce = findReproduceNote(diagnostic, parseNote);
    if (!seen.insert(identityOf(finding, diagnostic.main)).second) {
      ++duplicates;
      continue;
    }
    for (const DiagnosticPart &note : diagnostic.notes)
      finding.notes.push_back({located(note), note.message});
    result.findings.push_back(std::move(finding));
  }
  std::ranges::sort(result.findings, [](const Finding &a, const Finding &b) {
    return std::tuple(a.place, a.check, a.message, a.reproduce.str()) <
           std::tuple(b.place, b.check, b.message, b.reproduce.str());
  });

  const auto skip = [&](const char *reason, unsigned count) {
    if (count)
      result.skipped[reason] = count;
  };
  skip("other-check", diagnostics.otherChecks);
  skip("compiler-error", diagnostics.compilerErrors);
  skip("duplicate", duplicates);
  return result;
}

} // namespace selfconnect
