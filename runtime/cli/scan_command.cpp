//===- scan_command.cpp - selfconnect scan --------------------------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "scan_command.h"

#include "confirm_command.h"
#include "reproduce_command.h"
#include "terminal.h"

#include "../findings/collect.h"
#include "../findings/read_file.h"
#include "../scan/changed_files.h"
#include "../scan/child_pool.h"
#include "../scan/scan.h"
#include "../scan/scratch_folder.h"
#include "selfconnect/error.h"
#include "selfconnect/findings.h"
#include "selfconnect/quote.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <memory>
#include <optional>
#include <set>
#include <tuple>

namespace selfconnect::cli {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

struct ScanArguments {
  scan::ScanOptions scan;
  std::string filesFrom;
  std::string exportFixes;
  double fileTimeoutSeconds = 600;
  bool noAcross = false;
  bool noConfirm = false;
  bool keepGoing = false;
  bool unusedNolint = false;
  ConfirmOptions confirm;
  CLI::Option *range = nullptr; ///< whether it is given
};

scan::Installation findInstallation() {
  const fs::path bin = fs::read_symlink("/proc/self/exe").parent_path();
  scan::Installation found{bin.string(), {}};
  for (const char *lib : {"lib", SELFCONNECT_LIBDIR})
    found.moduleFolders.push_back(
        (bin.parent_path() / lib / "selfconnect").string());
  return found;
}

/// One path a line, or, as `git diff -z` has them, with a zero byte after each.
std::vector<std::string> readList(const std::string &file) {
  std::string error;
  const auto content = readFile(file, error);
  if (!content)
    throw InputError("--files-from: " + printable(file) + ": " + error);
  const char end = content->find('\0') == content->npos ? '\n' : '\0';
  std::vector<std::string> paths;
  std::size_t at = 0;
  while (at < content->size()) {
    const auto stop = std::min(content->find(end, at), content->size());
    std::string path = content->substr(at, stop - at);
    if (end == '\n' && path.ends_with('\r'))
      path.pop_back();
    if (!path.empty())
      paths.push_back(std::move(path));
    at = stop + 1;
  }
  return paths;
}

/// The ranges that are judged on are those that the checks look for.
scan::CheckOptions checkOptions(const ScanArguments &options) {
  scan::CheckOptions check;
  if (options.range->count() > 0) {
    std::string ranges;
    for (const NamedRange &range : resolveRanges(options.confirm.ranges))
      ranges += (ranges.empty() ? "" : ";") + range.source;
    check["EphemeralRange"] = ranges;
  }
  if (!options.confirm.reserved.empty())
    check["ReservedPorts"] = options.confirm.reserved;
  return check;
}

/// One line that is written over, on a terminal only.
scan::ScanProgress progressOnTerminal() {
  const bool isTerminal = showsProgress();
  const auto say = [isTerminal](const std::string &line) {
    if (isQuiet())
      return;
    std::fprintf(stderr, "%sselfconnect: %s\n", isTerminal ? "\r\x1b[K" : "",
                 printable(line).c_str());
  };
  const auto step = [isTerminal](unsigned pass, std::size_t done,
                                 std::size_t all) {
    if (isTerminal && done < all)
      std::fprintf(stderr, "\rselfconnect: pass %u: %zu of %zu files\x1b[K",
                   pass, done, all);
    else if (isTerminal)
      std::fputs("\r\x1b[K", stderr);
  };
  return {step, say};
}

void writeFixes(const std::string &file, const std::string &fixes) {
  const std::string none = "---\nMainSourceFile: ''\nDiagnostics: []\n...\n";
  Output output(file);
  output.write(fixes.empty() ? none : fixes);
  output.finish();
}

/// What our checks found, read back from the fixes.
Findings readFixes(const std::string &fixes) {
  if (fixes.find("selfconnect-") == std::string::npos)
    return {};
  const scan::ScratchFolder scratch;
  const std::string name = (scratch.path() / "fixes.yaml").string();
  std::ofstream(name, std::ios::binary) << fixes;
  return readFindings({name}, parseReproduceNote);
}

/// With what a NOLINT hides, which clang-tidy drops and the summaries record.
Findings findingsOf(const scan::ScanResult &result) {
  Findings read = readFixes(result.fixes);
  std::set<std::tuple<std::string, Place>> known; // a header is in many units
  for (const scan::HiddenFinding &hidden : result.hidden) {
    Finding finding;
    finding.check = SharedText(hidden.check);
    finding.place = {SharedText(hidden.file), hidden.line, hidden.column};
    finding.message = SharedText(hidden.message);
    finding.suppressed = true;
    if (!hidden.message.empty() &&
        known.emplace(hidden.check, finding.place).second)
      read.findings.push_back(std::move(finding));
  }
  std::ranges::sort(read.findings, comesBefore);
  return read;
}

Json filesJson(const scan::ScanResult &result) {
  Json failed = Json::array();
  for (const scan::FailedFile &file : result.failed)
    failed.push_back(
        {{"file", displayPath(file.file)}, {"reason", file.reason}});
  return {{"analysed", result.analysed},
          {"failed", failed},
          {"passes", result.passes},
          {"jobs", result.jobs},
          {"removed_flags", result.removed}};
}

void sayHowItWent(const scan::ScanResult &result) {
  for (const scan::FailedFile &file : result.failed)
    printWarning("not analysed: " + displayPath(file.file) + ": " +
                 file.reason);
  if (isQuiet())
    return;
  if (result.isUnsettled)
    std::fputs("selfconnect: some facts kept changing and count as unknown\n",
               stderr);
  std::string flags;
  for (const auto &[flag, count] : result.removed)
    flags += (flags.empty() ? "" : ", ") + flag + " " + std::to_string(count);
  std::fprintf(
      stderr,
      "selfconnect: %zu file%s analysed, %zu failed, in %u pass%s "
      "(%zu job%s)%s%s\n",
      result.analysed, result.analysed == 1 ? "" : "s", result.failed.size(),
      result.passes, result.passes == 1 ? "" : "es", result.jobs,
      result.jobs == 1 ? "" : "s",
      flags.empty() ? "" : "; flags left out: ", printable(flags).c_str());
}

scan::ScanResult runScan(ScanArguments &options) {
  scan::ScanOptions &scanning = options.scan;
  if (!options.filesFrom.empty()) {
    for (std::string &path : readList(options.filesFrom))
      scanning.files.push_back(std::move(path));
    scanning.isAll = false;
  } else {
    scanning.isAll = scanning.files.empty();
  }
  scanning.across = !options.noAcross;
  scanning.jobs = static_cast<unsigned>(options.confirm.jobs);
  scanning.fileTimeout = std::chrono::milliseconds(
      static_cast<std::int64_t>(options.fileTimeoutSeconds * 1000));
  scanning.tidy.checkOptions = checkOptions(options);
  scanning.installation = findInstallation();
  return scan::scan(scanning, progressOnTerminal());
}

/// Names of files and lines of code come from outside.
std::string printableLines(const std::string &text) {
  std::string lines;
  for (std::size_t at = 0; at < text.size();) {
    const auto end = std::min(text.find('\n', at), text.size());
    const std::string line = printable(text.substr(at, end - at));
    // A message may have lines of its own, anything in them.
    lines += (isCommandOfCi(line) ? "|" : "") + line + '\n';
    at = end + 1;
  }
  return lines;
}

ExitCode listUnusedNolints(const scan::ScanResult &result, bool keepGoing,
                           Output &output) {
  if (result.summarised == 0 && result.analysed > 0)
    throw EnvironmentError(
        "--unused-nolint: the module writes no summaries, which list what a "
        "NOLINT hides; use a newer module");
  const auto unused = scan::unusedNolints(result.sources, result.hidden);
  for (const std::string &line : unused)
    output.write(printable(line) + "\n");
  output.finish();
  if (!unused.empty())
    return ExitCode::Hazard;
  return result.failed.empty() || keepGoing ? ExitCode::Done
                                            : ExitCode::Environment;
}

/// What clang-tidy says, ahead of the report, or in its place where it has no
/// verdicts. A baseline hides findings, and annotations have them, too: then
/// only what other checks found is printed, and in front of JSON nothing at
/// all.
void printDiagnostics(const scan::ScanResult &result,
                      const ConfirmOptions &options, bool hasVerdicts,
                      ReportFiles &into) {
  if (options.result.json)
    return;
  const bool isAll =
      options.reports.baseline.empty() && !options.reports.github;
  if (isAll && !hasVerdicts)
    into.omitPrintedReport();
  for (const scan::PrintedDiagnostic &each : result.printed)
    if (isAll || !each.isOurs)
      into.print(printableLines(each.text));
}

ExitCode report(const scan::ScanResult &result, const ScanArguments &options,
                const std::optional<JudgeOptions> &judging, ReportFiles &into) {
  if (!options.exportFixes.empty())
    writeFixes(options.exportFixes, result.fixes);
  printDiagnostics(result, options.confirm, judging.has_value(), into);
  Findings findings = findingsOf(result);
  if (judging)
    return confirm(std::move(findings), *judging, options.confirm, into,
                   filesJson(result));
  const ExitCode code = reportUnjudged(std::move(findings), options.confirm,
                                       into, filesJson(result));
  const bool isOther = std::ranges::any_of(
      result.printed, [](const auto &each) { return !each.isOurs; });
  return isOther && options.confirm.reports.failOn != FailOn::Never
             ? ExitCode::Hazard
             : code;
}

ExitCode scanAndReport(ScanArguments &options) {
  if (options.unusedNolint) {
    Output output(options.confirm.result.output);
    const scan::ScanResult result = runScan(options);
    sayHowItWent(result);
    return listUnusedNolints(result, options.keepGoing, output);
  }
  // What cannot be written or judged is to be known before the work.
  ReportFiles into(options.confirm);
  std::optional<JudgeOptions> judging;
  if (!options.noConfirm)
    judging = judgeOptions(options.confirm);

  const scan::ScanResult result = runScan(options);
  sayHowItWent(result);
  // What the baseline has of other files could not come up.
  if (!options.scan.diffBase.empty())
    options.confirm.reports.renamed = scan::renamedFiles(options.scan.diffBase);
  if (!options.scan.isAll || !options.scan.diffBase.empty())
    options.confirm.reports.covers = [](const std::string &) { return false; };
  const ExitCode code = report(result, options, judging, into);
  if (code == ExitCode::Done && !result.failed.empty() && !options.keepGoing)
    return ExitCode::Environment;
  return code;
}

void addWhatToAnalyse(CLI::App &command, ScanArguments &options) {
  command
      .add_option("-p,--build", options.scan.build,
                  "the build folder, which has compile_commands.json")
      ->type_name("BUILD")
      ->capture_default_str();
  command
      .add_option("files", options.scan.files,
                  "source files or folders of the compilation database "
                  "(default: all of it)")
      ->type_name("FILE...");
  command
      .add_option(
          "--files-from", options.filesFrom,
          "read the paths from this file, one per line; - is standard input")
      ->type_name("FILE");
  command
      .add_option("--diff", options.scan.diffBase,
                  "report only what has changed since that commit of Git, or "
                  "is reached by a change")
      ->type_name("BASE");
  CLI::Option *noAcross = command.add_flag(
      "--no-across", options.noAcross,
      "analyse each file by itself: read and write no summaries");
  command
      .add_option("--summaries", options.scan.summaries,
                  "the folder of the summaries (default: .selfconnect in the "
                  "build folder)")
      ->type_name("DIR");
  command
      .add_option("--with-summaries", options.scan.otherSummaries,
                  "read also the summaries that a scan of another project left "
                  "in that folder; may be given several times")
      ->type_name("DIR")
      ->allow_extra_args(false)
      ->excludes(noAcross);
}

void addHowToAnalyse(CLI::App &command, ScanArguments &options) {
  command
      .add_option("--clang-tidy", options.scan.clangTidy,
                  "the clang-tidy to use (default: one that loads the module)")
      ->type_name("PROG");
  command
      .add_option("--checks", options.scan.tidy.checks,
                  "the checks, as for clang-tidy's option of that name")
      ->type_name("LIST")
      ->capture_default_str();
  command
      .add_option("--config", options.scan.tidy.config,
                  "clang-tidy's configuration, in place of the .clang-tidy "
                  "files")
      ->type_name("YAML");
  command
      .add_option("--header-filter", options.scan.tidy.headerFilter,
                  "report findings in these headers, never in system headers")
      ->type_name("REGEX")
      ->capture_default_str();
  command
      .add_option("--extra-arg", options.scan.tidy.extraArguments,
                  "another argument for the compiler; may be given several "
                  "times")
      ->type_name("ARG")
      ->allow_extra_args(false);
  addSecondsOption(command, "--file-timeout", options.fileTimeoutSeconds,
                   "give up on a file after this time")
      ->default_str("10m");
}

} // namespace

