//===- scan.cpp - clang-tidy with our checks over a project ---------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "scan.h"

#include "across.h"
#include "changed_files.h"
#include "compile_database.h"
#include "digest.h"
#include "scratch_folder.h"
#include "tidy_runner.h"
#include "unit.h"

#include "selfconnect/error.h"

#include <algorithm>
#include <filesystem>
#include <map>
#include <numeric>
#include <optional>

namespace selfconnect::scan {

namespace fs = std::filesystem;

namespace {

/// Puts the results of the units together, in their order.
class Collector {
public:
  explicit Collector(ScanResult &result) : result_(result) {}

  void add(const Unit &unit, UnitRun run) {
    for (const auto &[flag, count] : run.removed)
      result_.removed[flag] += count;
    if (run.failure.empty())
      ++result_.analysed;
    else
      result_.failed.push_back({unit.command.file, run.failure});
    for (PrintedDiagnostic &each :
         readTidyOutput(run.output, unit.command.directory))
      if (!each.isError && printed_.insert(each.text).second)
        result_.printed.push_back(std::move(each));
    if (!run.fixes.empty())
      addFixes(unit, run.fixes);
  }

  /// Makes one finding of what is one, and says where the servers are.
  void finish(const ProjectFacts &facts) {
    std::vector<KnownFinding> findings;
    for (const PrintedDiagnostic &each : result_.printed)
      if (each.isOurs)
        findings.push_back(each.finding);
    const Servers servers = serversAmong(findings);
    std::set<FindingId> dropped = superseded(findings, facts);
    fixes_.keepOne(dropped);
    fixes_.addServers(servers);
    if (hasFixes_)
      result_.fixes = fixes_.text();
    // Of those that are left, each comes once.
    std::erase_if(result_.printed, [&](const PrintedDiagnostic &each) {
      return each.isOurs && !dropped.insert(each.finding.id).second;
    });
    for (PrintedDiagnostic &each : result_.printed)
      if (each.isOurs)
        addServer(each, servers);
  }

private:
  void addFixes(const Unit &unit, const std::string &fixes) {
    try {
      fixes_.add(fixes);
      hasFixes_ = true;
    } catch (const InputError &error) { // its findings would be lost
      result_.failed.push_back({unit.command.file, error.what()});
    }
  }

  ScanResult &result_;
  std::set<std::string> printed_;
  MergedFixes fixes_;
  bool hasFixes_ = false;
};

/// What the digests of a unit are made of, apart from its files.
class BasisMaker {
public:
  BasisMaker(const ScanOptions &options, const TidyProgram &program) {
    common_ = program.identity() + options.tidy.config + '\n';
    for (const std::string &argument : options.tidy.extraArguments)
      common_ += argument + '\0';
    asked_ = options.tidy.checks + '\n' + options.tidy.headerFilter + '\n';
    for (const auto &[key, value] : options.tidy.checkOptions)
      asked_ += key + '=' + value + '\n';
    asked_ = digest(asked_);
  }

  Basis operator()(const Unit &unit) {
    std::string made = common_ + unit.command.directory + '\n';
    for (const std::string &argument : unit.command.arguments)
      made += argument + '\0';
    for (fs::path folder = fs::path(unit.command.file).parent_path();;
         folder = folder.parent_path()) {
      made += configurationIn(folder);
      if (!folder.has_relative_path())
        break;
    }
    return {digest(made), asked_};
  }

private:
  /// Digest of the .clang-tidy there.
  const std::string &configurationIn(const fs::path &folder) {
    const auto [entry, isNew] = configurations_.try_emplace(folder);
    if (isNew)
      entry->second = digests_.of((folder / ".clang-tidy").string());
    return entry->second;
  }

  std::string common_;
  std::string asked_;
  FileDigests digests_;
  std::map<fs::path, std::string> configurations_;
};

/// One scan, from the units to the result.
class Scan {
public:
  Scan(const ScanOptions &options, const ScanProgress &progress,
       std::string root)
      : options_(options), progress_(progress), root_(std::move(root)) {}

  ScanResult run(const std::vector<Unit> &units,
                 const std::vector<std::size_t> &chosen);

private:
  void runAcross(const RunnerOptions &running);
  void runOnce(const RunnerOptions &running);
  void runPass(TidyRunner &runner, unsigned pass,
               const std::vector<std::size_t> &units, const UnitDone &done);
  std::vector<std::size_t> reachedByChange(const Across &across) const;

