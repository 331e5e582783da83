//===- across.cpp - from one pass to the fixpoint -------------------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "across.h"

#include "digest.h"

#include "../findings/read_file.h"
#include "selfconnect/quote.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <iterator>
#include <optional>
#include <string_view>

namespace selfconnect::scan {

namespace fs = std::filesystem;

namespace {

/// Undoes %XX.
std::string decoded(const std::string &text) {
  std::string result;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const auto isDigit = [&](std::size_t index) {
      return index < text.size() &&
             std::isxdigit(static_cast<unsigned char>(text[index]));
    };
    if (text[at] == '%' && isDigit(at + 1) && isDigit(at + 2)) {
      result +=
          static_cast<char>(std::stoi(text.substr(at + 1, 2), nullptr, 16));
      at += 2;
    } else {
      result += text[at];
    }
  }
  return result;
}

/// Whether the file may connect or listen itself, by the look of it. Only the
/// order of the first pass depends on it.
bool looksLikeCallee(const std::string &file) {
  std::string content = contentOf(file);
  for (char &c : content)
    c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return std::ranges::any_of(
      std::array<std::string_view, 3>{"connect", "listen", "bind"},
      [&](std::string_view word) {
        return content.find(word) != content.npos;
      });
}

} // namespace

Across::Across(SummaryFolder &folder, const std::vector<Unit> &units,
               std::function<Basis(const Unit &)> basis, OtherSummaries others)
    : folder_(folder), units_(units), others_(std::move(others)),
      warnings_(std::move(others_.warnings)) {
  for (std::size_t at = 0; at < units.size(); ++at) {
    byId_[units[at].id] = at;
    bases_[units[at].id] = basis(units[at]);
  }
}

std::string Across::sourcePath(const Summary &summary,
                               const std::string &include) const {
  return (folder_.path() / summary.root / decoded(include))
      .lexically_normal()
      .string();
}

std::string Across::contentDigest(const std::string &id) const {
  return digest(digest(contentOf(folder_.unitFile(id))) +
                digest(contentOf(folder_.fixesFile(id))) +
                digest(contentOf(folder_.textFile(id))));
}

std::string Across::madeOf(const std::string &id, const Summary &summary,
                           FileDigests::Time since) {
  const auto basis = bases_.find(id);
  std::string text = basis == bases_.end() ? "" : basis->second.made;
  for (const std::string &include : summary.includes)
    text += include + '\0' +
            state_.files.of(sourcePath(summary, include), since) + '\n';
  return digest(text);
}

void Across::drop(const std::string &id) {
  index_.remove(id);
  summaries_.erase(id);
  state_.units.erase(id);
  folder_.removeUnit(id);
}

void Across::load(bool isPruning) {
  state_ = parseState(contentOf(folder_.stateFile()));
  bool mustFileAll =
      state_.isFiling || state_.others != others_.contents;
  state_.others = others_.contents;
  std::vector<std::string> stale;
  for (const auto &[id, unit] : state_.units) {
    std::string error;
    auto summary = parseSummary(contentOf(folder_.unitFile(id)), error);
    if (!summary || contentDigest(id) != unit.content) {
      // Half written, or written by somebody else: its names are not known.
      mustFileAll = true;
      stale.push_back(id);
      continue;
    }
    index_.put(id, *summary);
    const bool isKnown = byId_.contains(id);
    // Without its command, what is not in the database cannot be judged.
    if (isKnown ? madeOf(id, *summary) != unit.made : isPruning)
      stale.push_back(id);
    summaries_[id] = std::move(*summary);
  }
  for (const auto &[id, summary] : others_.units)
    index_.put(id, summary);
  std::set<std::string> withheld = state_.withheld;
  index_.begin(stale.empty() ? withheld : std::set<std::string>());
  if (!stale.empty() || mustFileAll)
    saveState(true);
  for (const std::string &id : stale)
    drop(id);
  if (isPruning || mustFileAll)
    folder_.removeOthers(
        [&](const std::string &id) { return state_.units.contains(id); });
  if (mustFileAll) {
    folder_.removeAllNames();
    for (const std::string &hash : index_.names())
      folder_.writeName(hash, index_);
    index_.takeChanged();
  }
  writeChangedNames();
  for (const std::string &hash : withheld)
    folder_.writeName(hash, index_);
  saveState(false);
}

void Across::writeChangedNames() {
  for (const std::string &hash : index_.takeChanged())
    folder_.writeName(hash, index_);
}

void Across::saveState(bool isFiling) {
  state_.isFiling = isFiling;
  state_.withheld = index_.withheld();
  folder_.write(folder_.stateFile(), stateText(state_));
}

bool Across::isNew(std::size_t unit) const {
  const std::string &id = units_[unit].id;
  const auto known = state_.units.find(id);
  if (known == state_.units.end())
    return !runs_.contains(unit); // what tells nothing is not asked twice
  return known->second.asked != bases_.at(id).asked;
}

bool Across::hasOtherAnswers(std::size_t unit) const {
  const std::string &id = units_[unit].id;
  const auto known = state_.units.find(id);
  return known != state_.units.end() &&
         known->second.seen != index_.see(id, summaries_.at(id).wishes);
}