void addScanCommand(CLI::App &app, Command &chosen) {
  auto *command = app.add_subcommand(
      "scan", "Runs the checks over a project, then confirms what they find");
  auto options = std::make_shared<ScanArguments>();
  addWhatToAnalyse(*command, *options);
  addHowToAnalyse(*command, *options);
  command
      ->add_option("--export-fixes", options->exportFixes,
                   "write the findings as clang-tidy's YAML")
      ->type_name("FILE");
  command->add_flag("--keep-going", options->keepGoing,
                    "a file that cannot be analysed does not change the exit "
                    "code");
  command
      ->add_flag("--unused-nolint", options->unusedNolint,
                 "only list the NOLINT comments that name a check of ours and "
                 "silence nothing")
      ->excludes("--no-across");
  command->add_flag("--no-confirm", options->noConfirm,
                    "only analyse: exit code 1 if anything is found");
  addConfirmOptions(*command, options->confirm);
  options->range = command->get_option("--range");
  command->callback([&chosen, options] {
    chosen = [options] {
      try {
        return scanAndReport(*options);
      } catch (const scan::Interrupted &interrupted) {
        // All is cleared away; now as anywhere else in this program.
        std::raise(interrupted.signal);
        std::_Exit(128 + interrupted.signal);
      }
    };
  });
}

} // namespace selfconnect::cli
