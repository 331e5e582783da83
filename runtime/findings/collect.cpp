//===- collect.cpp - diagnostics become findings --------------------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "collect.h"

#include <algorithm>
#include <functional>
#include <tuple>

namespace selfconnect {
namespace {

const char *const noteMend =
    "; run clang-tidy again and leave its notes as they are";

} // namespace

bool comesBefore(const Finding &a, const Finding &b) {
  if (a.place != b.place)
    return a.place < b.place;
  return std::tuple(a.check, a.message, a.reproduce.str()) <
         std::tuple(b.check, b.message, b.reproduce.str());
}

Collector::Collector(NoteParser parseNote)
    : parseNote_(std::move(parseNote)), known_(0, Hash{this}, Equal{this}) {}

std::size_t Collector::Hash::operator()(std::size_t index) const {
  const Finding &finding = all->result_.findings[index];
  const Identity &identity = all->identities_[index];
  std::uint64_t hash = 0;
  const auto mix = [&hash](std::uint64_t value) {
    hash = (hash ^ value) * 0x9e3779b97f4a7c15U;
    hash ^= hash >> 32;
  };
  mix(identity.file);
  mix(identity.offset);
  mix(finding.place.line);
  mix(finding.place.column);
  const std::hash<std::string_view> ofText;
  mix(ofText(finding.check));
  mix(ofText(finding.message));
  mix(ofText(identity.reproduce));
  return static_cast<std::size_t>(hash);
}

bool Collector::Equal::operator()(std::size_t a, std::size_t b) const {
  const auto key = [this](std::size_t index) {
    const Finding &finding = all->result_.findings[index];
    const Identity &identity = all->identities_[index];
    return std::tie(identity.file, identity.offset, finding.place.line,
                    finding.place.column, finding.check, finding.message,
                    identity.reproduce);
  };
  return key(a) == key(b);
}

SharedText Collector::share(std::string text) {
  if (const auto known = texts_.find(text); known != texts_.end())
    return known->second;
  SharedText shared(std::move(text));
  return texts_.emplace(shared, shared).first->second;
}

const DiagnosticPart &
Collector::reproduceNoteOf(const Diagnostic &diagnostic,
                           const std::string &input) const {
  const DiagnosticPart *found = nullptr;
  for (const DiagnosticPart &note : diagnostic.notes) {
    if (!note.message.starts_with(reproduceNotePrefix))
      continue;
    if (found)
      refuse(input, note.origin,
             "second reproduce note for one warning; perhaps the output of "
             "several runs is mixed" +
                 std::string(noteMend));
    found = &note;
  }
  if (!found)
    refuse(input, diagnostic.main.origin,
           "warning of " + diagnostic.check + " without its reproduce note" +
               noteMend);
  return *found;
}

const ReproduceNote &Collector::parse(const SharedText &note,
                                      const std::string &input,
                                      std::uint64_t line) {
  const auto [entry, isNew] = notes_.try_emplace(note.str());
  if (isNew) {
    std::string error;
    const auto parsed = parseNote_(
        std::string_view(note).substr(reproduceNotePrefix.size()), error);
    if (!parsed)
      refuse(input, line, "reproduce note cannot be read: " + error + noteMend);
    entry->second = *parsed;
  }
  return entry->second;
}

Place Collector::located(DiagnosticPart &part) {
  Place place = part.place;
  place.file = share(part.place.file);
  if (part.offset)
    sources_.locate(place, *part.offset);
  return place;
}

void Collector::add(Diagnostic diagnostic, const std::string &input,
                    std::optional<timespec> writtenAt) {
  if (diagnostic.main.message == notReportedMessage) {
    ++notReported_;
    return;
  }
  const DiagnosticPart &note = reproduceNoteOf(diagnostic, input);
  Identity identity;
  identity.reproduce = share(note.message);
  Finding finding;
  finding.reproduce = parse(identity.reproduce, input, note.origin);
  finding.check = share(std::move(diagnostic.check));
  finding.place = located(diagnostic.main);
  finding.message = share(std::move(diagnostic.main.message));
  finding.fix = std::move(diagnostic.fix);
  identity.file = sources_.identify(finding.place.file);
  if (finding.place.line == 0)
    identity.offset = diagnostic.main.offset.value_or(0);

  const std::size_t index = result_.findings.size();
  result_.findings.push_back(std::move(finding));
  identities_.push_back(std::move(identity));
  if (!known_.insert(index).second) {
    ++duplicates_;
    result_.findings.pop_back();
    identities_.pop_back();
    return;
  }
  Finding &kept = result_.findings.back();
  kept.source = sources_.compare(kept.place, diagnostic.main.offset, writtenAt);
  // Its offsets are those of the text that was there.
  if (kept.source == SourceState::Changed)
    kept.fix.clear();
  kept.notes.reserve(diagnostic.notes.size());
  for (DiagnosticPart &part : diagnostic.notes) {
    const Place place = located(part);
    kept.notes.push_back({place, share(std::move(part.message))});
  }
}

Findings Collector::finish(const OtherDiagnostics &others) {
  known_.clear(); // the order changes now
  // A file that has two paths gets the same one wherever it is named.
  for (Finding &finding : result_.findings) {
    finding.place.file = sources_.onePath(finding.place.file);
    for (FindingNote &note : finding.notes)
      note.place.file = sources_.onePath(note.place.file);
  }
  std::ranges::sort(result_.findings, comesBefore);
  const auto skip = [&](const char *reason, unsigned count) {
    if (count)
      result_.skipped[reason] = count;
  };
  skip("other-check", others.otherChecks);
  skip("compiler-error", others.compilerErrors);
  skip("duplicate", duplicates_);
  skip("not-reported", notReported_);
  result_.warnings = sources_.warnings();
  return std::move(result_);
}

} // namespace selfconnect