std::vector<std::vector<std::size_t>>
Across::parts(const std::vector<std::size_t> &units) const {
  if (passes_ > 1)
    return {units};
  std::vector<std::size_t> callees;
  std::vector<std::size_t> others;
  for (const std::size_t unit : units)
    (looksLikeCallee(units_[unit].command.file) ? callees : others)
        .push_back(unit);
  return {callees, others};
}

void Across::settle(const std::vector<std::size_t> &chosen,
                    const RunUnits &run) {
  while (true) {
    // What was dropped comes first: it may tell the same again.
    std::vector<std::size_t> units;
    std::ranges::copy_if(chosen, std::back_inserter(units),
                         [&](std::size_t unit) { return isNew(unit); });
    if (units.empty())
      std::ranges::copy_if(chosen, std::back_inserter(units),
                           [&](auto unit) { return hasOtherAnswers(unit); });
    if (units.empty())
      return;
    ++passes_;
    for (const auto &part : parts(units))
      if (!part.empty())
        runPart(part, run);
  }
}

void Across::runPart(const std::vector<std::size_t> &units,
                     const RunUnits &run) {
  std::vector<std::pair<std::size_t, UnitRun>> runs;
  try {
    run(units, [&](std::size_t unit, UnitRun done) {
      runs.emplace_back(unit, std::move(done));
    });
  } catch (...) { // Ctrl-C above all: what is done stays done
    absorb(std::move(runs));
    throw;
  }
  absorb(std::move(runs));
}

void Across::absorb(std::vector<std::pair<std::size_t, UnitRun>> runs) {
  std::ranges::sort(runs, {}, [](const auto &each) { return each.first; });
  std::vector<Finished> finished;
  for (auto &[unit, run] : runs) {
    const std::string &id = units_[unit].id;
    std::string error;
    std::optional<Summary> summary;
    if (!run.summary.empty() && !(summary = parseSummary(run.summary, error)))
      warnings_.push_back("summary of " + units_[unit].command.file + ": " +
                          error);
    if (!summary) {
      runs_[unit] = std::move(run);
      continue;
    }
    // All of them saw what was known before any of them was filed.
    Seen seen = index_.see(id, summary->wishes);
    runs_.erase(unit);
    finished.push_back({unit, std::move(run), std::move(*summary), seen});
  }
  saveState(true);
  for (const auto &[unit, run] : runs)
    if (runs_.contains(unit)) // it may have had one before
      drop(units_[unit].id);
  for (const Finished &each : finished)
    file(each);
  writeChangedNames();
  saveState(false);
}

void Across::file(const Finished &finished) {
  const std::string &id = units_[finished.unit].id;
  const UnitRun &run = finished.run;
  folder_.write(folder_.unitFile(id), run.summary);
  folder_.write(folder_.fixesFile(id), run.fixes);
  folder_.write(folder_.textFile(id), run.output);
  UnitState &state = state_.units[id];
  state.made = madeOf(id, finished.summary, run.started);
  state.asked = bases_.at(id).asked;
  state.content = contentDigest(id);
  state.seen = finished.seen;
  state.failure = run.failure;
  state.removed = run.removed;
  index_.put(id, finished.summary);
  summaries_[id] = finished.summary;
}

UnitRun Across::resultOf(std::size_t unit) const {
  const std::string &id = units_[unit].id;
  const auto known = state_.units.find(id);
  if (known == state_.units.end()) {
    const auto run = runs_.find(unit);
    return run == runs_.end() ? UnitRun() : run->second;
  }
  UnitRun run;
  run.failure = known->second.failure;
  run.removed = known->second.removed;
  run.output = contentOf(folder_.textFile(id));
  run.fixes = contentOf(folder_.fixesFile(id));
  return run;
}

const Summary *Across::summaryOf(std::size_t unit) const {
  const auto found = summaries_.find(units_[unit].id);
  return found == summaries_.end() ? nullptr : &found->second;
}

ProjectFacts Across::facts() const {
  ProjectFacts facts;
  for (const auto *summaries : {&summaries_, &others_.units})
    for (const auto &[id, summary] : *summaries)
      facts.add(summary, [&of = summary, this](const std::string &file) {
        return sourcePath(of, file);
      });
  return facts;
}

std::vector<HiddenFinding> Across::hiddenIn(std::size_t unit) const {
  const Summary *summary = summaryOf(unit);
  if (!summary)
    return {};
  return hiddenFindings(*summary, [&](const std::string &file) {
    return sourcePath(*summary, file);
  });
}

std::set<std::string> Across::sourcesOf(std::size_t unit) const {
  std::set<std::string> sources = {units_[unit].command.file};
  if (const Summary *summary = summaryOf(unit))
    for (const std::string &include : summary->includes)
      sources.insert(sourcePath(*summary, include));
  return sources;
}

bool Across::asks(std::size_t unit, const std::set<std::size_t> &others) const {
  const Summary *summary = summaryOf(unit);
  return summary && std::ranges::any_of(summary->wishes, [&](const auto &hash) {
           const FactIndex::Rows *rows = index_.find(hash);
           return rows && std::ranges::any_of(*rows, [&](const auto &row) {
                    const auto at = byId_.find(row.first);
                    return at != byId_.end() && others.contains(at->second);
                  });
         });
}

} // namespace selfconnect::scan