  const ScanOptions &options_;
  const ScanProgress &progress_;
  std::string root_;
  const std::vector<Unit> *units_ = nullptr;
  std::vector<std::size_t> able_; ///< chosen ones that can be analysed
  ProjectFacts facts_;
  ScanResult result_;
  Collector collector_{result_};
};

ScanResult Scan::run(const std::vector<Unit> &units,
                     const std::vector<std::size_t> &chosen) {
  units_ = &units;
  for (const std::size_t unit : chosen)
    if (units[unit].failure.empty())
      able_.push_back(unit);
    else
      collector_.add(units[unit], {units[unit].failure, {}, {}, {}, {}, {}});

  RunnerOptions running;
  running.program = findTidyProgram(options_.clangTidy, options_.installation,
                                    ScratchFolder().path().string());
  running.tidy = options_.tidy;
  running.jobs = options_.jobs;
  running.timeout = options_.fileTimeout;
  if (options_.across)
    runAcross(running);
  else
    runOnce(running);

  collector_.finish(facts_);
  return std::move(result_);
}

void Scan::runPass(TidyRunner &runner, unsigned pass,
                   const std::vector<std::size_t> &units,
                   const UnitDone &done) {
  std::size_t count = 0;
  progress_.step(pass, 0, units.size());
  runner.run(units, [&](std::size_t unit, UnitRun run) {
    done(unit, std::move(run));
    progress_.step(pass, ++count, units.size());
  });
}

void Scan::runOnce(const RunnerOptions &running) {
  const ScratchFolder scratch;
  RunnerOptions alone = running;
  alone.scratch = scratch.path();
  // Those of a .clang-tidy would be read and written.
  for (const char *option : {"SummaryDir", "SummaryIn", "SummaryOut"})
    alone.tidy.checkOptions[option] = "";
  TidyRunner runner(*units_, alone);
  std::map<std::size_t, UnitRun> runs;
  runPass(runner, 1, able_,
          [&](std::size_t unit, UnitRun run) { runs[unit] = std::move(run); });
  for (auto &[unit, run] : runs)
    collector_.add((*units_)[unit], std::move(run));
  result_.jobs = runner.started();
  result_.passes = 1;
}

void Scan::runAcross(const RunnerOptions &running) {
  const std::string path = options_.summaries.empty()
                               ? (fs::path(root_) / ".selfconnect").string()
                               : options_.summaries;
  SummaryFolder folder(path, [&] {
    progress_.say("another scan is using " + path + "; waiting for it");
  });
  Across across(folder, *units_, BasisMaker(options_, running.program),
                readOtherSummaries(options_.otherSummaries, folder.path()));
  across.load(options_.isAll);

  RunnerOptions together = running;
  together.scratch = folder.scratch();
  together.wantsSummary = true;
  together.tidy.checkOptions["SummaryDir"] = folder.path().string();
  together.tidy.checkOptions["SummaryIn"] = "";
  TidyRunner runner(*units_, together);
  across.settle(able_, [&](const auto &units, const UnitDone &done) {
    runPass(runner, across.passes(), units, done);
  });

  for (const std::string &warning : across.takeWarnings())
    progress_.say(warning);
  const auto reported =
      options_.diffBase.empty() ? able_ : reachedByChange(across);
  for (const std::size_t unit : reported) {
    collector_.add((*units_)[unit], across.resultOf(unit));
    result_.summarised += across.summaryOf(unit) ? 1 : 0;
    for (HiddenFinding &each : across.hiddenIn(unit))
      result_.hidden.push_back(std::move(each));
    result_.sources.merge(across.sourcesOf(unit));
  }
  facts_ = across.facts();
  result_.jobs = runner.started();
  result_.passes = across.passes();
  result_.isUnsettled = across.isUnsettled();
}

/// Those made from a changed file, and those that ask for what these tell.
std::vector<std::size_t> Scan::reachedByChange(const Across &across) const {
  const std::set<std::string> changed = changedFiles(options_.diffBase);
  std::set<std::size_t> reached;
  for (const std::size_t unit : able_)
    if (std::ranges::any_of(across.sourcesOf(unit), [&](const auto &source) {
          return changed.contains(fs::weakly_canonical(source).string());
        }))
      reached.insert(unit);
  for (bool isGrowing = !reached.empty(); isGrowing;) {
    isGrowing = false;
    for (const std::size_t unit : able_)
      if (!reached.contains(unit) && across.asks(unit, reached)) {
        reached.insert(unit);
        isGrowing = true;
      }
  }
  return {reached.begin(), reached.end()};
}

} // namespace

ScanResult scan(const ScanOptions &options, const ScanProgress &progress) {
  const std::string database = findCompileDatabase(options.build);
  const std::string folder = fs::path(database).parent_path().string();
  const std::vector<Unit> units =
      makeUnits(readCompileDatabase(database), folder);
  std::vector<std::size_t> chosen(units.size());
  std::iota(chosen.begin(), chosen.end(), 0);
  if (!options.isAll)
    chosen = chooseUnits(units, options.files);
  // To be refused now, if at all: before there is anything on the disk.
  if (!options.diffBase.empty())
    changedFiles(options.diffBase);
  tidyConfig(options.tidy.config, {});
  return Scan(options, progress, folder).run(units, chosen);
}

} // namespace selfconnect::scan
